import type { StepChange } from '../merge/change-set.ts';
import { holdingChanges } from '../merge/holding-changes.ts';
import { Workspace } from '../merge/workspace.ts';
import { chooseSteps, namedSteps, type StepChoice } from '../plan/choose.ts';
import { inPhases } from '../plan/phases.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { type OwnPrefixes, ownPrefixes } from '../symbols/resolve.ts';
import type { Leg, Upgrade } from './open.ts';
import { stepwisePlans } from './stepwise.ts';

/** Steps of one plan carried out in memory. */
export interface Stage {
  readonly plan: Plan;
  /** Why this plan does without generated text, as `Upgrade` says it. */
  readonly withoutText: string | null;
  readonly steps: readonly Step[];
  readonly changes: readonly StepChange[];
  readonly brought: readonly string[];
  readonly left: readonly Step[];
  /** What stands in the way of steps that were left, by id. */
  readonly blocked: ReadonlyMap<string, readonly string[]>;
  readonly refused: readonly { readonly step: string; readonly reason: string }[];
  /** The project before and after. */
  readonly before: Workspace;
  readonly workspace: Workspace;
}

/** Which steps are carried out, and how. */
export interface StageWish extends StepChoice {
  readonly stepwise?: boolean | undefined;
  readonly conflicts?: 'skip' | 'markers' | 'theirs' | undefined;
  /** One phase after the other, in place of the plan's order. */
  readonly inPhases?: boolean | undefined;
}

/** The chosen steps, carried out plan by plan: one plan, or with `stepwise` one for each minor. Throws `unknown-step`. */
export async function stagesOf(upgrade: Upgrade, wish: StageWish): Promise<readonly Stage[]> {
  const before = new Workspace(upgrade.loaded.project.tree);
  const own = ownPrefixes(upgrade.loaded.project.names);
  if (!wish.stepwise) return [stageOf(upgrade, before, own, wish)];
  const stages: Stage[] = [];
  let workspace = before;
  for await (const leg of stepwisePlans(upgrade, () => workspace)) {
    // A step may be in the plan of one minor alone.
    const known = { ...wish, steps: wish.steps?.filter((id) => leg.plan.steps.some((step) => step.id === id)) };
    const stage = stageOf(leg, workspace, own, known);
    stages.push(stage);
    workspace = stage.workspace;
  }
  // Refuses an id that is in no plan at all.
  const all = stages.flatMap(({ plan }) => plan.steps);
  namedSteps({ ...upgrade.plan, steps: all }, { steps: wish.steps });
  return stages;
}

function stageOf({ plan, withoutText }: Leg, before: Workspace, own: OwnPrefixes, wish: StageWish): Stage {
  const chosen = chooseSteps(wish.conflicts === 'theirs' ? withTheirs(plan, wish) : plan, wish);
  const { brought, left, blocked } = chosen;
  const steps = wish.inPhases ? inPhases(plan, chosen.steps).flat() : chosen.steps;
  const { changes, refused, workspace } = holdingChanges(before, steps, own, new Set(left.map(({ id }) => id)));
  const done = new Set(changes.map(({ step }) => step));
  const carriedOut = steps.filter(({ id }) => done.has(id));
  return { plan, withoutText, steps: carriedOut, changes, brought, left, blocked, refused, before, workspace };
}

/** The plan in which the chosen conflicts take the target's side, each as a whole: those that have nothing to take stay. */
function withTheirs(plan: Plan, choice: StepChoice): Plan {
  const named = new Set(namedSteps(plan, choice).map(({ id }) => id));
  const steps = plan.steps.map((step): Step => {
    const takes = step.conflicts.map(({ take }) => take);
    const isTaken = named.has(step.id) && step.status === 'conflict' && takes.length > 0 && !takes.includes(null);
    return isTaken ? { ...step, status: 'pending', operations: takes.flatMap((take) => take ?? []) } : step;
  });
  return { ...plan, steps };
}
