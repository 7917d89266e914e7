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
  /** Where git keeps what belongs to this worktree; null without git. */
  readonly gitDirectory: string | null;
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
  const places = await placesOf(new Git(machine.git, root));
  const base = places === null ? null : machine.disk.realPath(places.top);
  if (places === null || base === null) {
    const journals = join(cache, 'journals', keyOf(root));
    return { machine, root, base: root, prefix: '', journals, git: null, gitDirectory: null };
  }
  return {
    machine,
    root,
    base,
    prefix: slashed(relative(base, root)),
    journals: resolve(root, places.journals),
    git: new Git(machine.git, base),
    gitDirectory: places.directory,
  };
}

/** What git is asked for of a worktree: its top, the place for our journals, and its own directory. */
const placeArguments = [['--show-toplevel'], ['--git-path', 'phx-upgrade'], ['--absolute-git-dir']];

async function placesOf(git: Git): Promise<{ top: string; journals: string; directory: string } | null> {
  const { exitCode, output, complaint } = await git.attempt(['rev-parse', ...placeArguments.flat()]);
  if (exitCode !== 0) {
    const expected = exitCode === null || /not a git repository|must be run in a work tree/.test(complaint);
    if (expected) return null;
    throw new UpgradeError('git-failed', { command: 'rev-parse', reason: complaint });
  }
  const [top = '', journals = '', directory = '', ...more] = withoutEnd(output).split(/\r?\n/);
  if (more.length === 0) return { top, journals, directory };
  // The name of a directory holds a line break: only one answer at a time can be told from the next.
  const answers = placeArguments.map(async (args) => withoutEnd(await git.output(['rev-parse', ...args])));
  const [ownTop = '', ownJournals = '', ownDirectory = ''] = await Promise.all(answers);
  return { top: ownTop, journals: ownJournals, directory: ownDirectory };
}

function withoutEnd(output: string): string {
  return output.replace(/\r?\n$/, '');
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
