import type { Expr, Source } from '../ast.ts';
import type { TextChange } from '../edited.ts';
import type { Dep } from './model.ts';

/** The space to put before a new dep's second element, where the list keeps those in one column; else null. */
export function aligned(source: Source, dep: Dep): TextChange | null {
  const items = dep.list.kind === 'list' ? dep.list.items : [];
  const others = items.filter((item) => item.range.start !== dep.range.start).flatMap((item) => gapOf(source, item));
  const own = gapOf(source, dep.expr)[0];
  const padded = others.filter(({ gap }) => gap > 1).map(({ column }) => column);
  const [column] = padded;
  if (own === undefined || column === undefined || padded.length < 2) return null;
  if (padded.some((one) => one !== column) || own.column - own.gap + 1 > column) return null;
  return { start: own.end - own.gap, end: own.end, text: ' '.repeat(column - own.column + own.gap) };
}

interface Gap {
  /** Spaces between the first element's comma and the second element. */
  readonly gap: number;
  /** Of the second element, counted from the tuple's start. */
  readonly column: number;
  /** Offset of the second element. */
  readonly end: number;
}

function gapOf(source: Source, expr: Expr): Gap[] {
  const [first, second] = expr.kind === 'tuple' ? expr.items : [];
  if (!first || !second) return [];
  const between = source.text.slice(first.range.end, second.range.start);
  const spaces = /^,( +)$/.exec(between)?.[1];
  if (spaces === undefined) return [];
  return [{ gap: spaces.length, column: second.range.start - expr.range.start, end: second.range.start }];
}
