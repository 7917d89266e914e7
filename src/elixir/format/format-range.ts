import type { Expr, Range } from '../ast.ts';
import { everyExpr } from '../children.ts';
import { parse } from '../parse.ts';
import { indentAt, lineAt, lineStart } from '../position.ts';
import { checked, type FormatOptions, type Formatted, layOutPart } from './format.ts';

/**
 * A text with the innermost statements formatted that a range touches, and nothing else changed: for an edit in a file that
 * is formatted, or that is not and should keep its ways elsewhere. Comments right around the statements stay as they are.
 */
export function formatRange(text: string, range: Range, options: FormatOptions = {}): Formatted {
  const source = parse(text);
  const [problem] = source.problems;
  if (problem) return { ok: false, refusal: { kind: 'syntax', line: problem.line } };
  const body = touched(text, source.body, range);
  const [first, last] = [body[0], body.at(-1)];
  if (first === undefined || last === undefined) return { ok: true, text };
  const { start } = first.range;
  const { end } = last.range;
  const comments = source.comments.filter((comment) => comment.start >= start && comment.end <= end);
  const indent = indentAt(text, start).length;
  const lines = { first: lineAt(text, start) - 1, last: lineAt(text, end) + 1 };
  const laidOut = layOutPart(source, { body, comments, lines }, { column: indent, indent }, options);
  if (!laidOut.ok) return laidOut;
  const result = text.slice(0, start) + laidOut.text + text.slice(end);
  return result === text ? { ok: true, text } : checked(source, result);
}

/** The statements of the innermost body that hold a range, from the first to the last that it touches. */
function touched(text: string, whole: readonly Expr[], range: Range): readonly Expr[] {
  const bodies = [whole, ...everyExpr(whole).flatMap(bodiesOf)].map((body) =>
    body.filter(({ range: { start, end } }) => start <= range.end && end >= range.start),
  );
  const holding = bodies.filter((body) => holds(body, range) && beginsLine(text, body));
  return holding.reduce<readonly Expr[]>(
    (best, body) => (sizeOf(body) <= sizeOf(best) ? body : best),
    holding[0] ?? [],
  );
}

function bodiesOf(expr: Expr): (readonly Expr[])[] {
  if (expr.kind === 'call' && expr.block)
    return [expr.block.body, ...expr.block.sections.map(({ body }) => body)].filter(isPlain);
  return expr.kind === 'clause' ? [expr.body] : [];
}

/** Whether a body has statements, not clauses: those decide on their layout together. */
function isPlain(body: readonly Expr[]): boolean {
  return body.every(({ kind }) => kind !== 'clause');
}

function holds(body: readonly Expr[], { start, end }: Range): boolean {
  const [first, last] = [body[0], body.at(-1)];
  return first !== undefined && last !== undefined && first.range.start <= start && last.range.end >= end;
}

function beginsLine(text: string, [first]: readonly Expr[]): boolean {
  return first !== undefined && text.slice(lineStart(text, first.range.start), first.range.start).trim() === '';
}

function sizeOf(body: readonly Expr[]): number {
  return (body.at(-1)?.range.end ?? 0) - (body[0]?.range.start ?? 0);
}
