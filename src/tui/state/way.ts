import { isOpen } from '../../plan/sections.ts';
import { compareVersions } from '../../pristine/versions.ts';
import type { State } from './state.ts';

type OnTheWay = Pick<State, 'plan' | 'way'>;

/** The stops of a plan that leads over several, where nothing of it is done yet; none where it leads over one. */
export function offeredStops({ plan, way }: OnTheWay): readonly string[] {
  const within = way.filter((stop) => isAfter(stop, plan.from) && !isAfter(stop, plan.to));
  return within.length > 1 && (plan.upgrade?.done ?? 0) === 0 ? within : [];
}

/** Where the way leads on from the plan's target; null at its end. */
export function stopAfter({ plan, way }: OnTheWay): string | null {
  return way.find((stop) => isAfter(stop, plan.to)) ?? null;
}

/** The stop that is offered now: the first of several, or the next one, where the steps of this plan are done or decided on. */
export function nextStop(state: Pick<State, 'plan' | 'way' | 'screen'>): string | null {
  if (state.screen === 'start') {
    const [first] = offeredStops(state);
    if (first !== undefined) return first;
    return state.plan.steps.some(isOpen) ? null : stopAfter(state);
  }
  return state.screen === 'end' ? stopAfter(state) : null;
}

function isAfter(one: string, other: string): boolean {
  return compareVersions(one, other) > 0;
}
