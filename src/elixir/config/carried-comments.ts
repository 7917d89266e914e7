import { type Edited, edited } from '../edited.ts';
import { parse } from '../parse.ts';
import { indentAt, lineStart } from '../position.ts';
import { configText, covers } from './place.ts';
import { leavesAt, lostComments } from './remove.ts';

/** Puts lines of comment above a key, unless the file has them: what stood above the key in the file it came from. */
export function withCommentsAbove(
  text: string,
  keyPath: readonly string[],
  environment: string | null,
  comments: readonly string[],
): Edited {
  const doc = configText(text, environment);
  const leaf = leavesAt(doc, keyPath, environment).at(-1);
  const present = parse(text).comments.map(({ start, end }) => text.slice(start, end).trimEnd());
  const missing = comments.filter((comment) => !present.includes(comment));
  if (!leaf || missing.length === 0) return { ok: true, text };
  const start = leaf.leaf.pair?.start ?? leaf.placed.call.range.start;
  const line = lineStart(text, start);
  // Beside other keys there is no line above: the comments go above the call.
  const at = text.slice(line, start).trim() === '' ? line : lineStart(text, leaf.placed.call.range.start);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = missing.map((comment) => `${indentAt(text, at)}${comment}${newline}`).join('');
  return edited(text, [{ start: at, end: at, text: lines }]);
}

/** After a key was taken out: where the file sets it for another environment, what its people wrote of it goes there. */
export function withCommentsKept(before: string, removed: Edited, keyPath: readonly string[]): Edited {
  const comments = removed.ok ? lostComments(before, removed.text) : [];
  if (!removed.ok || comments.length === 0) return removed;
  const { environments } = configText(removed.text, null);
  const environment = [null, ...environments].find(
    (one) => leavesAt(configText(removed.text, one), keyPath, one).length > 0,
  );
  return environment === undefined ? removed : withCommentsAbove(removed.text, keyPath, environment, comments);
}

/** The comments inside the calls that set a key. */
export function commentsInCalls(text: string, keyPath: readonly string[], environment: string | null): string[] {
  const doc = configText(text, environment);
  const calls = leavesAt(doc, keyPath, environment).map(({ placed }) => placed.call.range);
  const inside = doc.source.comments.filter((comment) => calls.some((call) => covers(call, comment)));
  return inside.map(({ start, end }) => text.slice(start, end).trimEnd());
}
