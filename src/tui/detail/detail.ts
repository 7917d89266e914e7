import type { Finding, Step } from '../../plan/plan.ts';
import { around, excerptKey } from '../state/excerpts.ts';
import { layout } from '../state/layout.ts';
import { dependents, selectedStep, standing, stepOf } from '../state/list.ts';
import { remembered } from '../state/remembered.ts';
import type { State } from '../state/state.ts';
import { languageOf } from '../text/syntax.ts';
import { conflictRows } from './conflict.ts';
import { stateText } from './marks.ts';
import { codeText, patchRows } from './patch.ts';
import { blankRow, prose, type Row, titleRow } from './row.ts';
import { changeRows } from './values.ts';

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
    valueBlock(step, width),
    ...step.edits.map(patchRows),
    commandRows(step, width),
  ];
  return blocks.filter(({ length }) => length > 0).flatMap((rows, index) => (index === 0 ? rows : [blankRow, ...rows]));
}

/** The values that no conflict shows already. */
function valueBlock({ changes, conflicts }: Step, width: number): readonly Row[] {
  const shown = new Set(conflicts.map(({ address }) => address));
  const rows = changes.filter(({ address }) => !shown.has(address)).flatMap((change) => changeRows(change, width));
  return rows.length === 0 ? [] : [titleRow('Values'), ...rows];
}

function headRows(state: Shown, step: Step, width: number): readonly Row[] {
  const traits = [
    stateText(step, standing(state, step)),
    step.area,
    step.need,
    ...(step.backlog ? ['backlog'] : []),
    ...(step.since === null ? [] : [`since ${step.since}`]),
  ];
  return [
    ...prose(step.title, width, { bold: true }),
    ...prose([step.id, ...traits].join(' · '), width, { dim: true }),
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
    ...(step.together?.length ? prose(`Together with: ${step.together.join(', ')}`, width) : []),
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

function commandRows(step: Step, width: number): readonly Row[] {
  return step.commands.length === 0
    ? []
    : [titleRow('Commands'), ...step.commands.flatMap((text) => prose(text, width))];
}
