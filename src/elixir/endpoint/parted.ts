import type { Expr, Source } from '../ast.ts';
import { extentOf, newlineOf } from '../edit/statements.ts';
import { type Edited, edited, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';
import { lineStart } from '../position.ts';
import { readEndpoint } from './endpoint.ts';
import { bodiesUnder } from './members.ts';

/**
 * Puts blank lines around a statement that an edit has broken into several lines, as a formatter would.
 * `find` finds it in the edited text.
 */
export function parted(before: Source, old: Expr, text: string, find: (now: Source) => Expr | undefined): Edited {
  const done: Edited = { ok: true, text };
  if (before.text.slice(old.range.start, old.range.end).includes('\n')) return done;
  const now = parse(text);
  const statement = find(now);
  if (!statement || !text.slice(statement.range.start, statement.range.end).includes('\n')) return done;
  return edited(text, blankLines(now, statement));
}

function blankLines(source: Source, statement: Expr): TextChange[] {
  const { text } = source;
  const extent = extentOf(source, statement);
  const conditions = new Set([null, ...(readEndpoint(source)?.entries ?? []).map(({ condition }) => condition)]);
  const bodies = [...conditions].flatMap((condition) => bodiesUnder(source, condition));
  const body = bodies.find(({ statements }) => statements.includes(statement));
  if (!extent || !body) return [];
  const newline = newlineOf(text);
  const index = body.statements.indexOf(statement);
  const above = text.slice(lineStart(text, Math.max(0, extent.start - 1)), extent.start).trim();
  const below = text.indexOf('\n', extent.end) + 1;
  const next = text.slice(below, text.indexOf('\n', below)).trim();
  return [
    ...(index > 0 && above !== '' ? [{ start: extent.start, end: extent.start, text: newline }] : []),
    ...(index < body.statements.length - 1 && next !== ''
      ? [{ start: extent.end, end: extent.end, text: newline }]
      : []),
  ];
}
