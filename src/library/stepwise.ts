import type { Workspace } from '../merge/workspace.ts';
import type { Plan } from '../plan/plan.ts';
import { stopsBetween } from '../plan/stepwise.ts';
import type { Upgrade } from './open.ts';

/**
 * One plan for each minor version on the way. Each is made when it is asked for, for the files that `workspace` then
 * gives: those that the plan before leaves.
 */
export function* stepwisePlans(upgrade: Upgrade, workspace: () => Workspace): Iterable<Plan> {
  const { plan, loaded } = upgrade;
  let from = plan.from;
  for (const to of stopsBetween(plan.from, plan.to, loaded.detection.history.versions)) {
    yield upgrade.replan(workspace().tree(), { from, to }).plan;
    from = to;
  }
}
