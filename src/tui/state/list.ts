import { neededBy } from '../../plan/order.ts';
import type { Plan, Status, Step } from '../../plan/plan.ts';
import { isOpen, type SectionName, sectionNames, sections } from '../../plan/sections.ts';
import type { Filter } from '../progress.ts';
import { remembered } from './remembered.ts';
import type { State } from './state.ts';

/** A step's status, and what this walk decided on it. */
export type Standing = Status | 'skipped';

export interface ListedStep {
  readonly step: Step;
  readonly section: SectionName;
}

const leading: readonly SectionName[] = ['required', 'recommended'];

/** Steps put off, for now or for good, and not taken back. */
export function skippedSteps(state: Pick<State, 'decisions'>): ReadonlySet<string> {
  return new Set(
    state.decisions.flatMap((decision) => {
      return decision.kind === 'skip' || decision.kind === 'skip-forever' ? [decision.step] : [];
    }),
  );
}

/** Steps that any decision was made on. */
export function decidedSteps(state: Pick<State, 'decisions'>): ReadonlySet<string> {
  return new Set(state.decisions.flatMap((decision) => (decision.kind === 'apply' ? decision.steps : [decision.step])));
}

export function standing(state: Pick<State, 'decisions'>, step: Step): Standing {
  return isOpen(step) && skippedSteps(state).has(step.id) ? 'skipped' : step.status;
}

/**
 * The steps of the list in the order shown. Unless all are asked for, only what is required or recommended, and
 * what was decided in this walk. A decided step keeps its place, so that the effect is seen there.
 */
export function listedSteps({ plan, filter, decisions }: State): readonly ListedStep[] {
  return listed(plan, filter, decisions);
}

const listed = remembered((plan: Plan, filter: Filter, decisions: State['decisions']): readonly ListedStep[] => {
  const { area, status, all } = filter;
  const decided = decidedSteps({ decisions });
  const grouped = sections(asUndecided(plan, decided));
  const known = new Map(plan.steps.map((step) => [step.id, step]));
  return sectionNames.flatMap((section) => {
    return grouped[section]
      .flatMap(({ id }) => known.get(id) ?? [])
      .filter((step) => area === null || step.area === area)
      .filter((step) => status === null || step.status === status)
      .filter((step) => all || status !== null || leading.includes(section) || decided.has(step.id))
      .map((step) => ({ step, section }));
  });
});

function asUndecided(plan: Plan, decided: ReadonlySet<string>): Plan {
  const steps = plan.steps.map((step): Step => (decided.has(step.id) ? { ...step, status: 'pending' } : step));
  return { ...plan, steps };
}

export function stepOf(plan: Plan, id: string | null): Step | null {
  return plan.steps.find((step) => step.id === id) ?? null;
}

export function selectedStep(state: State): Step | null {
  return stepOf(state.plan, state.selected);
}

/** Steps that still want a decision. */
export function undecidedSteps(state: Pick<State, 'plan' | 'decisions'>): readonly Step[] {
  const skipped = skippedSteps(state);
  return state.plan.steps.filter((step) => isOpen(step) && !skipped.has(step.id));
}

/** Open steps that must be done before this one or along with it, with those that they need, in the plan's order. */
export function neededFirst(plan: Plan, step: Step): readonly Step[] {
  const found = new Set<string>();
  const follow = (ids: readonly string[]) => {
    for (const id of ids) {
      const needed = stepOf(plan, id);
      if (!needed || !isOpen(needed) || found.has(id) || id === step.id) continue;
      found.add(id);
      follow(neededBy(needed));
    }
  };
  follow(neededBy(step));
  return plan.steps.filter(({ id }) => found.has(id));
}

/** Steps that name this one as needed before them. */
export function dependents(plan: Plan, step: Step): readonly Step[] {
  return plan.steps.filter(({ after }) => after.includes(step.id));
}

/**
 * Safe pending steps of an area that are undecided, with the safe pending steps that they need, in the plan's order.
 * A step that needs something else first is left out.
 */
export function safeSteps(state: State, step: Step): readonly Step[] {
  const skipped = skippedSteps(state);
  const isSafe = (other: Step) => other.status === 'pending' && other.risk === 'safe' && !skipped.has(other.id);
  const wanted = new Set<string>();
  for (const other of state.plan.steps) {
    if (other.area !== step.area || !isSafe(other)) continue;
    const first = neededFirst(state.plan, other);
    if (first.every(isSafe)) for (const { id } of [...first, other]) wanted.add(id);
  }
  return state.plan.steps.filter(({ id }) => wanted.has(id));
}
