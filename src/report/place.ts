import type { Place } from '../facts/fact.ts';
import type { Conflict, Plan, Step } from '../plan/plan.ts';
import { editedPlace } from './patch.ts';

/** Where in the project a step is about: its first finding, conflict, change or edited line; null when nowhere. */
export function stepPlace(step: Step): Place | null {
  const changed = step.changes.find(({ at }) => at !== null);
  const edited = step.edits[0];
  return step.findings[0] ?? step.conflicts[0] ?? changed?.at ?? (edited ? editedPlace(edited) : null);
}

/** Conflicts in regions of files: those of values are told by the step's changes. */
export function regionsOf({ conflicts }: Step): readonly Conflict[] {
  return conflicts.filter(({ address }) => address === undefined);
}

/**
 * The plan with every path as seen from a directory above the project, such as the repository's top, from which
 * annotations and SARIF count. Patches keep the project's paths. `directory` uses `/` and ends without one.
 */
export function seenFromAbove(plan: Plan, directory: string): Plan {
  if (directory === '' || directory === '.') return plan;
  const placed = <Item extends { readonly path: string }>(item: Item): Item => ({
    ...item,
    path: `${directory}/${item.path}`,
  });
  const steps = plan.steps.map((step) => ({
    ...step,
    changes: step.changes.map((change) => ({ ...change, at: change.at && placed(change.at) })),
    conflicts: step.conflicts.map(placed),
    findings: step.findings.map(placed),
    edits: step.edits.map((edit) => ({
      ...placed(edit),
      ...(edit.from === undefined ? {} : { from: `${directory}/${edit.from}` }),
    })),
  }));
  return { ...plan, steps, findings: plan.findings.map(placed) };
}
