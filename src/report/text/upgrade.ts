import { cells } from '../../plan/cells.ts';
import { chooseSteps } from '../../plan/choose.ts';
import { oneLine } from '../../plan/escape.ts';
import { nextCommand } from '../../plan/next.ts';
import type { Plan, Step } from '../../plan/plan.ts';
import { openKinds } from '../../plan/sections.ts';
import { below, pad, shorten } from './layout.ts';
import { paint, type TextOptions } from './paint.ts';

/** How far an upgrade has come, what is left of it, and what to do next. */
export function upgradeText(plan: Plan, options: TextOptions): string {
  const { upgrade, from, to } = plan;
  if (upgrade === undefined) return `No upgrade was begun here: phx-upgrade upgrade start begins ${from} → ${to}.\n`;
  const marks = upgrade.marks.map(({ step, as, why }) => `  ${oneLine(step)}  ${as}: ${oneLine(why)}`);
  return standingText(plan, [...leftLines(plan, options), ...below('Decided by you', marks)], options);
}

/** The same in figures alone, below what names the steps already. */
export function progressText(plan: Plan, options: TextOptions): string {
  return standingText(
    plan,
    leftKinds(plan).map(({ said, steps }) => countOf(steps, said)),
    options,
  );
}

function standingText(plan: Plan, lines: readonly string[], options: TextOptions): string {
  const { start = plan.from, done, of } = plan.upgrade ?? {};
  const heading = oneLine(`Phoenix ${start} → ${plan.to}${of === undefined ? '' : `: ${done} of ${of} done`}`);
  return `${[paint(heading, 'bold', options), ...lines, '', nextLine(plan)].join('\n')}\n`;
}

/** Open steps of one kind, with what is said of them. */
interface LeftKind {
  readonly said: string;
  readonly steps: readonly Step[];
  /** What a list of them says of each; null where they are only counted. */
  readonly about: ((step: Step) => string) | null;
}

/** What is left of a plan, by kind. What edits could make but for other steps is a kind of its own. */
function leftKinds(plan: Plan): readonly LeftKind[] {
  const { blocked } = chooseSteps(plan, { review: true });
  const free = (steps: readonly Step[]) => steps.filter(({ id }) => !blocked.has(id));
  const { safe, review, command, manual, conflict, source } = openKinds(plan);
  const waiting = [...safe, ...review, ...command].filter(({ id }) => blocked.has(id));
  const titled = ({ title }: Step) => title;
  const kinds: readonly LeftKind[] = [
    { said: 'safe to apply', steps: free(safe), about: null },
    { said: 'to apply and look at', steps: free(review), about: null },
    { said: 'wait for a command', steps: free(command), about: titled },
    { said: 'need a manual change', steps: manual, about: titled },
    { said: 'conflict with yours', steps: conflict, about: titled },
    {
      said: 'blocked by other steps',
      steps: waiting,
      about: ({ id }) => `blocked by ${(blocked.get(id) ?? []).join(', ')}`,
    },
    { said: 'need generated files', steps: source, about: null },
  ];
  return kinds.filter(({ steps }) => steps.length > 0);
}

function leftLines(plan: Plan, options: TextOptions): readonly string[] {
  return leftKinds(plan).flatMap(({ said, steps, about }) => [
    countOf(steps, said),
    ...(about === null ? [] : listed(steps, about, options)),
  ]);
}

function countOf(steps: readonly Step[], said: string): string {
  return `  ${String(steps.length).padStart(3)} ${said}`;
}

function listed(steps: readonly Step[], about: (step: Step) => string, options: TextOptions): readonly string[] {
  const longest = Math.max(...steps.map(({ id }) => cells(oneLine(id))));
  return steps.map((step) => {
    const line = `        ${pad(oneLine(step.id), longest)}  ${oneLine(about(step))}`;
    return options.whole ? line : shorten(line, options.width);
  });
}

/** The one command that goes on best from here. */
function nextLine(plan: Plan): string {
  const next = nextCommand(plan);
  if (next !== null) return `Next: ${oneLine(next)}`;
  return plan.upgrade ? 'Next: phx-upgrade upgrade finish' : 'Nothing is left to do.';
}
