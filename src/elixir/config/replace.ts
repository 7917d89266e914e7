import type { Expr } from '../ast.ts';
import { replaceExpr } from '../edit/elements.ts';
import type { Edited } from '../edited.ts';
import { parse } from '../parse.ts';
import { lineStart } from '../position.ts';
import { pairText } from './container.ts';
import type { Leaf } from './leaves.ts';
import { withElements } from './list.ts';
import { type ConfigText, changed } from './place.ts';

/** A leaf with another value; in a list of several lines only the elements that differ change. */
export function withText(doc: ConfigText, { value, pair, keyPath }: Leaf, text: string): Edited {
  const { source } = doc;
  const old = source.text.slice(value.range.start, value.range.end);
  const [wanted] = parse(text).body;
  if (old.includes('\n') && value.kind === 'list' && wanted?.kind === 'list')
    return withElements(source, value, wanted, text);
  const words = wordLines(old, value, wanted);
  if (words !== null) return changed(doc, [{ ...value.range, text: words }]);
  const isCommented = source.comments.some(({ start }) => pair && start > pair.start && start < value.range.start);
  const apart =
    pair && !isCommented && lineStart(source.text, pair.start) !== lineStart(source.text, value.range.start);
  if (!apart) return changed(doc, replaceExpr(source, value, text));
  return changed(doc, replaceExpr(source, { ...value, range: pair }, pairText(keyPath.slice(-1), text)));
}

/** A word list in the layout of another that has one word a line; null where either is something else. */
function wordLines(old: string, value: Expr, wanted: Expr | undefined): string | null {
  if (value.kind !== 'sigil' || wanted?.kind !== 'sigil' || !old.includes('\n')) return null;
  const text = [value, wanted].map(({ parts }) =>
    parts.every((part) => typeof part === 'string') ? parts.join('') : null,
  );
  const [present, target] = text;
  const spread = present?.split('\n').every((line) => line.trim().split(/\s+/).length === 1);
  if (!present || !target || !spread || value.name !== 'w' || wanted.name !== 'w') return null;
  const [, margin = ''] = /\n([ \t]*)\S/.exec(present) ?? [];
  const lines = target
    .trim()
    .split(/\s+/)
    .map((word) => `\n${margin}${word}`);
  const start = old.indexOf(present);
  return (
    old.slice(0, start) + lines.join('') + present.slice(present.trimEnd().length) + old.slice(start + present.length)
  );
}
