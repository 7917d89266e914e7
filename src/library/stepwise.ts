import type { Workspace } from '../merge/workspace.ts';
import { planStart } from '../plan/input.ts';
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
  let [start, from] = [planStart(loaded.detection, plan.from), plan.from];
  for (const to of stopsBetween(plan.from, plan.to, history.versions, names)) {
    const leg = await upgrade.leg(workspace().tree(), { start, from, to });
    yield leg;
    from = to;
    // What a leg could not bring for want of text, the next one counts as its own.
    if (leg.plan.source.to !== 'snapshots') start = to;
  }
}
