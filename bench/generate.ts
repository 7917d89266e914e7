/**
 * A cached pair of pristine projects, read and compared, against `git diff --no-index` on the same two trees, in
 * one run. Takes the directory of the generated projects: `generate DIRECTORY [FROM TO]`. Prints JSON; `ratio` is ours
 * to git's, by the median of the runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pristineDiff } from '../src/diff/pristine-diff.ts';
import { writeTree } from '../src/pristine/directory.ts';
import { sampleNames } from '../src/pristine/naming.ts';
import { Cache, cacheSource } from '../src/pristine/sources/cache.ts';
import { openPack } from '../src/pristine/sources/pack/pack.ts';
import { obtain } from '../src/pristine/sources/select.ts';

const rounds = 15;
const [directory, from = '1.6.16', to = '1.8.12'] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: generate DIRECTORY [FROM TO]');

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const root = await mkdtemp(join(tmpdir(), 'phx-upgrade-bench-'));
try {
  const pack = await openPack(directory);
  const cache = new Cache(join(root, 'cache'));
  const names = sampleNames([]);
  for (const version of [from, to]) {
    const { tree } = await obtain([pack], { version, flags: [], names });
    await cache.write({ version, flags: [], part: 'project', names, toolchain: 'bench', tree }, 'hex');
    writeTree(tree, join(root, version));
  }
  const sources = [cacheSource(cache, null)];
  const request = { from, to, flags: [], names: {}, include: [], path: process.env.PATH };
  const args = ['diff', '--no-index', '-M', '--histogram', join(root, from), join(root, to)];
  const [ours, git]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await timed(() => pristineDiff(sources, request)));
    git.push(await timed(() => spawnSync('git', args, { maxBuffer: 1 << 26 })));
  }
  const result = { from, to, rounds, oursMs: median(ours), gitMs: median(git), ratio: median(ours) / median(git) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await rm(root, { recursive: true, force: true });
}
