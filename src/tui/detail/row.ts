import { changedWords } from '../../plan/changed-words.ts';
import { oneLine } from '../../plan/escape.ts';
import { type Line, lineSlice, lineWidth, type Paint, shortened, span, wrapped } from '../text/line.ts';
import { colouredCode, type Language } from '../text/syntax.ts';
import { marked } from '../text/words.ts';

/**
 * One row of a pane. Code is kept as text and coloured when it is drawn: of a patch of 20,000 lines only the rows in
 * sight are.
 */
export type Row = { readonly kind: 'text'; readonly line: Line } | CodeLine;

export interface CodeLine {
  readonly kind: 'code';
  readonly sign: ' ' | '-' | '+' | '>';
  /** Line number, where it is known. */
  readonly number: number | null;
  /** Escaped. */
  readonly text: string;
  /** The line on the other side of the patch that this one stands against. */
  readonly other: string | null;
  readonly language: Language;
}

export function textRow(line: Line): Row {
  return { kind: 'text', line };
}

export const blankRow: Row = textRow([]);

export function titleRow(text: string): Row {
  return textRow([span(text, { bold: true })]);
}

/** A paragraph of a project's or a plan's text. */
export function prose(text: string, width: number, paint: Paint = {}): readonly Row[] {
  return wrapped(oneLine(text), width, paint).map(textRow);
}

/** The row as a line, code moved `shift` cells to the left. */
export function rowLine(row: Row, width: number, shift: number): Line {
  if (row.kind === 'text') return row.line;
  const gutter = gutterOf(row);
  const room = Math.max(0, width - lineWidth(gutter));
  const code = codeLine(row);
  return [...gutter, ...shortened(shift === 0 ? code : lineSlice(code, shift, lineWidth(code)), room)];
}

/** What is taken away is red as a whole, so that the syntax colours stay with what will be there. */
function codeLine({ sign, text, other, language }: CodeLine): Line {
  const words = sign === '-' || sign === '+' ? changedWords(text, other) : [];
  const spans = sign === '-' ? [span(text, { color: 'red' })] : colouredCode(text, language);
  return marked(spans, words);
}

function gutterOf({ sign, number }: CodeLine): Line {
  const place = span(`${number === null ? '' : number}`.padStart(5), { dim: true });
  const signs = {
    ' ': span('   '),
    '-': span(' - ', { color: 'red', bold: true }),
    '+': span(' + ', { color: 'green', bold: true }),
    '>': span(' > ', { bold: true }),
  };
  return [place, signs[sign]];
}
