import { nearest } from '../errors/did-you-mean.ts';
import { UpgradeError } from '../errors/error.ts';
import { withPrerequisites } from './order.ts';
import { type PhaseId, phaseOfSteps } from './phases.ts';
import type { Area, Need, Plan, Step } from './plan.ts';
import { isOpen, needsPerson } from './sections.ts';

/** Which steps of a plan are meant; several add up. */
export interface StepChoice {
  readonly steps?: readonly string[] | undefined;
  readonly areas?: readonly Area[] | undefined;
  /** Every pending step whose risk is `safe`, and that of all it comes after. */
  readonly all?: boolean | undefined;
  /** Every step of these needs. */
  readonly needs?: readonly Need[] | undefined;
  /** Every open step of these phases. */
  readonly phases?: readonly PhaseId[] | undefined;
  /** Every pending step, whether safe or for a person to look at afterwards. */
  readonly review?: boolean | undefined;
}

/** Steps to carry out, in the plan's order. */
export interface Chosen {
  /** Those asked for, and those that they need. */
  readonly steps: readonly Step[];
  /** Ids of those that nobody asked for. */
  readonly brought: readonly string[];
  /**
   * Steps asked for, or needed, that cannot be carried out now: only a person can do them, or, where all that is safe
   * was asked for, they come after a step that is not.
   */
  readonly left: readonly Step[];
  /** For each step that was left although edits could make it: the open steps that it needs and that only a person can do. */
  readonly blocked: ReadonlyMap<string, readonly string[]>;
}

/** Whether no step was chosen, neither by id nor by area, phase or need, nor all of them. */
export function isEmptyChoice({ steps, areas, phases, all, needs, review }: StepChoice): boolean {
  return [steps, areas, phases, needs].every((list) => (list ?? []).length === 0) && !all && !review;
}

/** The steps that a choice names, whatever their status. Throws `unknown-step` with the nearest known one. */
export function namedSteps({ steps }: Plan, choice: StepChoice): readonly Step[] {
  const ids = new Set(choice.steps ?? []);
  const known = steps.map(({ id }) => id);
  for (const id of ids) if (!known.includes(id)) throw unknownStep(id, known);
  const safe = choice.all ? safeSteps(steps) : new Set<string>();
  const phases = choice.phases?.length ? phaseOfSteps({ steps }) : new Map<string, PhaseId>();
  const isMeant = (step: Step) =>
    ids.has(step.id) ||
    choice.areas?.includes(step.area) ||
    (choice.needs?.includes(step.need) && isOpen(step)) ||
    choice.phases?.some((phase) => phases.get(step.id) === phase) ||
    (choice.review && step.status === 'pending') ||
    safe.has(step.id);
  return steps.filter(isMeant);
}

/** Nobody who asks for what is safe wants a step brought along that is not. */
function safeSteps(steps: readonly Step[]): Set<string> {
  const alone = (step: Step) => withPrerequisites(steps, new Set([step.id])).every(isSafe);
  return new Set(steps.filter((step) => isSafe(step) && alone(step)).map(({ id }) => id));
}

/**
 * The chosen steps with what they need, parted in what can be carried out and what needs a person. A step that cannot be
 * carried out with all that it needs brings nothing along.
 */
export function chooseSteps(plan: Plan, choice: StepChoice): Chosen {
  const meant = namedSteps(plan, choice);
  const named = new Set(meant.map(({ id }) => id));
  const held = plan.steps.filter((step) => isHeldBy(choice, step));
  const blocked = blockedIn(plan, [...meant, ...held]);
  const wanted = withPrerequisites(plan.steps, named).filter((step) => isOpen(step) || isDeclined(step, choice));
  const reachable = meant.filter(({ id, status }) => status === 'pending' && !blocked.has(id));
  const closure = withPrerequisites(plan.steps, new Set(reachable.map(({ id }) => id)));
  const steps = closure.filter(({ status }) => status === 'pending');
  const inTheWay = new Set([...named, ...[...blocked.values()].flat()]);
  const isLeft = (step: Step) =>
    !steps.includes(step) && ((wanted.includes(step) && inTheWay.has(step.id)) || held.includes(step));
  return {
    steps,
    brought: steps.filter(({ id }) => !named.has(id)).map(({ id }) => id),
    left: plan.steps.filter(isLeft),
    blocked,
  };
}

/** The open steps that no edit can make and that each of some steps needs, by id; only those that need any. */
function blockedIn(plan: Plan, steps: readonly Step[]): ReadonlyMap<string, readonly string[]> {
  const stuck = (step: Step) => withPrerequisites(plan.steps, new Set([step.id])).filter((one) => isStuck(one));
  const entries = steps.map((step) => [step.id, stuck(step).flatMap(({ id }) => (id === step.id ? [] : id))] as const);
  return new Map(entries.filter(([, ids]) => ids.length > 0));
}

/** Whether a step is open and no edit can make it. */
function isStuck(step: Step): boolean {
  return isOpen(step) && step.status !== 'pending';
}

/** Who asks for all that edits can make, or all of it that is safe, is told what they cannot. */
function isHeldBy({ all, review }: StepChoice, step: Step): boolean {
  return (all || review || false) && (needsPerson(step) || isSafe(step));
}

function isSafe({ status, risk }: Step): boolean {
  return status === 'pending' && risk === 'safe';
}

/** What was declined is only spoken of when it is asked for by name. */
function isDeclined({ id, status }: Step, { steps }: StepChoice): boolean {
  return status === 'declined' && (steps?.includes(id) ?? false);
}

function unknownStep(step: string, known: readonly string[]): UpgradeError {
  if (/[/.]/.test(step)) return new UpgradeError('unknown-step', { step, hint: 'A directory goes before --step.' });
  const near = nearest(step, known);
  return new UpgradeError('unknown-step', near === undefined ? { step } : { step, hint: `Did you mean ${near}?` });
}
