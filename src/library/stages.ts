import type { StepChange } from '../merge/change-set.ts';
import { stepChanges } from '../merge/step-changes.ts';
import { Workspace } from '../merge/workspace.ts';
import { chooseSteps, namedSteps, type StepChoice } from '../plan/choose.ts';
import type { FileEdit, Plan, Step } from '../plan/plan.ts';
import type { Upgrade } from './open.ts';
import { editsOf } from './step-edits.ts';
import { stepwisePlans } from './stepwise.ts';

/** Steps of one plan carried out in memory. */
export interface Stage {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly changes: readonly StepChange[];
  readonly edits: readonly FileEdit[];
  readonly brought: readonly string[];
  readonly left: readonly Step[];
  readonly refused: readonly { readonly step: string; readonly reason: string }[];
  readonly workspace: Workspace;
}

/** The chosen steps, carried out plan by plan: one plan, or with `stepwise` one for each minor. Throws `unknown-step`. */
export function stagesOf(
  upgrade: Upgrade,
  wish: StepChoice & { readonly stepwise?: boolean | undefined },
): readonly Stage[] {
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
