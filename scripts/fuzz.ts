/**
 * Puts mutated files before everything that reads one: `fuzz [CASES [SEED]]`, 10,000 cases unless told otherwise. Prints
 * the seed, and stops at the first case that crashes, takes longer than the limit, or needs more than 1 GB. `fuzz growth` looks
 * at how the time of a plan grows with the size and the nesting of one file instead.
 */
import { fork, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (process.argv[2] === 'growth') {
  const growth = fileURLToPath(new URL('../test/hostile/growth.ts', import.meta.url));
  process.exit(spawnSync(process.execPath, ['--import', 'tsx', growth], { stdio: 'inherit' }).status ?? 1);
}

const [count = '10000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
/** For one case, in milliseconds: several times what the slowest parser allows itself. */
const limit = 20_000;

const worker = fork(fileURLToPath(new URL('../test/hostile/fuzz-worker.ts', import.meta.url)), [count, seed], {
  execArgv: ['--import', 'tsx', '--max-old-space-size=1024'],
});

interface Told {
  readonly index: number;
  readonly target: string;
  readonly bytes: string;
  readonly failure?: string;
}

let last: Told | null = null;
let watch: NodeJS.Timeout | undefined;
let done = 0;

function stop(reason: string): void {
  clearTimeout(watch);
  process.stderr.write(
    `${reason}\nseed ${seed}, case ${last?.index}: ${last?.target}\nbytes (base64): ${last?.bytes}\n`,
  );
  process.exitCode = 1;
  worker.kill('SIGKILL');
}

process.stdout.write(`fuzz: ${count} cases, seed ${seed}\n`);
worker.on('message', (told: Told) => {
  last = told;
  done = told.index + 1;
  clearTimeout(watch);
  if (told.failure !== undefined) stop(told.failure);
  else watch = setTimeout(() => stop(`no end after ${limit} ms`), limit);
});
worker.on('error', (error) => stop(String(error)));
worker.on('exit', (code) => {
  clearTimeout(watch);
  if (code !== 0 && process.exitCode === undefined) stop(`the process ended with ${code}`);
  if (process.exitCode === undefined) process.stdout.write(`${done} cases: each a result or a known error\n`);
});
