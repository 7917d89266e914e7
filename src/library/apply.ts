import { type ApplyOptions, applyChanges, inspectChanges } from '../apply/apply.ts';
import type { ConflictedFile } from '../apply/conflict.ts';
import type { ApplyContext } from '../apply/machine.ts';
import { UpgradeError } from '../errors/error.ts';
import type { StepChange } from '../merge/change-set.ts';
import { isEmptyChoice, type StepChoice } from '../plan/choose.ts';
import type { Conflict, Plan, Step } from '../plan/plan.ts';
import type { ApplyOutcome } from '../report/outcome.ts';
import { type Applied, applied } from './applied.ts';
import { conflictedFiles } from './conflicted-files.ts';
import { withApply } from './memory.ts';
import type { Upgrade } from './open.ts';
import { type Stage, stagesOf } from './stages.ts';

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
  /** A new branch for the commits. */
  readonly branch?: string | undefined;
  /** False commits without running hooks. */
  readonly verify?: boolean | undefined;
}

/**
 * Carries out the chosen steps of an upgrade's plan. Throws `nothing-chosen`, `unknown-step`, and what `applyChanges`
 * and `inspectChanges` throw.
 */
export async function applySteps(upgrade: Upgrade, wish: ApplyWish, context: ApplyContext): Promise<Applied> {
  if (isEmptyChoice(wish)) throw new UpgradeError('nothing-chosen');
  const stages = await stagesOf(upgrade, wish);
  const last = stages.at(-1);
  const chosen = stages.flatMap(({ steps }) => steps);
  const conflicts =
    wish.conflicts === 'markers' && last
      ? conflictedFiles(
          stages.flatMap(({ left }) => left),
          last,
        )
      : [];
  const options = applyOptions(wish, chosen, conflicts);
  const changes = stages.flatMap((stage) => stage.changes);
  const input = { stages, conflicts, changes };
  if (wish.dryRun) {
    await inspectChanges(context, changes, options);
    const files = { ...filesOf(changes), commits: [], copies: [], conflicts: [], inGit: null };
    return { ...applied(input, files, wish), afterwards: null };
  }
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
  return { ...applied(input, result, wish), afterwards };
}

/** Carries an apply out as part of an upgrade that is remembered; one that took itself back leaves no trace. */
export async function remembering<T>(
  { remembered, plan }: Pick<Upgrade, 'remembered' | 'plan'>,
  writes: boolean,
  apply: () => Promise<T>,
): Promise<T> {
  if (!writes) return apply();
  const before = remembered.memory;
  await withApply({ remembered, plan });
  try {
    return await apply();
  } catch (error) {
    const isHalfway = error instanceof UpgradeError && error.code === 'stopped-halfway';
    if (!isHalfway) await remembered.keep(before);
    throw error;
  }
}

function applyOptions(wish: ApplyWish, steps: readonly Step[], conflicts: readonly ConflictedFile[]): ApplyOptions {
  const commit = { steps, branch: wish.branch ?? null, verify: wish.verify ?? true };
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
      .filter(({ address, verdict, yours, target }) => {
        const again = now.get(address);
        return (
          verdict === 'pending' && again?.verdict === 'pending' && again.yours === yours && again.target === target
        );
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
