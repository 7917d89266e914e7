import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UpgradeError } from '../../../errors/error.ts';
import { explained } from '../../directory.ts';
import type { Progress } from '../source.ts';
import type { Finished } from './runner.ts';
import { type Processes, throwIfStopped } from './toolchain.ts';

/** Fetching and compiling the installer on a slow machine and line. */
const installLimitMs = 300_000;
/** Hex is one small file: a line on which it takes longer gives no answer. */
const hexLimitMs = 30_000;

/** What one installation needs. `archive` is a local file; without one the installer comes from Hex. */
export interface Installation {
  readonly version: string;
  /** The directory of archives that belongs to this version alone. */
  readonly directory: string;
  readonly archive: string | null;
  readonly offline: boolean;
  readonly elixir: string;
}

/**
 * Fills an archive directory with one version of `phx_new`, in a directory beside it that takes its name when all
 * is there. One that is there already is used as it is. Throws the errors of exit code 3.
 */
export async function install(what: Installation, processes: Processes, progress: Progress): Promise<void> {
  if (await isInstalled(what.directory)) return;
  if (what.archive === null && what.offline) throw new UpgradeError('needs-network', { version: what.version });
  progress(`installing the generator of Phoenix ${what.version}`);
  const unfinished = `${what.directory}.${process.pid}.unfinished`;
  try {
    await mkdir(unfinished, { recursive: true });
    for (const { args, limitMs } of commandsOf(what)) {
      const env = { ...processes.env, MIX_ARCHIVES: unfinished, ...(what.offline ? { HEX_OFFLINE: '1' } : {}) };
      const finished = await processes.run({
        file: 'mix',
        args,
        cwd: dirname(unfinished),
        env,
        input: '',
        timeoutMs: limitMs,
        signal: processes.signal,
      });
      throwUnlessDone(finished, what, limitMs);
    }
    if (!(await isInstalled(unfinished))) throw new UpgradeError('no-installer', { version: what.version });
    await takeName(unfinished, what.directory);
  } catch (error) {
    throw explained(error, what.directory);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Takes the place of a directory without installer; another run may be first, and its archives are as good. */
async function takeName(unfinished: string, directory: string): Promise<void> {
  try {
    if (!(await isInstalled(directory))) await rm(directory, { recursive: true, force: true });
    await rename(unfinished, directory);
  } catch (error) {
    if (!(await isInstalled(directory))) throw error;
  }
}

/** Whether an archive directory has an installer. */
export async function isInstalled(directory: string): Promise<boolean> {
  const names: string[] = await readdir(directory).catch(() => []);
  return names.some((name) => name.startsWith('phx_new'));
}

function commandsOf({ archive, version }: Installation): { args: string[]; limitMs: number }[] {
  if (archive !== null) return [{ args: ['archive.install', archive, '--force'], limitMs: installLimitMs }];
  return [
    { args: ['local.hex', '--force'], limitMs: hexLimitMs },
    { args: ['archive.install', 'hex', 'phx_new', version, '--force'], limitMs: installLimitMs },
  ];
}

/** What Mix, Hex and Erlang's network code say when there is no way to the package. */
const networkFailure =
  /nxdomain|econnrefused|etimedout|ehostunreach|enetunreach|unknown_ca|Unknown CA|timeout|:closed|failed_connect|Failed to fetch/;
const noSuchVersion =
  /No package with name|no matching|doesn't match any versions|not found.*phx_new|phx_new.*not found/i;
const tooOld = /supports only Elixir ~> (\d+\.\d+)|requires at least Elixir v?(\d+\.\d+)/;

function throwUnlessDone(finished: Finished, { version, elixir, archive }: Installation, limitMs: number): void {
  throwIfFailed(finished, { task: 'mix archive.install', version, elixir, limitMs }, (output) => {
    if (archive === null && noSuchVersion.test(output)) return new UpgradeError('no-installer', { version });
    if (archive === null && networkFailure.test(output))
      return new UpgradeError('no-network', {
        version,
        reason: `Hex cannot be reached (${networkFailure.exec(output)?.[0]})`,
      });
    if (archive !== null) return new UpgradeError('bad-archive', { path: archive, reason: lastWords(output) });
    return null;
  });
}

/** The run that is judged, for the texts of its errors. */
interface Attempt {
  readonly task: string;
  readonly version: string;
  readonly elixir: string;
  readonly limitMs: number;
}

/** Throws what a failed run of `mix` means; `special` looks at its output first. */
export function throwIfFailed(
  finished: Finished,
  { task, version, elixir, limitMs }: Attempt,
  special: (output: string) => UpgradeError | null = () => null,
): void {
  throwIfStopped(finished);
  if (finished.how === 'not-found') throw new UpgradeError('no-mix');
  if (finished.how === 'timed-out')
    throw new UpgradeError('generator-timeout', { task, version, seconds: limitMs / 1000 });
  if (finished.exitCode === 0) return;
  const { output } = finished;
  const needed = tooOld.exec(output);
  if (needed) throw new UpgradeError('elixir-too-old', { version, needed: needed[1] ?? needed[2] ?? '', here: elixir });
  if (/no space left|enospc/i.test(output))
    throw new UpgradeError('no-space', { path: 'the cache or the temporary directory' });
  throw special(output) ?? new UpgradeError('generator-failed', { task, version, output: lastWords(output) });
}

/** The line in which Mix says what went wrong, else the last one. */
function lastWords(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.find((line) => line.startsWith('** (')) ?? lines.at(-1) ?? 'it said nothing';
}
