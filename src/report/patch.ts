import type { FileEdit, Plan } from '../plan/plan.ts';

/**
 * One unified diff of all pending steps in order, raw, as `git apply` takes it on the project as it is. A later
 * patch of a file counts lines as the earlier ones leave them, which `git apply` follows within one input.
 */
export function planPatch(plan: Plan): string {
  return joinedPatches(plan.steps.filter((step) => step.status === 'pending').flatMap((step) => step.edits));
}

/** Patches one after the other, each ending its last line. */
export function joinedPatches(edits: readonly Pick<FileEdit, 'patch'>[]): string {
  return edits.map(({ patch }) => (patch === '' || patch.endsWith('\n') ? patch : `${patch}\n`)).join('');
}
