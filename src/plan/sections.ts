import { type Plan, type Status, type Step, statuses } from './plan.ts';

/** Where a report shows a step, in this order. */
export const sectionNames = ['required', 'recommended', 'cosmetic', 'backlog', 'done', 'declined'] as const;
export type SectionName = (typeof sectionNames)[number];

/** A plan's steps by section; empty sections are there, too. */
export type Sections = Readonly<Record<SectionName, readonly Step[]>>;

const open: ReadonlySet<Status> = new Set(['pending', 'conflict', 'manual', 'needs-source']);

/** Whether something remains to be done or decided. */
export function isOpen(step: Step): boolean {
  return open.has(step.status);
}

/** Whether only a person can say what becomes of it. */
export function needsPerson({ status }: Step): boolean {
  return status === 'conflict' || status === 'manual';
}

/** A required step leads even when it is backlog: the target does not run without it. */
function sectionOf(step: Step): SectionName {
  if (step.status === 'done' || step.status === 'declined') return step.status;
  if (step.need === 'required') return 'required';
  return step.backlog ? 'backlog' : step.need;
}

/** The open steps of this upgrade: what was left over before it is none of its work, unless it is required. */
export function stepsAhead({ steps }: Pick<Plan, 'steps'>): readonly Step[] {
  return steps.filter((step) => isOpen(step) && sectionOf(step) !== 'backlog');
}

/** Every step in exactly one section, in the plan's order. */
export function sections(plan: Plan): Sections {
  const found: Record<SectionName, Step[]> = {
    required: [],
    recommended: [],
    cosmetic: [],
    backlog: [],
    done: [],
    declined: [],
  };
  for (const step of plan.steps) found[sectionOf(step)].push(step);
  return found;
}

/** The steps for which `check` exits 1. */
export function requiredOpen(plan: Plan): readonly Step[] {
  return sections(plan).required.filter(isOpen);
}

/** Titles of the sections; backlog is what the generator brought before the version the plan starts from. */
export function sectionTitle(name: SectionName, plan: Plan): string {
  const titles: Readonly<Record<SectionName, string>> = {
    required: 'Required',
    recommended: 'Recommended',
    cosmetic: 'Cosmetic',
    backlog: `Backlog from before ${plan.from}`,
    done: 'Already done',
    declined: 'Declined',
  };
  return titles[name];
}

/** How many steps have each status. */
export function statusCounts(plan: Plan): Readonly<Record<Status, number>> {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>;
  for (const step of plan.steps) counts[step.status] += 1;
  return counts;
}

/** `1 step`, `4 steps`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What kinds of work are open. */
type WorkKind = 'safe' | 'review' | 'command' | 'manual' | 'conflict' | 'source';

/** The open steps by what they take: an edit, an edit and a look, a command, a person, a decision, generated files. */
export function openKinds({ steps }: Pick<Plan, 'steps'>): Readonly<Record<WorkKind, readonly Step[]>> {
  const found: Record<WorkKind, Step[]> = { safe: [], review: [], command: [], manual: [], conflict: [], source: [] };
  for (const step of steps.filter(isOpen)) found[kindOf(step)].push(step);
  return found;
}

/** Whether nothing of a step is left for edits, and its commands do the rest: they move the lock, say. */
export function isForCommands({ status, edits, commands }: Step): boolean {
  return status === 'pending' && edits.length === 0 && commands.length > 0;
}

function kindOf(step: Step): WorkKind {
  const { status, risk } = step;
  if (status === 'conflict' || status === 'manual') return status;
  if (status === 'needs-source') return 'source';
  if (isForCommands(step)) return 'command';
  return risk === 'safe' ? 'safe' : 'review';
}
