/**
 * What `plan --json` takes in time and memory, as ratios in one run: against starting `node -e 0`, against git on the same
 * files, and by the number of files. `plan DIRECTORY [ROUNDS]` takes the directory of the generated projects and needs
 * a build in `dist`. Prints JSON: medians in milliseconds of wall time and of processor time, peaks in MB.
 */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeScaleProject } from './scale-project.ts';

const [directory, rounds = '5'] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: plan DIRECTORY [ROUNDS]');
const main = join(import.meta.dirname, '../dist/cli/main.js');

interface Measured {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

function nodeRun(args: readonly string[]): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', meter, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let said = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${args.join(' ')} ended with ${code}`));
      const { maxRSS, cpu } = JSON.parse(said);
      resolve({ ms: performance.now() - start, cpuMs: cpu / 1000, peakMb: maxRSS / 1024 });
    });
  });
}

function gitRun(args: readonly string[], cwd: string): Promise<Measured> {
  const start = performance.now();
  spawnSync('git', [...args], { cwd, stdio: 'ignore' });
  return Promise.resolve({ ms: performance.now() - start, cpuMs: Number.NaN, peakMb: Number.NaN });
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}

const root = mkdtempSync(join(tmpdir(), 'phx-upgrade-bench-'));

/**
 * Writes what the process used to its descriptor 3 when it ends. CommonJS: `node -e 0` opens nothing else, and a module
 * would weigh on it more than on the others.
 */
const meter = join(root, 'meter.cjs');
writeFileSync(
  meter,
  `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(3, JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }));
});`,
);
const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'commit.gpgsign=false'];

/** A project of that many files, committed. */
function project(files: number): string {
  const path = join(root, String(files));
  writeScaleProject(path, files);
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...identity, 'commit', '-qm', 'bench'],
  ])
    spawnSync('git', args, { cwd: path });
  return path;
}

const pristine = (version: string) => join(directory, version, 'default');
const plan =
  (path: string, ...options: string[]) =>
  () =>
    nodeRun([main, 'plan', path, '--json', '--quiet', ...options]);
const snapshots = ['--source', 'snapshots'];
const sizes = [100, 1000, 10_000];

/** A generated project with a few lines of its own, and the three trees of its upgrade as commits for git to merge. */
function mergeProject(): { path: string; ours: string; theirs: string } {
  const path = join(root, 'merge');
  cpSync(pristine('1.7.10'), path, { recursive: true });
  const git = (...args: string[]) =>
    spawnSync('git', [...identity, ...args], { cwd: path, encoding: 'utf8' }).stdout.trim();
  git('init', '-q');
  const commit = (tree: string, ...parent: string[]) => {
    git('--work-tree', tree, 'add', '-A', '.');
    return git('commit-tree', git('write-tree'), ...parent, '-m', 'bench');
  };
  const base = commit(pristine('1.7.10'));
  const theirs = commit(pristine('1.8.12'), '-p', base);
  appendFileSync(join(path, 'config/config.exs'), '\nconfig :sample_app, :catalogue, page: 20\n');
  appendFileSync(join(path, 'README.md'), '\nHow we work here.\n');
  const ours = commit(path, '-p', base);
  git('reset', '-q', ours);
  return { path, ours, theirs };
}

try {
  const projects = sizes.map((size) => ({ size, path: project(size) }));
  const merge = mergeProject();
  const cases: Record<string, () => Promise<Measured>> = {
    'node -e 0': () => nodeRun(['-e', '0']),
    ...Object.fromEntries(
      projects.map(({ size, path }) => [`plan, snapshots, ${size} files`, plan(path, ...snapshots)]),
    ),
    'plan with a pack, a generated project': plan(merge.path, '--source', 'pack', '--pack', directory),
    'git diff --no-index of two generated projects': () =>
      gitRun(['diff', '--no-index', '-M', '--histogram', pristine('1.7.10'), pristine('1.8.12')], root),
    ...Object.fromEntries(
      projects.map(({ size, path }) => [`git status, ${size} files`, () => gitRun(['status', '--porcelain'], path)]),
    ),
    'git merge-tree of the same three trees': () =>
      gitRun(['merge-tree', '--write-tree', merge.ours, merge.theirs], merge.path),
  };
  const results = new Map<string, Measured[]>(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const [name, run] of Object.entries(cases)) results.get(name)?.push(await run());
  }
  const start = median((results.get('node -e 0') ?? []).map(({ ms }) => ms));
  const startCpu = median((results.get('node -e 0') ?? []).map(({ cpuMs }) => cpuMs));
  const table = [...results].map(([name, all]) => {
    const [ms, cpuMs, peakMb] = (['ms', 'cpuMs', 'peakMb'] as const).map((key) => median(all.map((one) => one[key])));
    return { name, ms, toStart: (ms ?? 0) / start, cpuMs, cpuToStart: (cpuMs ?? 0) / startCpu, peakMb };
  });
  process.stdout.write(`${JSON.stringify({ rounds: Number(rounds), table }, null, 2)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
