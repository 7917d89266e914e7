import { editsBetween } from './align.ts';
import type { ChangedPart } from './definitions/parts.ts';
import { linesOf } from './hunks.ts';

/** What changed between two texts, region by region of lines; each is known by the line of the base at which it begins. */
export function changedLines(base: string, target: string): readonly ChangedPart[] {
  const [old, next] = [linesOf(base), linesOf(target)];
  return editsBetween(old, next).map((edit) => ({
    key: String(edit.base.start),
    base: edit.base.start === edit.base.end ? null : old.slice(edit.base.start, edit.base.end).join(''),
    target: edit.side.start === edit.side.end ? null : next.slice(edit.side.start, edit.side.end).join(''),
  }));
}

/** The text as it is once only these regions changed. */
export function withLines(base: string, target: string, keys: ReadonlySet<string>): string {
  const [old, next] = [linesOf(base), linesOf(target)];
  let at = 0;
  const lines: string[] = [];
  for (const edit of editsBetween(old, next)) {
    if (!keys.has(String(edit.base.start))) continue;
    lines.push(...old.slice(at, edit.base.start), ...next.slice(edit.side.start, edit.side.end));
    at = edit.base.end;
  }
  return [...lines, ...old.slice(at)].join('');
}
