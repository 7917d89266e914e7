import { stepChanges } from '../merge/step-changes.ts';
import type { Workspace } from '../merge/workspace.ts';
import { fileEdits } from '../plan/carry-out.ts';
import type { FileEdit, Step } from '../plan/plan.ts';

/** The patches of steps, each on the files as the ones before leave them. */
export function editsOf(before: Workspace, steps: readonly Step[]): FileEdit[] {
  let workspace = before;
  return steps.flatMap((step) => {
    const earlier = workspace;
    const { changes, workspace: next } = stepChanges(earlier, [{ ...step, after: [] }]);
    workspace = next;
    return changes.flatMap(({ files }) => fileEdits(files, earlier));
  });
}
