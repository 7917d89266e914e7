import { type ApplyOptions, applyChanges, inspectChanges } from '../apply/apply.ts';
import type { ConflictedFile } from '../apply/conflict.ts';
import type { ApplyContext } from '../apply/machine.ts';
import { UpgradeError } from '../errors/error.ts';
import type { StepChange } from '../merge/change-set.ts';
import { stepChanges } from '../merge/step-changes.ts';
import { Workspace } from '../merge/workspace.ts';
import { chooseSteps, isEmptyChoice, namedSteps, type StepChoice } from '../plan/choose.ts';
import type { FileEdit, Plan, Step } from '../plan/plan.ts';
import type { ApplyOutcome } from '../report/outcome.ts';
import { conflictedFiles } from './conflicted-files.ts';
import type { Upgrade } from './open.ts';
import { editsOf } from './step-edits.ts';
import { stepwisePlans } from './stepwise.ts';

/** How steps are carried out. */
export interface ApplyWish extends StepChoice {
  /** All checks, and nothing written. */
  readonly dryRun?: boolean | undefined;
  /** One plan for each minor version on the way, one after another. */
  readonly stepwise?: boolean | undefined;
  /** `markers` leaves conflicts as git does after a merge. */
  readonly conflicts?: 'skip' | 'markers' | undefined;
  readonly allowDirty?: boolean | undefined;
  /** One commit for each step. */
  readonly commit?: boolean | undefined;
  /** A new branch for the commits. */
  readonly branch?: string | undefined;
  /** False commits without running hooks. */
  readonly verify?: boolean | undefined;
}

/** What was done, and what it did to each file. */
export interface Applied {
  readonly outcome: ApplyOutcome;
  /** In order; the patches joined are what `git apply` would take. */
  readonly edits: readonly FileEdit[];
  /** Steps that were carried out because others come after them. */
  readonly brought: readonly string[];
  /** False where there is no git. */
  readonly inGit: boolean;
}

/** Steps of one plan carried out in memory. */
interface Stage {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly changes: readonly StepChange[];
  readonly edits: readonly FileEdit[];
  readonly brought: readonly string[];
  readonly left: readonly Step[];
  readonly refused: readonly { readonly step: string; readonly reason: string }[];
  readonly workspace: Workspace;
}

/**
 * Carries out the chosen steps of an upgrade's plan. Throws `nothing-chosen`, `unknown-step`, and what `applyChanges`
 * and `inspectChanges` throw.
 */
export async function applySteps(upgrade: Upgrade, wish: ApplyWish, context: ApplyContext): Promise<Applied> {
  if (isEmptyChoice(wish)) throw new UpgradeError('nothing-chosen');
  const stages = stagesOf(upgrade, wish);
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
  const told = { stages, conflicts, changes };
  if (wish.dryRun) {
    await inspectChanges(context, changes, options);
    return applied(told, { ...filesOf(changes), commits: [], copies: [], conflicts: [], inGit: true }, wish);
  }
  const result = await applyChanges(context, changes, {
    ...options,
    verify: async () => whatIsUndone(upgrade, stages),
  });
  return applied(told, result, wish);
}

function stagesOf(upgrade: Upgrade, wish: ApplyWish): readonly Stage[] {
  const before = new Workspace(upgrade.loaded.project.tree);
  if (!wish.stepwise) return [stageOf(upgrade.plan, before, wish)];
  const stages: Stage[] = [];
  let workspace = before;
  for (const plan of stepwisePlans(upgrade, () => workspace)) {
    // A step may be in the plan of one minor alone.
    const known = { ...wish, steps: wish.steps?.filter((id) => plan.steps.some((step) => step.id === id)) };
    const stage = stageOf(plan, workspace, known);
    stages.push(stage);
    workspace = stage.workspace;
  }
  // Refuses an id that is in no plan at all.
  const all = stages.flatMap(({ plan }) => plan.steps);
  namedSteps({ ...upgrade.plan, steps: all }, { steps: wish.steps });
  return stages;
}

function stageOf(plan: Plan, before: Workspace, choice: StepChoice): Stage {
  const { steps, brought, left } = chooseSteps(plan, choice);
  const { changes, refused, workspace } = stepChanges(before, steps, new Set(left.map(({ id }) => id)));
  const done = new Set(changes.map(({ step }) => step));
  const edits = editsOf(
    before,
    steps.filter(({ id }) => done.has(id)),
  );
  return { plan, steps: steps.filter(({ id }) => done.has(id)), changes, edits, brought, left, refused, workspace };
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
function whatIsUndone(upgrade: Upgrade, stages: readonly Stage[]): string | null {
  const [only, another] = stages;
  return only === undefined || another !== undefined ? null : undoneChange(only.steps, upgrade.reread().plan);
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

type Result = Pick<ApplyOutcome, 'written' | 'deleted' | 'commits' | 'copies' | 'conflicts'> & {
  readonly inGit: boolean;
};

function filesOf(changes: readonly StepChange[]): Pick<ApplyOutcome, 'written' | 'deleted'> {
  const last = new Map(changes.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));
  const paths = (isThere: boolean) =>
    [...last.values()]
      .filter(({ after }) => (after !== null) === isThere)
      .map(({ path }) => path)
      .sort();
  return { written: paths(true), deleted: paths(false) };
}

interface Told {
  readonly stages: readonly Stage[];
  readonly conflicts: readonly ConflictedFile[];
}

function applied({ stages, conflicts }: Told, result: Result, wish: ApplyWish): Applied {
  const { written, deleted, commits, copies } = result;
  const left = stages.flatMap((stage) => [
    ...stage.left.map((step) => ({ step: step.id, reason: reasonFor(step, conflicts) })),
    ...stage.refused,
  ]);
  return {
    outcome: {
      dryRun: wish.dryRun ?? false,
      branch: wish.branch ?? null,
      applied: stages.flatMap(({ steps }) => steps.map(({ id }) => id)),
      left,
      written,
      deleted,
      commits,
      conflicts: result.conflicts,
      copies,
      commands: commandsOf(stages),
    },
    edits: stages.flatMap(({ edits }) => edits),
    brought: stages.flatMap(({ brought }) => brought),
    inGit: result.inGit,
  };
}

function reasonFor({ status, title, conflicts, after }: Step, marked: readonly ConflictedFile[]): string {
  const isMarked = conflicts.some(({ path }) => marked.some((file) => file.path === path));
  const reasons = {
    conflict: isMarked
      ? 'you and the generator changed it: markers are in the file'
      : 'you and the generator changed it',
    manual: `only you can do it: ${title}`,
    declined: 'you took it out; nothing puts it back by itself',
    'needs-source': 'it needs generated text: give --source mix or --pack FILE',
    pending: `it comes after ${after.join(', ')}, of which not all is safe`,
    done: 'it is done',
  };
  return reasons[status];
}

/** The commands that the carried out steps ask for, in the plan's order. */
function commandsOf(stages: readonly Stage[]): string[] {
  const asked = new Set(stages.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)));
  const ordered = stages
    .flatMap(({ plan }) => plan.commands)
    .filter((command) => asked.has(command) || command === 'mix test');
  return asked.size === 0 ? [] : [...new Set([...ordered.filter((command) => command !== 'mix test'), 'mix test'])];
}
