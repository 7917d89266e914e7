import { oneLine } from '../../plan/escape.ts';
import { detailRows } from '../detail/detail.ts';
import { stateText } from '../detail/marks.ts';
import { pageRows } from '../detail/page.ts';
import type { CodeLine, Row } from '../detail/row.ts';
import { listedSteps, selectedStep, standing } from '../state/list.ts';
import type { State } from '../state/state.ts';
import { asciiText, type Look } from '../text/look.ts';

/** Signs of a patch in words: a screen reader may leave out punctuation. */
const spoken: Readonly<Record<CodeLine['sign'], string>> = { ' ': '', '-': 'remove: ', '+': 'add: ', '>': 'here: ' };

/** A screen in sentences and lines, without colours and positions. */
export function screenText(state: State): readonly string[] {
  return state.screen === 'steps' ? stepText(state) : rowsText(pageRows(state));
}

function stepText(state: State): readonly string[] {
  const step = selectedStep(state);
  if (!step) return ['No step is shown with this filter.'];
  const listed = listedSteps(state);
  const at = listed.findIndex((item) => item.step.id === step.id) + 1;
  const traits = [stateText(step, standing(state, step)), step.area, step.need];
  return [
    `Step ${at} of ${listed.length}: ${oneLine(step.title)}`,
    `${oneLine(step.id)}, ${traits.join(', ')}.`,
    oneLine(step.why),
    ...(step.conflicts.length === 0 ? [] : [`Region ${state.region + 1} of ${step.conflicts.length} is selected.`]),
  ];
}

/** Everything there is to read about the selected step. */
export function wholeStepText(state: State): readonly string[] {
  const sides = (['base', 'yours', 'target'] as const).map((side) => ({ ...state, side }));
  const conflicts = selectedStep(state)?.conflicts ?? [];
  if (conflicts.length === 0) return rowsText(detailRows(state));
  return sides.flatMap((shown) => [`With the ${shown.side} text:`, ...rowsText(detailRows(shown))]);
}

function rowsText(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => {
    if (row.kind === 'code') return `${row.number ?? ''} ${spoken[row.sign]}${row.text}`.trimEnd();
    return row.line
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  });
}

/** Lines for the terminal, each whole: the terminal wraps them. */
export function shownText(lines: readonly string[], look: Look): string {
  return lines.map((line) => `${look.unicode ? line : asciiText(line)}\n`).join('');
}
