import type { Expr } from '../ast.ts';
import { type Document, enough, group, newLine, softBreak, unflat } from './document.ts';
import { type Entry, withComments } from './entries.ts';
import type { Lines, Printer } from './printer.ts';
import { unwrapped } from './unwrapped.ts';

/** Expressions below each other: a blank line where there was one or more, and around what takes several lines. */
export function statements(printer: Printer, body: readonly Expr[], lines: Lines): Document {
  const entries = withComments(printer, flattened(body), lines, (item) => printer.expr(item, 'statement'));
  const documents = entries.map((entry, index): Document => {
    const before = entries[index - 1];
    const above = before && isParted(before) && !hasBlankBelow(printer, before) ? softBreak : '';
    if (index === entries.length - 1) return group([above, entry.document]);
    const blank = hasBlankBelow(printer, entry);
    const below = isParted(entry) && !blank ? [enough, softBreak] : '';
    return [group([above, entry.document, below]), newLine, blank ? newLine : ''];
  });
  return entries.length > 1 || entries[0]?.kind === 'comment' ? group(unflat(documents)) : documents;
}

/** A body of nothing but several expressions in parentheses needs none. */
function flattened(exprs: readonly Expr[]): readonly Expr[] {
  const [only] = exprs.map(unwrapped);
  const several = exprs.length === 1 && only?.kind === 'block' && only.body.length > 1;
  return several && only.body.every(({ kind }) => kind !== 'clause') ? only.body : exprs;
}

/** An expression of several lines has blank lines around it, unless a comment or a module attribute stands before it. */
function isParted(entry: Entry): boolean {
  return entry.kind === 'item' && !(entry.item.kind === 'unary' && entry.item.operator === '@');
}

function hasBlankBelow({ positions }: Printer, entry: Entry): boolean {
  return entry.kind === 'comment' ? entry.comment.after > 1 : positions.hasBlankAfter(entry.item.range.end);
}
