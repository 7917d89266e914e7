import { stepChanges } from '../merge/step-changes.ts';
import type { Workspace } from '../merge/workspace.ts';
import { fileEdits } from '../plan/carry-out.ts';
import type { FileEdit, Step } from '../plan/plan.ts';

/** The project after some steps, whatever else they come after. */
export function afterSteps(before: Workspace, steps: readonly Step[]): Workspace {
  return stepChanges(
    before,
    steps.map((step) => ({ ...step, after: [] })),
  ).workspace;
}

/**
 * What was done to each file, as one patch a file. Two patches of a file in one input would not do: where a file is changed first
 * and deleted or renamed then, `git apply` writes it back.
 */
export function editsBetween(before: Workspace, after: Workspace): FileEdit[] {
  return fileEdits(after.changesSince(before), before);
}
