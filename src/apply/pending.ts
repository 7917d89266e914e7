import { UpgradeError } from '../errors/error.ts';
import { markersStep } from './conflict.ts';
import { readUnfinished } from './journal.ts';
import { isLocked } from './lock.ts';
import type { ApplyContext } from './machine.ts';
import { openWorktree } from './worktree.ts';

/** An apply or undo that did not come to its end. */
export interface Pending {
  readonly operation: 'apply' | 'undo';
  readonly steps: readonly string[];
  /** The project it belongs to, relative to the worktree's top: a repository may hold several. */
  readonly prefix: string;
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
    operation: journal.direction === 'back' ? 'undo' : 'apply',
    steps: journal.parts.flatMap(({ steps }) => steps).filter((step) => step !== markersStep),
    prefix: journal.prefix,
    running: isLocked(worktree),
  };
}

/**
 * Refuses to go on while an apply or undo is unfinished.
 *
 * @throws UpgradeError `unfinished-apply`, `bad-journal`, `no-such-path`, `git-failed`
 */
export async function refuseUnfinished(context: ApplyContext): Promise<void> {
  const unfinished = await pending(context);
  if (unfinished !== null) throw new UpgradeError('unfinished-apply', { operation: unfinished.operation });
}
