import { type ApplyOptions, applyChanges, inspectChanges } from '../apply/apply.ts';
import type { ConflictedFile } from '../apply/conflict.ts';
import { findsOwnWorkAlone } from '../apply/finished.ts';
import type { ApplyContext } from '../apply/machine.ts';
import { UpgradeError } from '../errors/error.ts';
import type { StepChange } from '../merge/change-set.ts';
import { isEmptyChoice, type StepChoice } from '../plan/choose.ts';
import { inPhases } from '../plan/phases.ts';
import type { Conflict, Plan, Step } from '../plan/plan.ts';
import { type Applied, type ApplyInput, applied, asItIsNow } from './applied.ts';
import { type CommitStyle, commitSubject } from './commit-subject.ts';
import { conflictedFiles } from './conflicted-files.ts';
import type { Upgrade } from './open.ts';
import type { ApplyOutcome } from './outcome.ts';
import { remembering } from './remembering.ts';
import { type Stage, stagesOf } from './stages.ts';
import type { FailedSteps, Trial } from './verified.ts';

/** How steps are carried out. */
export interface ApplyWish extends StepChoice {
  /** All checks, and nothing written. */
  readonly dryRun?: boolean | undefined;
  /** One plan for each minor version on the way, one after another. */
  readonly stepwise?: boolean | undefined;
  /** `markers` leaves conflicts as git does after a merge; `theirs` takes the target's side of those that have one to take. */
  readonly conflicts?: 'skip' | 'markers' | 'theirs' | undefined;
  readonly allowDirty?: boolean | undefined;
  /** One commit for each step. */
  readonly commit?: boolean | undefined;
  /** How the first lines of commits are written; `plain` where left out. */
  readonly commitStyle?: CommitStyle | undefined;
  /** A new branch for the commits. */
  readonly branch?: string | undefined;
  /** False commits without running hooks. */
  readonly verify?: boolean | undefined;
  /** Commands that have to pass after each step; each is then an apply of its own. */
  readonly trial?: Trial | undefined;
}

/**
 * Carries out the chosen steps of an upgrade's plan. Throws `nothing-chosen`, `unknown-step`, and what `applyChanges`
 * and `inspectChanges` throw.
 */
export async function applySteps(upgrade: Upgrade, wish: ApplyWish, context: ApplyContext): Promise<Applied> {
  if (isEmptyChoice(wish)) throw new UpgradeError('nothing-chosen');
  const stages = await stagesOf(upgrade, { ...wish, inPhases: wish.trial?.each === 'phase' });
  const last = stages.at(-1);
  const chosen = stages.flatMap(({ steps }) => steps);
  const conflicts =
    wish.conflicts === 'markers' && last
      ? conflictedFiles(
          stages.flatMap(({ left }) => left),
          last,
        )
      : [];
  const changes = stages.flatMap((stage) => stage.changes);
  const options = await withOwnWork(context, changes, applyOptions(wish, chosen, conflicts));
  const input = { stages, conflicts, changes };
  if (wish.dryRun) {
    await inspectChanges(context, changes, options);
    const files = { ...filesOf(changes), commits: [], copies: [], conflicts: [], inGit: null };
    return { ...applied(input, files, wish), afterwards: null };
  }
  if (wish.trial !== undefined) return onTrial(upgrade, context, input, { ...wish, trial: wish.trial, options });
  let afterwards: Plan | null = null;
  const writes = changes.some(({ files }) => files.length > 0);
  const result = await remembering(upgrade, writes, () =>
    applyChanges(context, changes, {
      ...options,
      verify: async () => {
        if (stages.length > 1) return null;
        afterwards = (await upgrade.reread()).plan;
        return whatIsUndone(stages, afterwards);
      },
    }),
  );
  return { ...asItIsNow(applied(input, result, wish), stages, afterwards), afterwards };
}

/** What earlier applies left uncommitted is no work that could be lost: undo takes one apply back after the other. */
async function withOwnWork(
  context: ApplyContext,
  changes: readonly StepChange[],
  options: ApplyOptions,
): Promise<ApplyOptions> {
  if (options.allowDirty || options.commit !== null) return options;
  return { ...options, allowDirty: (await findsOwnWorkAlone(context, changes)) && 'own' };
}

