import type { ConflictedFile } from '../apply/conflict.ts';
import { chooseSteps } from '../plan/choose.ts';
import { endingInTests } from '../plan/deps/commands.ts';
import { neededBy } from '../plan/order.ts';
import type { FileEdit, Plan, Step } from '../plan/plan.ts';
import type { Leg } from './open.ts';
import type { ApplyOutcome } from './outcome.ts';
import type { Stage } from './stages.ts';
import { editsBetween } from './step-edits.ts';

/** What was done, and what it did to each file. */
export interface Applied {
  readonly outcome: ApplyOutcome;
  /** One for each file; the patches joined are what `git apply` would take. */
  readonly edits: readonly FileEdit[];
  /** Steps that were carried out because others come after them. */
  readonly brought: readonly string[];
  /** The plans carried out, in order: one, or one for each minor. */
  readonly plans: readonly Leg[];
  /** Null for a dry run, which does not say. */
  readonly inGit: boolean | null;
  /** The plan of what is left; null where it was not made, for a dry run or several plans. */
  readonly afterwards: Plan | null;
}

/** What became of the files. */
export type FileResult = Pick<ApplyOutcome, 'written' | 'deleted' | 'commits' | 'copies' | 'conflicts'> & {
  readonly inGit: boolean | null;
};

/** What an apply is asked to do. */
export interface ApplyInput {
  readonly stages: readonly Stage[];
  readonly conflicts: readonly ConflictedFile[];
}

/** Puts together what was done, and what is left with its reason. */
export function applied(
  { stages, conflicts }: ApplyInput,
  result: FileResult,
  wish: { readonly dryRun?: boolean | undefined; readonly branch?: string | undefined },
): Omit<Applied, 'afterwards'> {
  const { written, deleted, commits, copies } = result;
  const left = stages.flatMap((stage) => [
    ...stage.left.map((step) => ({ step: step.id, reason: reasonFor(step, stage, conflicts) })),
    ...stage.refused,
  ]);
  // What one plan leaves, the next may leave again.
  const reasons = new Map(left.map((one) => [JSON.stringify([one.step, one.reason]), one]));
  return {
    outcome: {
      dryRun: wish.dryRun ?? false,
      branch: wish.branch ?? null,
      applied: stages.flatMap(({ steps }) => steps.map(({ id }) => id)),
      left: [...reasons.values()],
      written,
      deleted,
      commits,
      conflicts: result.conflicts,
      copies,
      commands: commandsOf(stages),
    },
    edits: editsOf(stages),
    brought: stages.flatMap(({ brought }) => brought),
    plans: stages,
    inGit: result.inGit,
  };
}

/** What edits have settled meanwhile is not left, and what no longer waits for a person can be carried out. */
export function asItIsNow<T extends Pick<Applied, 'outcome'>>(done: T, stages: readonly Stage[], now: Plan | null): T {
  // A file with markers in it says nothing of its steps.
  if (now === null || done.outcome.conflicts.length > 0) return done;
  const statuses = new Map(now.steps.map(({ id, status }) => [id, status]));
  const waited = (id: string) => stages.some(({ blocked }) => blocked.has(id));
  const isReady = (id: string) => {
    return statuses.get(id) === 'pending' && chooseSteps(now, { steps: [id] }).steps.some((step) => step.id === id);
  };
  const left = done.outcome.left
    .filter(({ step }) => (statuses.get(step) ?? 'done') !== 'done')
    .map(({ step, reason }) => ({ step, reason: waited(step) && isReady(step) ? 'can be applied now' : reason }));
  return { ...done, outcome: { ...done.outcome, left } };
}

function reasonFor(step: Step, stage: Stage, marked: readonly ConflictedFile[]): string {
  const isMarked = step.conflicts.some(
    ({ address, path }) => address === undefined && marked.some((file) => file.path === path),
  );
  const reasons = {
    conflict: isMarked
      ? 'you and the generator changed it: markers are in the file'
      : 'you and the generator changed it',
    manual: `${heldText(step)}needs a manual change: ${step.title}`,
    declined: 'you took it out',
    'needs-source': 'needs generated files: give --source mix or --pack FILE',
    pending: blockedText(step, stage),
    done: 'it is done',
  };
  return reasons[step.status];
}

/** The places that hold a step, where it is held. */
function heldText({ heldBy = [] }: Step): string {
  if (heldBy.length === 0) return '';
  const places = [...new Set(heldBy.map(({ path, line }) => `${path}:${line}`))];
  return `blocked by ${shortList(places)}; `;
}

/** What a step that edits could make waits for: what only a person can do, or steps that nobody asked for. */
function blockedText(step: Step, { steps, blocked }: Stage): string {
  const [stuck] = blocked.get(step.id) ?? [];
  if (stuck !== undefined) {
    const way = `do that first, or say that it is done with phx-upgrade mark ${stuck} done --why TEXT`;
    return `blocked by ${shortList(blocked.get(step.id) ?? [])}: ${way}`;
  }
  const unasked = neededBy(step).filter((id) => !steps.some((one) => one.id === id));
  return `blocked by ${shortList(unasked)}, not safe: phx-upgrade apply --step ${step.id} takes all of it`;
}

/** `a, b, c and 4 more` */
function shortList(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join(', ') + more;
}

/** The commands that the carried out steps ask for, in an order that works. */
function commandsOf(stages: readonly Stage[]): string[] {
  return endingInTests(stages.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)));
}

function editsOf(stages: readonly Stage[]): FileEdit[] {
  const [first, last] = [stages[0], stages.at(-1)];
  return first && last ? editsBetween(first.before, last.workspace) : [];
}
