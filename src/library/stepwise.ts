import type { Workspace } from '../merge/workspace.ts';
import { stopsBetween } from '../plan/stepwise.ts';
import type { Leg, Upgrade } from './open.ts';

/**
 * One plan for each minor version on the way. Each is made when it is asked for, and its text obtained only then, for the
 * files that `workspace` then gives: those that the plan before leaves. Throws what `leg` of an upgrade throws.
 */
export async function* stepwisePlans(upgrade: Upgrade, workspace: () => Workspace): AsyncIterable<Leg> {
  const { plan, loaded } = upgrade;
  const { history, flags } = loaded.detection;
  const names = flags.map(({ flag }) => flag);
  let from = plan.from;
  for (const to of stopsBetween(plan.from, plan.to, history.versions, names)) {
    yield await upgrade.leg(workspace().tree(), { from, to });
    from = to;
  }
}
