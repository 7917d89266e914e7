import { oneLine } from '../../plan/escape.ts';
import { nextCommand } from '../../plan/next.ts';
import type { Plan, Step } from '../../plan/plan.ts';
import { openKinds, workKinds } from '../../plan/sections.ts';
import { paint, type TextOptions } from './paint.ts';

/** How far an upgrade has come, what is left of it, and what to do next. */
export function upgradeText(plan: Plan, options: TextOptions): string {
  const { upgrade, from, to } = plan;
  if (upgrade === undefined) return `No upgrade was begun here: phx-upgrade upgrade start begins ${from} → ${to}.\n`;
  const marks = upgrade.marks.map(({ step, as, why }) => `  ${oneLine(step)}  ${as}: ${oneLine(why)}`);
  const lines = [
    paint(oneLine(`Phoenix ${upgrade.start} → ${to}: ${upgrade.done} of ${upgrade.of} done`), 'bold', options),
    ...leftLines(plan),
    ...(marks.length > 0 ? ['', 'Decided by you', ...marks] : []),
    '',
    nextLine(plan),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is left of a plan, by kind. */
function leftLines(plan: Plan): readonly string[] {
  const words = {
    safe: 'safe to apply',
    review: 'to apply and look at',
    command: 'wait for a command',
    manual: 'need a manual change',
    conflict: 'conflict with yours',
    source: 'need generated files',
  };
  const kinds = openKinds(plan);
  const left = workKinds.filter((kind) => kinds[kind].length > 0);
  const named = (kind: (typeof left)[number]) => (['safe', 'review', 'source'].includes(kind) ? [] : kinds[kind]);
  return left.flatMap((kind) => [
    `  ${String(kinds[kind].length).padStart(3)} ${words[kind]}`,
    ...named(kind).map((step) => `        ${oneLine(kind === 'command' ? waitingFor(step) : step.id)}`),
  ]);
}

function waitingFor({ id, commands }: Step): string {
  return `${id}: ${commands.join(' && ')}`;
}

/** The one command that goes on best from here. */
function nextLine(plan: Plan): string {
  const next = nextCommand(plan);
  if (next !== null) return `Next: ${oneLine(next)}`;
  return plan.upgrade ? 'Next: phx-upgrade upgrade finish' : 'Nothing is left to do.';
}
