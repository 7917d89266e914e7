import { join, relative, resolve, sep } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { keyOf } from '../project/state-directory.ts';
import { Git } from './git.ts';
import type { ApplyContext, Machine } from './machine.ts';

/** The git worktree around a project, or the project alone where there is none. */
export interface Worktree {
  readonly machine: Machine;
  /** Real path of the project's root. */
  readonly root: string;
  /** Real path that journal paths are relative to: the worktree's top, or the root. */
  readonly base: string;
  /** The root relative to the base, with `/`; empty when they are the same. */
  readonly prefix: string;
  /** Holds the lock, the journals and the copies. */
  readonly journals: string;
  readonly git: Git | null;
}

/**
 * Finds the worktree that holds the project. Its journal lies where git keeps what belongs to one worktree
 * (so linked worktrees and submodules have their own), else in the cache under the real path's hash.
 *
 * @throws UpgradeError `no-such-path`, `git-failed` (a repository that git refuses to read)
 */
export async function openWorktree(context: ApplyContext): Promise<Worktree> {
  const { machine, cache } = context;
  const root = machine.disk.realPath(context.root);
  if (root === null) throw new UpgradeError('no-such-path', { path: context.root });
  const top = await topOf(new Git(machine.git, root));
  const base = top === null ? null : machine.disk.realPath(top);
  if (base === null) {
    return { machine, root, base: root, prefix: '', journals: join(cache, 'journals', keyOf(root)), git: null };
  }
  const git = new Git(machine.git, base);
  const journals = (await git.output(['rev-parse', '--git-path', 'phx-upgrade'])).replace(/\r?\n$/, '');
  const prefix = slashed(relative(base, root));
  return { machine, root, base, prefix, journals: resolve(base, journals), git };
}

async function topOf(git: Git): Promise<string | null> {
  const { exitCode, output, complaint } = await git.attempt(['rev-parse', '--show-toplevel']);
  if (exitCode === 0) return output.replace(/\r?\n$/, '');
  const expected = exitCode === null || /not a git repository|must be run in a work tree/.test(complaint);
  if (expected) return null;
  throw new UpgradeError('git-failed', { command: 'rev-parse', reason: complaint });
}

/** A path relative to the base, as the user of this project names it: relative to the root where it is below that. */
export function inRoot(worktree: Worktree, path: string): string {
  const above = `${worktree.prefix}/`;
  return path.startsWith(above) ? path.slice(above.length) : path;
}

/** Paths relative to the base, for a message. */
export function listed(worktree: Worktree, paths: readonly string[]): string {
  return paths.map((path) => inRoot(worktree, path)).join(', ');
}

/** Path relative to the base of a worktree, with `/`. */
export function inBase(worktree: Worktree, place: string): string {
  return slashed(relative(worktree.base, place));
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
