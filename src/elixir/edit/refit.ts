import type { Expr, Source } from '../ast.ts';
import { childrenOf } from '../children.ts';
import type { TextChange } from '../edited.ts';
import { lineStart } from '../position.ts';
import { formatWidth, parseElement, print } from '../print.ts';
import { newlineOf } from './statements.ts';

/**
 * Changes within one line; when they make it too long, the outermost expression on that line is broken as
 * `mix format` would break it, and the rest of the file stays. A line that was too long before is left so.
 */
export function refitted(source: Source, changes: readonly TextChange[], width = formatWidth): readonly TextChange[] {
  const { text } = source;
  const [first] = changes;
  if (first === undefined || changes.some(({ start, end }) => crossesLines(text, first.start, start, end))) {
    return changes;
  }
  const line = lineRange(text, first.start);
  const old = text.slice(line.start, line.end);
  const grown = changes.reduce((length, change) => length + change.text.length - (change.end - change.start), 0);
  if (old.length > width || old.length + grown <= width || changes.some((change) => change.text.includes('\n'))) {
    return changes;
  }
  for (const expr of enclosing(source, changes, line)) {
    const broken = reprinted(source, expr, changes, line, width);
    if (broken !== null) return [broken];
  }
  return changes;
}

function crossesLines(text: string, first: number, start: number, end: number): boolean {
  return lineStart(text, start) !== lineStart(text, first) || text.slice(start, end).includes('\n');
}

interface Line {
  readonly start: number;
  readonly end: number;
}

function lineRange(text: string, offset: number): Line {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return { start: lineStart(text, offset), end: text[end - 1] === '\r' ? end - 1 : end };
}

/** The expressions on a line that hold all changes, the outermost first. */
function enclosing(source: Source, changes: readonly TextChange[], line: Line): Expr[] {
  const start = Math.min(...changes.map((change) => change.start));
  const end = Math.max(...changes.map((change) => change.end));
  const found: Expr[] = [];
  let level: readonly Expr[] = source.body;
  while (level.length > 0) {
    const next = level.find(({ range }) => range.start <= start && range.end >= end);
    if (next === undefined) break;
    if (next.range.start >= line.start && next.range.end <= line.end) found.push(next);
    level = childrenOf(next);
  }
  return found;
}

function reprinted(
  source: Source,
  expr: Expr,
  changes: readonly TextChange[],
  line: Line,
  width: number,
): TextChange | null {
  const { start, end } = expr.range;
  let text = source.text.slice(start, end);
  for (const change of [...changes].sort((a, b) => b.start - a.start)) {
    text = text.slice(0, change.start - start) + change.text + text.slice(change.end - start);
  }
  const parsed = parseElement(text);
  if (parsed === null || parsed.commented) return null;
  const comment = source.comments.find((one) => one.start >= end && one.start < line.end);
  const after = source.text.slice(end, comment?.start ?? line.end).trimEnd().length;
  const indent = source.text.slice(line.start).search(/[^ \t]|$/);
  const printed = print(parsed.expr, { indent, column: start - line.start, width, after }, parsed.source);
  return { start, end, text: printed.replaceAll('\n', newlineOf(source.text)) };
}
