import type { Expr, Source } from '../ast.ts';
import { type Edited, edited, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';
import { extentOf, newlineOf } from './statements.ts';

/** A statement and those of its body, itself among them. */
export interface PlacedStatement {
  readonly statement: Expr;
  readonly siblings: readonly Expr[];
}

/** Puts blank lines around a statement that an edit broke into several lines. `find` finds it in the edited text. */
export function withBlankLines(
  before: Source,
  old: Expr,
  text: string,
  find: (now: Source) => PlacedStatement | undefined,
): Edited {
  const done: Edited = { ok: true, text };
  if (isLong(before, old)) return done;
  const now = parse(text);
  const placed = find(now);
  return placed && isLong(now, placed.statement) ? edited(text, blankLinesAround(now, placed)) : done;
}

/** Whether an expression takes several lines. */
export function isLong({ text }: Source, { range }: Expr): boolean {
  return text.slice(range.start, range.end).includes('\n');
}

/** The blank lines that are missing between a statement and its neighbours. */
export function blankLinesAround(source: Source, { statement, siblings }: PlacedStatement): TextChange[] {
  const index = siblings.indexOf(statement);
  return [
    ...blankLineBetween(source, siblings[index - 1], statement),
    ...blankLineBetween(source, statement, siblings[index + 1]),
  ];
}

function blankLineBetween(source: Source, first: Expr | undefined, second: Expr | undefined): TextChange[] {
  const { text } = source;
  const [above, below] = [first && extentOf(source, first), second && extentOf(source, second)];
  if (!above || !below || text.slice(above.end, below.start).trim() !== '') return [];
  const breaks = text.slice(above.end, below.start).split('\n').length - 1;
  return breaks < 2 ? [{ start: below.start, end: below.start, text: newlineOf(text) }] : [];
}
