import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { listed, type Worktree } from './worktree.ts';

/** What git calls an operation that waits for the user, by the name it leaves in its directory. */
const operations: readonly (readonly [string, string])[] = [
  ['MERGE_HEAD', 'merge'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
];

/**
 * Refuses a repository in the middle of something, or with another git at work.
 *
 * @throws UpgradeError `git-operation-unfinished`, `index-locked`
 */
export function mustBeIdle(worktree: Worktree): void {
  const { gitDirectory: directory, machine } = worktree;
  if (directory === null) return;
  const open = operations.find(([name]) => machine.disk.look(join(directory, name)) !== null);
  if (open) throw new UpgradeError('git-operation-unfinished', { operation: open[1] });
  const lock = join(directory, 'index.lock');
  if (machine.disk.look(lock) !== null) throw new UpgradeError('index-locked', { path: lock });
}

/**
 * Files to be made that git holds already, though a sparse checkout leaves them out of the worktree.
 *
 * @param absent paths relative to the worktree's top, none of which exists
 * @throws UpgradeError `sparse-file`
 */
export async function mustNotBeSparse(worktree: Worktree, absent: readonly string[]): Promise<void> {
  const { git } = worktree;
  if (git === null) return;
  const skipped = new Set((await git.index()).filter((entry) => entry.skipped).map(({ path }) => path));
  const hidden = absent.filter((path) => skipped.has(path));
  if (hidden.length > 0) throw new UpgradeError('sparse-file', { path: listed(worktree, hidden) });
}

/** Where the commits of an apply go; see `ApplyOptions`. */
export interface CommitStart {
  readonly ref: string | null;
  readonly oid: string;
  readonly branch: string | null;
}

/**
 * HEAD to commit on, and the branch to make.
 *
 * @throws UpgradeError `commit-without-git`, `commit-without-head`, `bad-branch`, `branch-exists`
 */
export async function commitStart(worktree: Worktree, branch: string | null): Promise<CommitStart> {
  const { git, root } = worktree;
  if (git === null) throw new UpgradeError('commit-without-git', { path: root });
  const { ref, oid } = await git.head();
  if (oid === null) throw new UpgradeError('commit-without-head', { path: root });
  if (branch === null) return { ref, oid, branch };
  const name = `refs/heads/${branch}`;
  const { exitCode } = await git.attempt(['check-ref-format', '--branch', branch]);
  if (exitCode !== 0 || branch.startsWith('@{')) throw new UpgradeError('bad-branch', { branch });
  if ((await git.line(['rev-parse', '--verify', '-q', name])) !== null) {
    throw new UpgradeError('branch-exists', { branch });
  }
  return { ref, oid, branch: name };
}
