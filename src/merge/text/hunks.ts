import type { Hunk } from '../../diff/tree-diff.ts';
import { type Edit, editsBetween } from './align.ts';

/** Lines around a change, as `git diff` shows them. */
const context = 3;
const noLineBreak = '\\ No newline at end of file';

/**
 * What differs between two texts, as `git diff` groups it. Lines that stand once on both sides are matched first, so that a file of
 * thousands of changed lines takes no longer than its length asks for.
 */
export function hunksBetween(before: string, after: string): Hunk[] {
  const [old, changed] = [linesOf(before), linesOf(after)];
  return groups(editsBetween(old, changed)).map((edits) => hunkOf(edits, old, changed));
}

/** The lines of a text, each with its line break; the last one may have none. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Edits so close to each other that the lines around them meet stand in one hunk. */
function groups(edits: readonly Edit[]): Edit[][] {
  const result: Edit[][] = [];
  for (const edit of edits) {
    const last = result.at(-1)?.at(-1);
    if (last && edit.base.start - last.base.end <= 2 * context) result.at(-1)?.push(edit);
    else result.push([edit]);
  }
  return result;
}

function hunkOf(edits: readonly Edit[], old: readonly string[], changed: readonly string[]): Hunk {
  const [first, last] = [edits[0] as Edit, edits.at(-1) as Edit];
  const start = Math.max(0, first.base.start - context);
  const end = Math.min(old.length, last.base.end + context);
  const lines: string[] = [];
  let at = start;
  for (const { base, side } of edits) {
    lines.push(...marked(' ', old.slice(at, base.start)), ...marked('-', old.slice(base.start, base.end)));
    lines.push(...marked('+', changed.slice(side.start, side.end)));
    at = base.end;
  }
  lines.push(...marked(' ', old.slice(at, end)));
  const newStart = first.side.start - (first.base.start - start);
  const newEnd = last.side.end + (end - last.base.end);
  return {
    oldStart: lineNumber(start, end),
    oldLines: end - start,
    newStart: lineNumber(newStart, newEnd),
    newLines: newEnd - newStart,
    lines,
    heading: '',
  };
}

/** Git counts from the line before where a side is empty. */
function lineNumber(start: number, end: number): number {
  return start === end ? start : start + 1;
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) => (line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, noLineBreak]));
}
