import { detailRows } from '../detail/detail.ts';
import { helpRows } from '../detail/help.ts';
import { pageRows } from '../detail/page.ts';
import { type Row, rowLine } from '../detail/row.ts';
import { layout, smallest } from '../state/layout.ts';
import type { Size, State } from '../state/state.ts';
import { drawn, filled, type Line, shortened, span, spelledOut } from '../text/line.ts';
import type { Look } from '../text/look.ts';
import { keysLine, messageLines } from './foot.ts';
import { filterLine, listLines, menuLines, placeText, ruleLine, titleLine } from './rows.ts';

/** The whole screen: as many lines as the terminal has rows. */
export function frameLines(state: State, look: Look): readonly Line[] {
  const { columns, rows } = state.size;
  if (isTooSmall(state.size)) {
    return exactly([[span(`Too small: ${smallest.columns}x${smallest.rows} is needed. q quits.`)]], rows);
  }
  const foot = footLines(state);
  const room = rows - foot.length - 2;
  return [titleLine(state, columns), ...exactly(bodyLines(state, look, room), room), ...foot, keysLine(state, columns)];
}

/** What is said at the bottom; where nothing is, how much of a long page is in sight. */
function footLines(state: State): readonly Line[] {
  const { busy, prompt, message, screen, size } = state;
  if (busy !== null) return [[span(`${busy} …`)]];
  if (prompt !== null || message !== null || screen === 'steps') return messageLines(state, size.columns);
  const place = placeText(state.pageScroll, size.rows - frameRows, pageRows(state).length);
  return [[span(place === '' ? '' : `${place.trim()}  j and k scroll`, { dim: true })]];
}

/** The whole screen as the terminal's text. */
export function drawnFrame(state: State, look: Look): string {
  return frameLines(state, look)
    .map((line) => drawn(line, state.size.columns, look))
    .join('\n');
}

/** The row in which the host's work is shown while it lasts; null where there is none. */
export function busyRow({ busy, size }: Pick<State, 'busy' | 'size'>): number | null {
  return busy === null || isTooSmall(size) ? null : size.rows - 2;
}

/** Title, foot of one line, keys. */
const frameRows = 3;

function isTooSmall({ columns, rows }: Size): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

/** Lines cut or filled up to a number of them. */
function exactly(lines: readonly Line[], rows: number): readonly Line[] {
  return Array.from({ length: rows }, (_, at) => lines[at] ?? []);
}

function bodyLines(state: State, look: Look, rows: number): readonly Line[] {
  const { prompt } = state;
  if (prompt?.kind === 'menu') return menuLines(prompt, rows);
  if (prompt?.kind === 'help') return inSight(helpRows(state), prompt.scroll, rows, state.size.columns, 0);
  if (state.screen !== 'steps') return inSight(pageRows(state), state.pageScroll, rows, state.size.columns, 0);
  return layout(state).wide ? besideLines(state, look, rows) : belowLines(state, rows);
}

function inSight(all: readonly Row[], scroll: number, rows: number, columns: number, shift: number): readonly Line[] {
  return all.slice(scroll, scroll + rows).map((row) => rowLine(row, columns, shift));
}

/** The detail below the list. */
function belowLines(state: State, rows: number): readonly Line[] {
  const { list, detail } = layout(state);
  const all = detailRows(state);
  const height = rows - list.rows - 2;
  return [
    filterLine(state),
    ...exactly(listLines(state, list.columns, list.rows), list.rows),
    ruleLine(list.columns, placeText(state.scroll, height, all.length)),
    ...inSight(all, state.scroll, height, detail.columns, state.shift),
  ];
}

/** The detail beside the list, with a line between them. */
function besideLines(state: State, look: Look, rows: number): readonly Line[] {
  const { list, detail } = layout(state);
  const all = detailRows(state);
  const height = rows - 1;
  const place = placeText(state.scroll, height, all.length);
  const title = [...filterLine(state), span(place === '' ? '' : `  detail${place}`, { dim: true })];
  const left = listLines(state, list.columns, height);
  const right = inSight(all, state.scroll, height, detail.columns, state.shift);
  const divider = span(' │ ', { dim: true });
  const joined = Array.from({ length: height }, (_, at) => {
    // Spelled out first: what is longer in ASCII must not move the line between the two.
    const cut = shortened(spelledOut(left[at] ?? [], look), list.columns);
    return [...filled(cut, list.columns), divider, ...(right[at] ?? [])];
  });
  return [title, ...joined];
}
