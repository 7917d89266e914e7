import type { Step } from '../../plan/plan.ts';
import { isOpen } from '../../plan/sections.ts';
import { listedSteps, selectedStep, skippedSteps } from './list.ts';
import type { State } from './state.ts';

/** The state with another step selected, its detail shown from the top. */
export function selecting(state: State, id: string | null): State {
  if (id === state.selected) return state;
  return { ...state, selected: id, scroll: 0, shift: 0, region: 0, side: 'yours' };
}

/** Selects something that is in the list, where the selected step is not. */
export function keepSelection(state: State): State {
  const listed = listedSteps(state);
  if (listed.some(({ step }) => step.id === state.selected)) return state;
  return selecting(state, (listed.find(({ step }) => isOpen(step)) ?? listed[0])?.step.id ?? null);
}

/**
 * Goes from the step that a decision was just made on to the next one that wants one, in the order that the list
 * had before the decision. When none is left in the list the selection stays.
 */
export function goOn(before: State, after: State): State {
  const ids = listedSteps(before).map(({ step }) => step.id);
  const at = ids.indexOf(before.selected ?? '');
  const skipped = skippedSteps(after);
  const open = new Set(after.plan.steps.filter((step) => isOpen(step) && !skipped.has(step.id)).map(({ id }) => id));
  const next = [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find((id) => open.has(id));
  return keepSelection(next === undefined ? after : selecting(after, next));
}

/** Regions of a conflict that choices are for: a step whose values conflict without a region counts as one. */
export function regionCount(step: Step): number {
  return Math.max(step.conflicts.length, step.status === 'conflict' ? 1 : 0);
}

/** The detail scrolled, at most until its last row is at the bottom. */
export function scrolledTo(state: State, scroll: number, rows: number, pane: number): State {
  return { ...state, scroll: Math.max(0, Math.min(scroll, rows - pane)) };
}

/** The selected step when something is still to be decided on it. */
export function openSelection(state: State): Step | null {
  const step = selectedStep(state);
  return step && isOpen(step) ? step : null;
}
