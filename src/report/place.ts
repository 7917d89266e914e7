import type { Place } from '../facts/fact.ts';
import type { Step } from '../plan/plan.ts';
import { editedPlace } from './patch.ts';

/** Where in the project a step is about: its first finding, conflict, change or edited line; null when nowhere. */
export function stepPlace(step: Step): Place | null {
  const changed = step.changes.find(({ at }) => at !== null);
  const edited = step.edits[0];
  return step.findings[0] ?? step.conflicts[0] ?? changed?.at ?? (edited ? editedPlace(edited) : null);
}
