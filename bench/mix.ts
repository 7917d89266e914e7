/**
 * Cold generation of a pair of projects by the machine's own `mix`, one after the other and side by side, in one run
 * and as ratios to starting `mix` for nothing. The installers are the stand-ins of the tests, put together before the
 * clock runs: what is measured is Elixir's start and our part, not the network. `mix [ROUNDS]`; prints JSON with medians
 * in milliseconds and this process's peak memory in MB.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesOf } from '../src/pristine/naming.ts';
import { minimalEnvironment, runCommand } from '../src/pristine/sources/mix/runner.ts';
import { obtain, selectSources } from '../src/pristine/sources/select.ts';
import { newer, older, standInArchives } from '../test/pristine/sources/mix/stand-in.ts';

const [rounds = '5'] = process.argv.slice(2);
const archives = standInArchives();
const root = mkdtempSync(join(tmpdir(), 'phx-upgrade-bench-'));

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

/** Sources with an empty cache. */
function cold(name: string) {
  return selectSources({
    source: 'mix',
    offline: true,
    archives: [],
    archiveDirectory: archives,
    cacheDirectory: join(root, name),
    env: {},
    packages: [],
    processes: { run: runCommand, env: minimalEnvironment(process.env) },
    progress: () => undefined,
  });
}

const request = (version: string) => ({ version, flags: [], names: namesOf('atelier', []) });
const taken: Record<'start' | 'oneAfterTheOther' | 'sideBySide', number[]> = {
  start: [],
  oneAfterTheOther: [],
  sideBySide: [],
};

try {
  for (let round = 0; round < Number(rounds); round += 1) {
    taken.start.push(await timed(() => spawnSync('mix', ['help', '--names'], { cwd: root, stdio: 'ignore' })));
    const apart = await cold(`apart-${round}`);
    taken.oneAfterTheOther.push(
      await timed(async () => {
        await obtain(apart, request(older));
        await obtain(apart, request(newer));
      }),
    );
    const together = await cold(`together-${round}`);
    taken.sideBySide.push(
      await timed(() => Promise.all([obtain(together, request(older)), obtain(together, request(newer))])),
    );
  }
  const ms = Object.fromEntries(Object.entries(taken).map(([name, times]) => [name, median(times)]));
  const start = ms.start ?? Number.NaN;
  const ratios = Object.fromEntries(Object.entries(ms).map(([name, time]) => [name, time / start]));
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ rounds: Number(rounds), ms, ratios, peakMb }, null, 2)}\n`);
} finally {
  for (const path of [root, archives]) rmSync(path, { recursive: true, force: true });
}