/** Carries steps out one by one with commands in between; markers have no place among them. */
async function onTrial(
  upgrade: Upgrade,
  context: ApplyContext,
  input: ApplyInput & { readonly changes: readonly StepChange[] },
  wish: ApplyWish & { readonly trial: Trial; readonly options: ApplyOptions },
): Promise<Applied> {
  const { applyOnTrial } = await import('./verified.ts');
  const changes = input.changes.filter(({ files }) => files.length > 0);
  const steps = input.stages.flatMap((stage) => stage.steps);
  const units =
    wish.trial.each === 'phase' ? phasesOfChanges(input.stages, changes) : changes.map((change) => [change]);
  const { kept, broken, red, results } = await applyOnTrial(
    upgrade,
    context,
    { units, steps, options: { ...wish.options, conflicts: [] } },
    wish.trial,
  );
  const stages = input.stages.map((stage) => stageOfKept(stage, kept, broken));
  const files = {
    ...filesOf(changes.filter(({ step }) => kept.includes(step))),
    commits: results.flatMap(({ commits }) => commits),
    copies: results.flatMap(({ copies }) => copies),
    conflicts: [],
    inGit: results.at(-1)?.inGit ?? null,
  };
  const afterwards = stages.length > 1 ? null : (await upgrade.reread()).plan;
  const now = asItIsNow(applied({ stages, conflicts: [] }, files, wish), stages, afterwards);
  const notes = red.flatMap((one) => one.steps.map((step) => ({ step, reason: `kept, though ${one.reason}` })));
  return { ...now, outcome: { ...now.outcome, left: [...notes, ...now.outcome.left] }, afterwards };
}

/** The changes of each phase together, in the order in which they were made. */
function phasesOfChanges(stages: readonly Stage[], changes: readonly StepChange[]): StepChange[][] {
  const groups = stages.flatMap(({ plan, steps }) => inPhases(plan, steps));
  const ids = groups.map((steps) => new Set(steps.map(({ id }) => id)));
  return ids.map((group) => changes.filter(({ step }) => group.has(step))).filter(({ length }) => length > 0);
}

/** A stage of which only some steps stand, with the reason for the others. */
function stageOfKept(stage: Stage, kept: readonly string[], broken: FailedSteps | null): Stage {
  const stands = ({ id, operations }: Step) => kept.includes(id) || (broken === null && operations.length === 0);
  const refused = stage.steps
    .filter((step) => !stands(step))
    .map(({ id }) => ({
      step: id,
      reason: broken?.steps.includes(id)
        ? `taken back, since ${broken.reason}`
        : `not carried out, since ${broken?.steps.join(', ')} ${broken?.steps.length === 1 ? 'was' : 'were'} taken back`,
    }));
  return { ...stage, steps: stage.steps.filter(stands), refused: [...stage.refused, ...refused] };
}

function applyOptions(wish: ApplyWish, steps: readonly Step[], conflicts: readonly ConflictedFile[]): ApplyOptions {
  const titled = steps.map((step) => ({ ...step, title: commitSubject(step, wish.commitStyle ?? 'plain') }));
  const commit = { steps: titled, branch: wish.branch ?? null, verify: wish.verify ?? true };
  return {
    allowDirty: wish.allowDirty ?? false,
    conflicts,
    commit: wish.commit || wish.branch !== undefined ? commit : null,
  };
}

/** What the steps promised and the files written do not state; null when all is well. Of several plans only the last could say. */
function whatIsUndone([only]: readonly Stage[], plan: Plan): string | null {
  if (only === undefined) return null;
  const taken = only.steps.flatMap(({ conflicts }) => conflicts);
  return undoneChange(only.steps, plan) ?? untakenValue(taken, plan);
}

/** A value that is in conflict still after the target's was taken, by the plan that is made afterwards; else null. */
export function untakenValue(taken: readonly Conflict[], { steps }: Plan): string | null {
  const left = new Set(steps.flatMap(({ conflicts }) => conflicts.flatMap(({ address }) => address ?? [])));
  const [still] = taken.flatMap(({ address }) => (address !== undefined && left.has(address) ? [address] : []));
  return still === undefined ? null : `${still} is still in conflict`;
}

/** A change of carried out steps that is pending as it was before, by the plan that is made afterwards; else null. */
export function undoneChange(steps: readonly Step[], afterwards: Plan): string | null {
  const now = new Map(
    afterwards.steps.flatMap(({ changes }) => changes.map((change) => [change.address, change] as const)),
  );
  const undone = steps.flatMap(({ id, changes }) =>
    changes
      .filter(({ address, verdict, yours, target, command }) => {
        // What a command is for shows only once it was run.
        if (verdict !== 'pending' || command !== undefined) return false;
        const again = now.get(address);
        return again?.verdict === 'pending' && again.yours === yours && again.target === target;
      })
      .map(({ address }) => `${id} did not change ${address}`),
  );
  return undone[0] ?? null;
}

function filesOf(changes: readonly StepChange[]): Pick<ApplyOutcome, 'written' | 'deleted'> {
  const last = new Map(changes.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));
  const paths = (isThere: boolean) =>
    [...last.values()]
      .filter(({ after }) => (after !== null) === isThere)
      .map(({ path }) => path)
      .sort();
  return { written: paths(true), deleted: paths(false) };
}
