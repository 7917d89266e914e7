import { oneLine } from '../../plan/escape.ts';
import type { Plan } from '../../plan/plan.ts';
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
    manual: 'need a manual change',
    conflict: 'conflict with yours',
    source: 'need generated files',
  };
  const kinds = openKinds(plan);
  const left = workKinds.filter((kind) => kinds[kind].length > 0);
  const named = (kind: (typeof left)[number]) => (kind === 'manual' || kind === 'conflict' ? kinds[kind] : []);
  return left.flatMap((kind) => [
    `  ${String(kinds[kind].length).padStart(3)} ${words[kind]}`,
    ...named(kind).map(({ id }) => `        ${oneLine(id)}`),
  ]);
}

/** The one command that goes on best from here. */
function nextLine(plan: Plan): string {
  const { safe, review, manual, conflict, source } = openKinds(plan);
  if (safe.length > 0) return 'Next: phx-upgrade apply --safe';
  const [first] = [...review, ...manual, ...conflict];
  if (first) return `Next: phx-upgrade plan --step ${oneLine(first.id)}`;
  if (source.length > 0) return 'Next: phx-upgrade plan --source mix';
  return plan.upgrade ? 'Next: phx-upgrade upgrade finish' : 'Nothing is left to do.';
}
