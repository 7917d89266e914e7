import { oneLine } from '../../plan/escape.ts';
import { type SectionName, sectionTitle } from '../../plan/sections.ts';
import { standingText, stepMark } from '../detail/marks.ts';
import { layout } from '../state/layout.ts';
import { type ListedStep, listedSteps, standing, undecidedSteps } from '../state/list.ts';
import type { Prompt, State } from '../state/state.ts';
import { filled, type Line, lineWidth, shortened, span } from '../text/line.ts';

/** Of the column of areas; the longest of them is cut where there is little room. Beside the list the detail names the area. */
const areaWidths = { roomy: 11, tight: 8, beside: 0 } as const;
const standingWidth = 8;

/** The title of the walk: what goes where, and how much is open. */
export function titleLine({ plan, decisions }: State, width: number): Line {
  const left = [span(oneLine(`${plan.project.app} · Phoenix ${plan.from} → ${plan.to}`), { bold: true })];
  const open = undecidedSteps({ plan, decisions }).length;
  const right = plan.upgrade
    ? `${open} open · ${plan.upgrade.done} of ${plan.upgrade.of} done `
    : `${open} open of ${plan.steps.length} `;
  const room = width - right.length;
  return [...filled(shortened(left, room), room), span(right)];
}

/** What is shown, and what was searched for. */
export function filterLine(state: State): Line {
  const { area, status, all } = state.filter;
  const shown = [
    area === null ? 'every area' : `area ${area}`,
    status === null ? (all ? 'every step' : 'required and recommended') : `status ${status}`,
    ...(state.search === '' ? [] : [`search ${oneLine(state.search)}`]),
  ];
  return [span(shown.join(' · '), { dim: true })];
}

type ListEntry = { readonly section: SectionName } | ListedStep;

/** The rows of the list that are in sight; the selected step is in the middle where the ends allow. */
export function listLines(state: State, width: number, rows: number): readonly Line[] {
  const listed = listedSteps(state);
  const all: ListEntry[] = listed.flatMap((item, index): ListEntry[] => {
    return item.section === listed[index - 1]?.section ? [item] : [{ section: item.section }, item];
  });
  const at = all.findIndex((row) => 'step' in row && row.step.id === state.selected);
  return windowed(all, at, rows).map((row) => {
    return 'step' in row
      ? stepLine(state, row, width)
      : [span(oneLine(sectionTitle(row.section, state.plan)), { bold: true })];
  });
}

function stepLine(state: State, { step }: ListedStep, width: number): Line {
  const now = standing(state, step);
  const [mark, color] = stepMark(now);
  const here = step.id === state.selected;
  const areaWidth = areaWidths[layout(state).wide ? 'beside' : width >= 50 ? 'roomy' : 'tight'];
  const area = areaWidth === 0 ? '' : `${step.area.slice(0, areaWidth).padEnd(areaWidth)} `;
  const title = Math.max(4, width - area.length - standingWidth - 6);
  const reverse = here && state.focus === 'list' ? { inverse: true } : {};
  return [
    span(here ? '▸ ' : '  '),
    span(mark, color === null ? {} : { color }),
    span(' '),
    span(area, { dim: true }),
    ...filled(shortened([span(oneLine(step.title), { ...reverse, bold: here })], title), title),
    span(` ${standingText(step, now)}`, { dim: true }),
  ];
}

/** As many items as fit, with the one at `at` in the middle where the ends allow. */
function windowed<Item>(items: readonly Item[], at: number, rows: number): readonly Item[] {
  const from = Math.max(0, Math.min(at - Math.floor(rows / 2), items.length - rows));
  return items.slice(from, from + Math.max(0, rows));
}

export function menuLines({ title, options, at }: Extract<Prompt, { kind: 'menu' }>, rows: number): readonly Line[] {
  const lines = options.map(({ label }, index): Line => {
    return index === at ? [span('▸ '), span(oneLine(label), { inverse: true })] : [span(`  ${oneLine(label)}`)];
  });
  return [[span(title, { bold: true })], ...windowed(lines, at, rows - 1)];
}

/** Where in its rows a pane stands, such as `12-30/400`; nothing when all of them are in sight. */
export function placeText(scroll: number, pane: number, length: number): string {
  return length <= pane ? '' : ` ${scroll + 1}-${Math.min(length, scroll + pane)}/${length} `;
}

/** A line across the screen with a text near its end. */
export function ruleLine(width: number, text: string): Line {
  const right = [span(text, { dim: true }), span('──', { dim: true })];
  return [span('─'.repeat(Math.max(0, width - lineWidth(right))), { dim: true }), ...right];
}
