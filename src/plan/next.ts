import { chooseSteps } from './choose.ts';
import { phaseIds, phaseOfSteps } from './phases.ts';
import type { Plan, Step } from './plan.ts';
import { isForCommands, openKinds, stepsAhead } from './sections.ts';

/**
 * The one command that goes on best from here, which does something when it is run: what is safe, then what commands of steps are
 * for, then the first phase that has a step to apply, then what a person has to see to. Null where nothing is open.
 */
export function nextCommand(plan: Plan): string | null {
  const { safe, command, source } = openKinds(plan);
  const isSafe = safe.length > 0 && chooseSteps(plan, { all: true }).steps.some((step) => !isForCommands(step));
  if (isSafe) return 'phx-upgrade apply --safe';
  const phase = phaseToApply(plan);
  if (phase !== null) return phase;
  const [waiting] = command;
  if (waiting) return waiting.commands.join(' && ');
  const look = stepToSee(plan);
  if (look) return `phx-upgrade plan --step ${look.id}`;
  return source.length > 0 ? 'phx-upgrade plan --source mix' : null;
}

/** Applies the steps of the earliest phase of which edits can make any; what is left over from before counts last. */
function phaseToApply(plan: Plan): string | null {
  const ready = chooseSteps(plan, { review: true }).steps.filter((step) => !isForCommands(step));
  const phaseOf = phaseOfSteps(plan);
  const phase = phaseIds.find((id) => ready.some((step) => phaseOf.get(step.id) === id));
  if (phase !== undefined) return `phx-upgrade apply --phase ${phase}`;
  return ready.length > 0 ? 'phx-upgrade apply --review' : null;
}

/** The first step that needs a person, of those ahead before those that were left over. */
function stepToSee(plan: Plan): Step | undefined {
  const { manual, conflict } = openKinds(plan);
  const all = [...manual, ...conflict];
  const ahead = new Set(stepsAhead(plan).map(({ id }) => id));
  return all.find(({ id }) => ahead.has(id)) ?? all[0];
}
