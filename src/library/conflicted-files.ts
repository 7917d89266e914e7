import type { ConflictedFile } from '../apply/conflict.ts';
import type { MergeOperation } from '../merge/text/operation.ts';
import { mergeBy } from '../merge/text/perform.ts';
import { markedText } from '../merge/text/text-merge.ts';
import type { Workspace } from '../merge/workspace.ts';
import type { Plan, Step } from '../plan/plan.ts';

/** What is known once the chosen steps are carried out. */
interface Finished {
  readonly plan: Pick<Plan, 'from' | 'to'>;
  readonly workspace: Workspace;
}

/**
 * The files whose regions both sides changed, with git's markers, as the chosen steps leave them. A conflict of values
 * without a region, and a file that is gone, have no place for markers and are left to a person.
 */
export function conflictedFiles(steps: readonly Step[], { plan, workspace }: Finished): ConflictedFile[] {
  const merges = new Map<string, MergeOperation>();
  for (const { take } of steps.flatMap(({ conflicts }) => conflicts)) {
    const merge = take?.find((operation) => operation.kind === 'merge-file');
    if (merge) merges.set(merge.path, merge);
  }
  return [...merges.values()].flatMap((merge): ConflictedFile[] => {
    const yours = workspace.text(merge.path);
    if (yours === undefined) return [];
    const merged = mergeBy(merge, yours);
    const labels = { yours: 'yours', base: `Phoenix ${plan.from}`, target: `Phoenix ${plan.to}` };
    return [{ path: merge.path, base: merge.base, yours, target: merge.target, marked: markedText(merged, labels) }];
  });
}
