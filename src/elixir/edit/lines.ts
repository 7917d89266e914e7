import type { Range } from '../ast.ts';
import { type TextChange, withChanges } from '../edited.ts';
import { lineStart } from '../position.ts';

/** Applies changes that do not overlap; line ends become those of the file. */
export function changedText(text: string, changes: readonly TextChange[]): string {
  if (!text.includes('\r\n')) return withChanges(text, changes);
  return withChanges(
    text,
    changes.map((change) => ({ ...change, text: change.text.replace(/\r?\n/g, '\r\n') })),
  );
}

/** Removes whole lines that a range touches, and one of two blank lines that would then meet. */
export function withoutLines(text: string, range: Range): TextChange {
  const start = lineStart(text, range.start);
  const newline = text.indexOf('\n', range.end);
  const end = newline === -1 ? text.length : newline + 1;
  const blankBefore = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  const blankAfter = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0] ?? '';
  // At the end of a file it is the blank line before that would be left over.
  const before = end === text.length && blankBefore ? (/[ \t]*\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  return { start: start - before, end: blankBefore ? end + blankAfter.length : end, text: '' };
}
