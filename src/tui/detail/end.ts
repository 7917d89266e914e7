import { oneLine } from '../../plan/escape.ts';
import type { Step } from '../../plan/plan.ts';
import { count } from '../../plan/sections.ts';
import { decidedSteps, skippedSteps, standing, stepOf, undecidedSteps } from '../state/list.ts';
import type { State } from '../state/state.ts';
import { stopAfter } from '../state/way.ts';
import { type Line, span, wrapped } from '../text/line.ts';
import { standingText, stepMark } from './marks.ts';
import { blankRow, type Row, textRow, titleRow } from './row.ts';

type Walked = Pick<State, 'plan' | 'decisions'>;

/** Steps carried out in this walk and not taken back. */
export function carriedOut(state: Walked): readonly string[] {
  const skipped = skippedSteps(state);
  return [...decidedSteps(state)].filter((id) => !skipped.has(id));
}

/** What to run next: what the steps that were carried out ask for, then what the plan does; each once. */
export function endCommands(state: Walked): readonly string[] {
  const done = carriedOut(state).flatMap((id) => stepOf(state.plan, id)?.commands ?? []);
  return carriedOut(state).length === 0 ? [] : [...new Set([...done, ...state.plan.commands])];
}

/** The last screen: what was done, what is left for a person, what to run, how to undo. */
export function endRows(state: State): readonly Row[] {
  const done = carriedOut(state);
  const skipped = [...skippedSteps(state)];
  return [
    titleRow(
      done.length === 0 ? 'Nothing was changed in this walk.' : `Done in this walk: ${count(done.length, 'step')}`,
    ),
    ...done.map((id) => textRow([span('  '), span('✓', { color: 'green' }), span(` ${oneLine(id)}`)])),
    blankRow,
    ...leftRows(state),
    ...(skipped.length === 0
      ? []
      : [titleRow('Skipped'), ...skipped.map((id) => textRow([span(`  » ${oneLine(id)}`)])), blankRow]),
    ...commandRows(state),
    ...legRows(state),
    ...undoRows(done.length > 0),
  ];
}

function leftRows(state: State): readonly Row[] {
  const left = undecidedSteps(state);
  if (left.length === 0) return [titleRow('Nothing is left for you.'), blankRow];
  return [
    titleRow(`Left for you: ${count(left.length, 'step')}`),
    ...left.map((step) => textRow(leftLine(state, step))),
    blankRow,
  ];
}

function leftLine(state: State, step: Step): Line {
  const now = standing(state, step);
  const [mark, color] = stepMark(now);
  return [
    span('  '),
    span(mark, color === null ? {} : { color }),
    span(` ${oneLine(step.id)} `),
    span(`${step.need}, ${standingText(step, now)}`, { dim: true }),
  ];
}

function commandRows(state: State): readonly Row[] {
  const commands = endCommands(state);
  if (commands.length === 0) return [];
  const rows = commands.map((command, index) => {
    const here = index === state.command;
    const code = state.ran[command];
    const ran = code === undefined ? '' : code === 0 ? '  ✓ ran' : `  ✕ exit code ${code}`;
    return textRow([span(here ? '▸ ' : '  '), span(oneLine(command), here ? { inverse: true } : {}), span(ran)]);
  });
  return [titleRow('Run next (Enter runs the marked one here, after asking)'), ...rows, blankRow];
}

/** Where the way leads on, once this leg stands. */
function legRows(state: State): readonly Row[] {
  const stop = stopAfter(state);
  if (stop === null) return [];
  const text = `  ${state.plan.to} → ${stop}: L goes there, once the commands have run and the tests are green`;
  return [titleRow('Next leg'), ...wrapped(text, state.size.columns).map(textRow), blankRow];
}

function undoRows(changed: boolean): readonly Row[] {
  return changed ? [titleRow('To undo'), textRow([span('  u here, or later: phx-upgrade undo')])] : [];
}
