import { applyChanges } from '../apply/apply.ts';
import { findsOwnWorkAlone, finishedApplies } from '../apply/finished.ts';
import type { ApplyContext } from '../apply/machine.ts';
import { reversalOf } from '../apply/one-step.ts';
import { undo } from '../apply/recover.ts';
import { UpgradeError } from '../errors/error.ts';
import { brokenBy } from '../merge/holding-changes.ts';
import { Workspace } from '../merge/workspace.ts';
import { ownPrefixes } from '../symbols/resolve.ts';
import { loadProject } from './load.ts';
import type { UndoOutcome } from './outcome.ts';

/**
 * Takes one step back and leaves the others of its apply. Its own apply is undone where it had one and nothing came after;
 * else what it did is taken out of the files as they are, as an apply of its own, and committed where the step was.
 *
 * @throws UpgradeError those of `reversalOf`, `undo` and `applyChanges`; `later-work` where the project would not hold together
 */
export async function undoStep(
  context: ApplyContext,
  step: string,
  { force }: { readonly force: boolean },
): Promise<UndoOutcome & { readonly isWholeApply: boolean }> {
  const [last] = await finishedApplies(context);
  if (last?.steps.length === 1 && last.steps[0] === step && last.edited.length === 0) {
    return { ...(await undo(context, { force })), isWholeApply: true };
  }
  const { change, committed } = await reversalOf(context, step);
  const { project } = await loadProject(context.root);
  const broken = brokenBy(new Workspace(project.tree), [change], ownPrefixes(project.names));
  if (broken !== null) throw new UpgradeError('later-work', { step, path: `${broken.path}:${broken.line}` });
  const title = `Revert "${committed}"`;
  const result = await applyChanges(context, [change], {
    allowDirty: force || (committed === null && (await findsOwnWorkAlone(context, [change])) && 'own'),
    conflicts: [],
    commit: committed === null ? null : { steps: [{ id: change.step, title, why: '' }], branch: null, verify: true },
  });
  const files = [...result.written, ...result.deleted].sort();
  const reverts = result.commits.map(({ commit }) => commit);
  return { steps: [step], files, commits: [], reverts, copies: result.copies, commitsKept: false, isWholeApply: false };
}
