import { join } from 'node:path';
import type { StepChange } from '../merge/change-set.ts';
import { inspectChanges } from './apply.ts';
import { commitsOf, netMoves, readFinished, stepsOf } from './journal.ts';
import type { ApplyContext } from './machine.ts';
import { type FileState, sameContent, stateAt } from './state.ts';
import { inRoot, openWorktree } from './worktree.ts';

/** An apply that can be undone; paths are relative to the project's root. */
export interface FinishedApply {
  readonly steps: readonly string[];
  readonly files: readonly string[];
  readonly commits: readonly string[];
  /** Files that somebody changed since, as they are: undo leaves them alone unless it is told to restore them too. */
  readonly edited: readonly string[];
}

/**
 * The applies that `undo` would take back, the next one first. Reads only.
 *
 * @throws UpgradeError `bad-journal`, `no-such-path`, `git-failed`
 */
export async function finishedApplies(context: ApplyContext): Promise<readonly FinishedApply[]> {
  const worktree = await openWorktree(context);
  const undone = new Map<string, FileState>();
  return readFinished(worktree).map((journal) => {
    const moves = netMoves(journal.parts);
    // What the undo of the applies after this one would leave.
    const edited = moves.filter(({ path, after }) => {
      return !sameContent(undone.get(path) ?? stateAt(worktree.machine.disk, join(worktree.base, path)), after);
    });
    for (const { path, before } of moves) undone.set(path, before);
    return {
      steps: stepsOf(journal),
      files: moves.map(({ path }) => inRoot(worktree, path)),
      commits: commitsOf(journal).map(({ commit }) => commit),
      edited: edited.map(({ path }) => inRoot(worktree, path)),
    };
  });
}

/**
 * Steps of the apply that `undo` would take back; null when there is none. Reads only.
 *
 * @throws UpgradeError `bad-journal`, `no-such-path`, `git-failed`
 */
export async function lastApplied(context: ApplyContext): Promise<readonly string[] | null> {
  const [last] = readFinished(await openWorktree(context));
  return last === undefined ? null : stepsOf(last);
}

/**
 * Files that applies which can still be undone wrote, and that nobody changed since; relative to the project's root.
 * Reads only.
 *
 * @throws UpgradeError `bad-journal`, `no-such-path`, `git-failed`
 */
export async function leftByApplies(context: ApplyContext): Promise<ReadonlySet<string>> {
  const worktree = await openWorktree(context);
  const moves = netMoves(
    readFinished(worktree)
      .toReversed()
      .flatMap(({ parts }) => parts),
  );
  const left = moves.filter(({ path, after }) => {
    return sameContent(stateAt(worktree.machine.disk, join(worktree.base, path)), after);
  });
  return new Set(left.map(({ path }) => inRoot(worktree, path)));
}

/**
 * Whether all that is uncommitted among the files of some changes was left by applies that can still be undone. Reads only.
 *
 * @throws UpgradeError those of `inspectChanges` and `leftByApplies`
 */
export async function findsOwnWorkAlone(context: ApplyContext, changes: readonly StepChange[]): Promise<boolean> {
  const dirty = await inspectChanges(context, changes, { allowDirty: true, conflicts: [], commit: null });
  if (dirty.length === 0) return true;
  const left = await leftByApplies(context);
  return dirty.every((path) => left.has(path));
}
