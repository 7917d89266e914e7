import { oneLine } from '../../plan/escape.ts';
import type { Conflict, Step } from '../../plan/plan.ts';
import { regionCount } from '../state/selection.ts';
import type { Side, State } from '../state/state.ts';
import { filled, type Line, lineWidth, shortened, span } from '../text/line.ts';
import { colouredCode, languageOf } from '../text/syntax.ts';
import { codeText } from './patch.ts';
import { type Row, textRow } from './row.ts';
import { valueRows } from './values.ts';

const sides: readonly Side[] = ['base', 'yours', 'target'];
const sideTitles: Readonly<Record<Side, string>> = { base: 'base', yours: 'yours', target: 'target (theirs)' };
/** From here on the three texts stand side by side. */
const threeColumns = 84;

/** What of the state a conflict shows. */
type Choosing = Pick<State, 'region' | 'side' | 'choices'>;

/** The regions of a conflict: the selected one in full, the others by name. Values are short, and always shown. */
export function conflictRows(state: Choosing, step: Step, width: number): readonly Row[] {
  const count = regionCount(step);
  if (count === 0) return [];
  if (step.conflicts.length === 0) return [wholeRow(state, step)];
  return step.conflicts.flatMap((conflict, index) => {
    const title = regionTitle(state, step, index, count);
    const body = conflict.address === undefined ? regionRows(state, conflict, width) : valuesOf(conflict, width);
    return index === state.region || conflict.address !== undefined ? [...title, ...body] : title;
  });
}

function regionRows(state: Choosing, conflict: Conflict, width: number): readonly Row[] {
  const body = width >= threeColumns ? columns(conflict, width) : tabs(conflict, state.side);
  return [...body, ...takeRow(conflict)];
}

function valuesOf(conflict: Conflict, width: number): readonly Row[] {
  const { base, yours, target } = conflict;
  const values = { base: base || null, yours: yours || null, target: target || null };
  return [...valueRows(values, width), ...takeRow(conflict)];
}

function wholeRow(state: Choosing, step: Step): Row {
  return textRow([span('Conflict', { color: 'red', bold: true }), span(`  ${chosen(state, step, 0)}`)]);
}

function chosen(state: Choosing, step: Step, index: number): string {
  const choice = state.choices[step.id]?.[index] ?? null;
  if (choice === null) return 'not decided';
  return choice === 'yours' ? 'yours kept' : 'theirs taken';
}

/** The sign of the selected region stands before it where there are several. */
function regionTitle(state: Choosing, step: Step, index: number, count: number): readonly Row[] {
  const { address, path = '', line } = step.conflicts[index] ?? {};
  const here = count > 1 && index === state.region;
  const name = address === undefined ? `Region ${index + 1} of ${count}` : oneLine(address);
  const rest = `${oneLine(path)}:${line}  ${chosen(state, step, index)}`;
  return [textRow([span(here ? '▸ ' : '  '), span(name, { color: 'red', bold: true }), span(`  ${rest}`)])];
}

/** Why t is no choice here. */
function takeRow({ take }: Conflict): readonly Row[] {
  const text = 'Theirs cannot be taken as it is: keep yours, or edit.';
  return take === null ? [textRow([span(text, { dim: true })])] : [];
}

function tabs(conflict: Conflict, side: Side): readonly Row[] {
  const bar = sides.flatMap((name, index): Line => {
    const label = ` ${index + 1} ${sideTitles[name]} `;
    return [span(label, name === side ? { inverse: true } : {}), span(' ')];
  });
  return [textRow(bar), ...codeLines(conflict, side).map((line) => textRow([span('  '), ...line]))];
}

function columns(conflict: Conflict, width: number): readonly Row[] {
  const each = Math.floor((width - 6) / 3);
  const texts = sides.map((side) => codeLines(conflict, side));
  const height = Math.max(...texts.map(({ length }) => length));
  const head = sides.map((side): Line => [span(sideTitles[side], { bold: true })]);
  const rows = [head, ...Array.from({ length: height }, (_, at) => texts.map((lines) => lines[at] ?? []))];
  return rows.map((row) => textRow(besides(row, each)));
}

function besides(parts: readonly Line[], width: number): Line {
  return parts.flatMap((part, index): Line => {
    const cut = filled(shortened(part, width), width);
    return index === 0 ? cut : [span(' │ ', { dim: true }), ...cut];
  });
}

function codeLines(conflict: Conflict, side: Side): readonly Line[] {
  const text = conflict[side];
  if (text === '') return [[span('(nothing)', { dim: true })]];
  const language = languageOf(conflict.path);
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => colouredCode(codeText(line), language)).map((line) => (lineWidth(line) === 0 ? [] : line));
}
