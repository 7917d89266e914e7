import { chooseSteps, type StepChoice } from './choose.ts';
import { joinedCommands } from './deps/commands.ts';
import { type PhaseId, phaseIds, phaseOfSteps } from './phases.ts';
import type { Plan, Step } from './plan.ts';
import { isForCommands, needsPerson, openKinds, stepsAhead } from './sections.ts';

/**
 * The one command that goes on best from here, which does something when it is run: what is safe, then phase by phase what edits
 * can make and what commands are for, then what a person has to see to. Null where nothing is open.
 */
export function nextCommand(plan: Plan): string | null {
  const { safe, source, command, manual, conflict } = openKinds(plan);
  if (safe.length > 0 && ready(plan, { all: true }).length > 0) return 'phx-upgrade apply --safe';
  const next = phaseToDo(plan, command);
  if (next !== null) return next;
  const look = stepToSee(plan, [...manual, ...conflict]);
  if (look) return `phx-upgrade plan --step ${look.id}`;
  return source.length > 0 ? 'phx-upgrade plan --source mix' : null;
}

/** The steps that an apply would carry out, without those that only commands are left for. */
function ready(plan: Plan, choice: StepChoice): readonly Step[] {
  return chooseSteps(plan, choice).steps.filter((step) => !isForCommands(step));
}

/** What is left over from before counts last. */
function phaseToDo(plan: Plan, command: readonly Step[]): string | null {
  const edits = ready(plan, { review: true });
  const phaseOf = phaseOfSteps(plan);
  const isIn = (phase: PhaseId) => (step: Step) => phaseOf.get(step.id) === phase;
  for (const phase of phaseIds) {
    if (edits.some(isIn(phase))) return `phx-upgrade apply --phase ${phase}`;
    if (command.some(isIn(phase))) return joinedCommands(command.flatMap(({ commands }) => commands)).join(' && ');
  }
  return edits.length > 0 ? 'phx-upgrade apply --review' : null;
}

/** The first of the steps that need a person, those ahead before those that were left over. */
function stepToSee(plan: Plan, all: readonly Step[]): Step | undefined {
  const ahead = new Set(stepsAhead(plan).map(({ id }) => id));
  return all.find(({ id }) => ahead.has(id)) ?? all[0];
}

/** How a step is carried out or, where nothing of the project shows that it is done, said to be. */
export function waysOn(step: Step): readonly string[] {
  const { id, status, conflicts } = step;
  if (status === 'pending') return isForCommands(step) ? step.commands : [`phx-upgrade apply --step ${id}`];
  if (status === 'needs-source') {
    const apply = `phx-upgrade apply --step ${id}`;
    return [`${apply} --source mix`, `${apply} --pack FILE`, `phx-upgrade mark ${id} skip --why TEXT`];
  }
  if (!needsPerson(step)) return [];
  const isTaken = conflicts.length > 0 && conflicts.every(({ take }) => take !== null);
  return [
    ...(isTaken ? [`phx-upgrade apply --step ${id} --conflicts theirs`] : []),
    `phx-upgrade mark ${id} ${status === 'conflict' ? 'skip' : 'done'} --why TEXT`,
  ];
}
