import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { type Journal, readUnfinished, stepsOf } from './journal.ts';
import { lockHolder, lockPath } from './lock.ts';
import type { ApplyContext } from './machine.ts';
import { openWorktree, type Worktree } from './worktree.ts';

/** An apply or undo that did not come to its end. */
export interface Pending {
  readonly operation: 'apply' | 'undo';
  readonly steps: readonly string[];
  /** The project it belongs to, relative to the worktree's top: a repository may hold several. */
  readonly prefix: string;
  /** The same as a real path. */
  readonly root: string;
  /** True while its process still works on it. */
  readonly running: boolean;
}

/**
 * What every command asks first. Reads only.
 *
 * @throws UpgradeError `bad-journal`, `no-such-path`, `git-failed`
 */
export async function pending(context: ApplyContext): Promise<Pending | null> {
  const worktree = await openWorktree(context);
  const journal = readUnfinished(worktree);
  if (journal === null) return null;
  return {
    operation: operationOf(journal),
    steps: stepsOf(journal),
    prefix: journal.prefix,
    root: join(worktree.base, journal.prefix),
    running: lockHolder(worktree) !== null,
  };
}

/**
 * Refuses to go on while an apply or undo is unfinished.
 *
 * @throws UpgradeError `apply-running`, `unfinished-apply`, `bad-journal`, `no-such-path`, `git-failed`
 */
export async function refuseUnfinished(context: ApplyContext): Promise<void> {
  const worktree = await openWorktree(context);
  const holder = lockHolder(worktree);
  if (holder !== null) throw new UpgradeError('apply-running', { pid: holder.pid, path: lockPath(worktree) });
  refuseUnfinishedIn(worktree);
}

/**
 * The same for the holder of the lock.
 *
 * @throws UpgradeError `unfinished-apply`, `bad-journal`
 */
export function refuseUnfinishedIn(worktree: Worktree): void {
  const journal = readUnfinished(worktree);
  if (journal !== null) throw new UpgradeError('unfinished-apply', { operation: operationOf(journal) });
}

function operationOf(journal: Journal): Pending['operation'] {
  return journal.direction === 'back' ? 'undo' : 'apply';
}
