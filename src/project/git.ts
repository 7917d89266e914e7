import { spawnSync } from 'node:child_process';

/**
 * Files below a directory that git tracks or would track, relative to it; null where there is no git work
 * tree. Ignored files stay out: they are not part of what gets upgraded.
 */
export function gitFiles(root: string): string[] | null {
  const listed = git(root, ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z']);
  return listed === null ? null : listed.split('\0').filter(Boolean);
}

/** A repository's own configuration may name a program that listing files would start. */
const harmless = ['-c', 'core.fsmonitor=false'];

/** Output of a read-only git command, or null when it fails or there is no git. */
export function git(root: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', ['-C', root, ...harmless, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // Neither a pager nor a prompt nor a lock: planning only looks.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : null;
}
