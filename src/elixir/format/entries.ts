import type { Expr } from '../ast.ts';
import type { Comment } from './comments.ts';
import type { Document } from './document.ts';
import type { Lines, Printer } from './printer.ts';

/** A comment, or an item of a list of arguments, clauses or statements. */
export type Entry =
  | { readonly kind: 'comment'; readonly document: Document; readonly comment: Comment }
  | { readonly kind: 'item'; readonly document: Document; readonly item: Expr };

/** The document of an item; `last` tells that no other follows. */
type Render<Item> = (item: Item, last: boolean) => Document;

/** Items with the comments that stand before, in and between them, inside the lines of their brackets. */
export function withComments<Item extends Expr>(
  { comments, positions }: Printer,
  items: readonly Item[],
  lines: Lines,
  render: Render<Item>,
): Entry[] {
  const outside = comments.takeThrough(lines.first);
  const entries: Entry[] = [];
  for (const [index, item] of items.entries()) {
    const before = comments.takeThrough(positions.lineOf(item.range.start) - 1);
    const document = render(item, index === items.length - 1);
    const inside = comments.isEmpty ? [] : comments.takeThrough(positions.lastPartLine(item));
    entries.push(...before.map(commentEntry), ...inside.map(movedUp), { kind: 'item', document, item });
  }
  entries.push(...comments.takeThrough(lines.last - 1).map(commentEntry));
  comments.putBack(outside);
  return entries;
}

function commentEntry(comment: Comment): Entry {
  return { kind: 'comment', document: comment.text, comment };
}

/** A comment out of an expression stands right before it. */
function movedUp(comment: Comment): Entry {
  return commentEntry({ ...comment, before: 1, after: 1 });
}
