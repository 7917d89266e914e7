import { join } from 'node:path';
import { markersStep } from './conflict.ts';
import { netMoves, readFinished } from './journal.ts';
import type { ApplyContext } from './machine.ts';
import { sameContent, stateAt } from './state.ts';
import { inRoot, openWorktree } from './worktree.ts';

/**
 * Steps of the apply that `undo` would take back; null when there is none. Reads only.
 *
 * @throws UpgradeError `bad-journal`, `no-such-path`, `git-failed`
 */
export async function lastApplied(context: ApplyContext): Promise<readonly string[] | null> {
  const [last] = readFinished(await openWorktree(context));
  return last?.parts.flatMap(({ steps }) => steps).filter((step) => step !== markersStep) ?? null;
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
