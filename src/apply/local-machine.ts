import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { runGit } from '../project/git.ts';
import { localDisk } from './local-disk.ts';
import type { Machine, Owner, Run } from './machine.ts';

const run: Run = async (program, args, options) => {
  const { execa } = await import('execa');
  const child = execa(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    encoding: 'buffer',
    stripFinalNewline: false,
    reject: false,
    ...(options.limit === undefined ? {} : { timeout: options.limit * 1000 }),
    ...(options.input === undefined
      ? { stdin: options.watch === undefined ? 'ignore' : 'inherit' }
      : { input: options.input }),
  });
  if (options.watch !== undefined) {
    const { watch } = options;
    child.stdout?.on('data', (chunk: Buffer) => watch(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => watch(chunk.toString()));
  }
  const result = await child;
  const stderr = new TextDecoder().decode(result.stderr);
  const reason = result.exitCode === undefined ? (result.shortMessage ?? '') : '';
  const ended = { exitCode: result.exitCode ?? null, stdout: result.stdout, stderr: stderr || reason };
  return result.timedOut ? { ...ended, tookTooLong: true } : ended;
};

/**
 * When the kernel says that a process started, or an empty text where it does not say. The 22nd field of
 * /proc/PID/stat (proc(5)); the second may hold spaces and ends at the last parenthesis.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A process on another host, or in another container, counts as running: nobody here can know better. */
function isRunning(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  return exists(owner.pid) && startOf(owner.pid) === owner.since;
}

/** This computer and this process. */
export function localMachine(): Machine {
  const owner = { pid: process.pid, host: hostname(), since: startOf(process.pid) };
  return { disk: localDisk, run, git: runGit, owner, isRunning, umask: process.umask() };
}
