import { oneLine } from '../../plan/escape.ts';
import type { Change, Finding, Step } from '../../plan/plan.ts';
import { around, excerptKey } from '../state/excerpts.ts';
import { layout } from '../state/layout.ts';
import { dependents, selectedStep, standing, stepOf } from '../state/list.ts';
import { remembered } from '../state/remembered.ts';
import type { State } from '../state/state.ts';
import { type Paint, span, wrapped } from '../text/line.ts';
import { languageOf } from '../text/syntax.ts';
import { conflictRows } from './conflict.ts';
import { codeText, patchRows } from './patch.ts';
import { blankRow, type Row, textRow, titleRow } from './row.ts';

/** What the rows of a step are made from. */
type Shown = Pick<State, 'plan' | 'decisions' | 'region' | 'side' | 'choices' | 'excerpts'>;

/** All rows of the selected step: why, what it hangs on, findings, conflict, values, patches, commands. */
export function detailRows(state: State): readonly Row[] {
  const step = selectedStep(state);
  const { plan, decisions, region, side, choices, excerpts } = state;
  return rowsOf(step, layout(state).detail.columns, plan, decisions, region, side, choices, excerpts);
}

const rowsOf = remembered(
  (
    step: Step | null,
    width: number,
    plan: State['plan'],
    decisions: State['decisions'],
    region: State['region'],
    side: State['side'],
    choices: State['choices'],
    excerpts: State['excerpts'],
  ) => stepRows(step, width, { plan, decisions, region, side, choices, excerpts }),
);

function stepRows(step: Step | null, width: number, state: Shown): readonly Row[] {
  if (!step) return prose('Nothing here matches. x shows every step, f and F choose what is shown.', width);
  const blocks = [
    headRows(state, step, width),
    step.findings.flatMap((finding) => findingRows(state, finding, width)),
    conflictRows(state, step, width),
    step.changes.length > 0 ? [titleRow('Values'), ...step.changes.flatMap((change) => changeRows(change, width))] : [],
    ...step.edits.map(patchRows),
    commandRows(step, width),
  ];
  return blocks.filter(({ length }) => length > 0).flatMap((rows, index) => (index === 0 ? rows : [blankRow, ...rows]));
}

function prose(text: string, width: number, paint: Paint = {}): readonly Row[] {
  return wrapped(oneLine(text), width, paint).map(textRow);
}

function headRows(state: Shown, step: Step, width: number): readonly Row[] {
  const traits = [
    standing(state, step),
    step.area,
    step.need,
    step.risk,
    ...(step.backlog ? ['backlog'] : []),
    ...(step.since === null ? [] : [`since ${step.since}`]),
  ];
  return [
    ...prose(step.title, width, { bold: true }),
    ...prose(`${step.id} · ${traits.join(' · ')}`, width, { dim: true }),
    ...prose(step.why, width),
    ...(step.docs === null ? [] : prose(step.docs, width, { color: 'cyan' })),
    ...linkRows(state, step, width),
  ];
}

function linkRows(state: Shown, step: Step, width: number): readonly Row[] {
  const first = step.after.flatMap((id) => {
    const needed = stepOf(state.plan, id);
    return needed ? [`${id} (${standing(state, needed)})`] : [];
  });
  const then = dependents(state.plan, step).map(({ id }) => id);
  return [
    ...(first.length === 0 ? [] : prose(`Needs first: ${first.join(', ')}`, width)),
    ...(then.length === 0 ? [] : prose(`Needed by: ${then.join(', ')}`, width)),
  ];
}

function findingRows(state: Shown, finding: Finding, width: number): readonly Row[] {
  const place = `${finding.path}:${finding.line}`;
  const lines = state.excerpts[excerptKey(finding)];
  const first = Math.max(1, finding.line - around);
  const code = (lines ?? []).map((line, index): Row => {
    const number = first + index;
    const sign = number === finding.line ? '>' : ' ';
    return { kind: 'code', sign, number, text: codeText(line), other: null, language: languageOf(finding.path) };
  });
  return [...prose(`${place}: ${finding.message}`, width), ...code];
}

function changeRows(change: Change, width: number): readonly Row[] {
  const at = change.at === null ? '' : `  ${change.at.path}:${change.at.line}`;
  const values = [
    ['base  ', change.base],
    ['yours ', change.yours],
    ['target', change.target],
  ] as const;
  return [
    ...prose(`${change.address}: ${change.verdict}${at}`, width),
    ...values.flatMap(([name, value]) => valueRows(name, value ?? '–', width)),
    ...(change.note === undefined ? [] : prose(change.note, width)),
  ];
}

function valueRows(name: string, value: string, width: number): readonly Row[] {
  return wrapped(oneLine(value), width - name.length - 4).map((line, index) => {
    return textRow([span(`  ${index === 0 ? name : ' '.repeat(name.length)}  `, { dim: true }), ...line]);
  });
}

function commandRows(step: Step, width: number): readonly Row[] {
  return step.commands.length === 0
    ? []
    : [titleRow('Commands'), ...step.commands.flatMap((text) => prose(text, width))];
}
