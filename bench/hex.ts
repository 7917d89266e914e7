/**
 * What a pair of generated projects takes from the published installer, evaluated, and from the machine's own `mix`, in one
 * run: `hex REPOSITORY [FROM TO [ROUNDS]]` takes a clone of Phoenix, whose tags it packs and serves on this machine, and
 * needs a build in `dist` and an Elixir that runs both versions. Prints JSON: medians of wall time in milliseconds, and as
 * ratios to `node -e 0`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bareMachine } from '../scripts/verify/mirror.ts';
import { below, filesOfTag } from '../scripts/verify/tags.ts';

const [repository, from = '1.6.16', to = '1.7.10', rounds = '5'] = process.argv.slice(2);
if (repository === undefined) throw new Error('Usage: hex REPOSITORY [FROM TO [ROUNDS]]');
const root = mkdtempSync(join(tmpdir(), 'phx-upgrade-bench-'));
const machine = await bareMachine(repository, [from, to]);
const taken = new Map<string, number[]>();

async function timed(name: string, work: () => unknown): Promise<void> {
  const start = performance.now();
  await work();
  taken.set(name, [...(taken.get(name) ?? []), performance.now() - start]);
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

/** Builds the archive of a version, as `mix archive.install` would. */
function archive(version: string, directory: string): void {
  const source = join(root, version);
  for (const [path, bytes] of below(filesOfTag(repository ?? '', `v${version}`, ['installer']), 'installer')) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    // What builds its documentation is not needed, and not there without the network.
    const text = Buffer.from(bytes)
      .toString('utf8')
      .replace(/\{:ex_doc, [^}]*\},?/, '');
    writeFileSync(join(source, path), path === 'mix.exs' ? text : bytes);
  }
  const name = `phx_new-${version}.ez`;
  const env = { PATH: process.env.PATH, HOME: root, MIX_ENV: 'prod', LC_ALL: 'C.UTF-8' };
  execFileSync('mix', ['archive.build', '--output', name], { cwd: source, env, stdio: 'ignore' });
  renameSync(join(source, name), join(directory, name));
}

try {
  const archives = join(root, 'archives');
  mkdirSync(archives);
  for (const version of [from, to]) archive(version, archives);
  const withElixir = { PATH: process.env.PATH ?? '', PHX_UPGRADE_ARCHIVES: archives };
  const diff = (source: string) => ['diff', from, to, '--stat', '--source', source];
  for (let round = 0; round < Number(rounds); round += 1) {
    const [hex, mix] = [`hex-${round}`, `mix-${round}`];
    await timed('node -e 0', () => spawnSync(process.execPath, ['-e', '0']));
    await timed('hex, nothing there', () => machine.run(diff('hex'), hex));
    rmSync(join(machine.directory, hex, 'phx-upgrade', 'projects'), { recursive: true });
    await timed('hex, installers fetched', () => machine.run(diff('hex'), hex));
    await timed('hex, again', () => machine.run(diff('hex'), hex));
    await timed('mix, installers there', () => machine.run(diff('mix'), mix, withElixir));
    await timed('mix, again', () => machine.run(diff('mix'), mix, withElixir));
  }
  const start = median(taken.get('node -e 0') ?? []);
  const rows = [...taken].map(([name, all]) => ({
    name,
    ms: median(all),
    toStart: Number((median(all) / start).toFixed(1)),
  }));
  process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
} finally {
  machine.stop();
  rmSync(root, { recursive: true, force: true });
}
