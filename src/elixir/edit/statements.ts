import type { DoBlock, Expr, Range, Source } from '../ast.ts';
import type { TextChange } from '../edited.ts';
import { callName } from '../module.ts';
import { indentAt, lineStart } from '../position.ts';

/** The statements of a `do` block with the space that is theirs, keywords excluded. */
export interface Body {
  readonly statements: readonly Expr[];
  readonly range: Range;
}

/** The statements between `do` and the `end` or `else` that follows. */
export function bodyOf(block: DoBlock): Body {
  const [section] = block.sections;
  const end = section ? section.range.start : block.range.end - 'end'.length;
  return { statements: block.body, range: { start: block.range.start + 'do'.length, end } };
}

/** Line break of a text, as its first line has it. */
export function newlineOf(text: string): string {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}

/** White space that the statements of a body stand behind. */
export function bodyIndent(source: Source, body: Body): string {
  const [first] = body.statements;
  return first ? indentAt(source.text, first.range.start) : `${indentAt(source.text, body.range.end)}  `;
}

/**
 * Whole lines of a statement: comments directly above it and behind it are its own. Null where it shares a line
 * with something else.
 */
export function extentOf(source: Source, { range }: { readonly range: Range }): Range | null {
  const { text } = source;
  let start = lineStart(text, range.start);
  if (text.slice(start, range.start).trim() !== '') return null;
  const behind = source.comments.find(
    (comment) => comment.start >= range.end && comment.start <= lineEnd(text, range.end),
  );
  if (text.slice(range.end, behind?.start ?? lineEnd(text, range.end)).trim() !== '') return null;
  const ownLine = new Set(source.comments.map((comment) => lineStart(text, comment.start)));
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!ownLine.has(above) || !text.slice(above).trimStart().startsWith('#')) break;
    start = above;
  }
  return { start, end: lineEnd(text, range.end) };
}

/** Offset of the line break (or end of text) that closes the line of `offset`. */
function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return text[at - 1] === '\r' && at - 1 >= offset ? at - 1 : at;
}

/** A new statement: its text without the first line's indentation, and the name of the call it is. */
export interface NewStatement {
  readonly text: string;
  readonly call: string;
}

/** Puts a statement behind or before another of the body; null where that one shares its line. */
export function insertBeside(
  source: Source,
  body: Body,
  sibling: Expr,
  side: 'after' | 'before',
  statement: NewStatement,
): TextChange | null {
  const extent = extentOf(source, sibling);
  if (extent === null) return null;
  const { text } = source;
  const newline = newlineOf(text);
  const line = bodyIndent(source, body) + statement.text;
  const index = body.statements.indexOf(sibling);
  const apart = needsBlankLine(source, sibling, statement);
  if (side === 'after') {
    const next = body.statements[index + 1];
    if (apart && next && joinsNext(source, extent.end, next, statement)) {
      return at(lineStart(text, next.range.start), line + newline);
    }
    const gap = next !== undefined && !isBlank(text, extent.end) && needsBlankLine(source, next, statement);
    return at(extent.end, (apart ? newline : '') + newline + line + (gap ? newline : ''));
  }
  const previous = body.statements[index - 1];
  const gap = previous !== undefined && !blankAbove(text, extent.start) && needsBlankLine(source, previous, statement);
  const commented = extent.start < lineStart(text, sibling.range.start);
  return at(extent.start, (gap ? newline : '') + line + newline + (apart || commented ? newline : ''));
}

/** Whether a statement can stand directly above the next one, below the blank line that is there. */
function joinsNext(source: Source, end: number, next: Expr, statement: NewStatement): boolean {
  const between = source.text.slice(end, next.range.start);
  return between.trim() === '' && isBlank(source.text, end) && !needsBlankLine(source, next, statement);
}

/** Puts a statement at the end of a body, which may be empty. */
export function append(source: Source, body: Body, statement: NewStatement): TextChange | null {
  const last = body.statements.at(-1);
  if (last) return insertBeside(source, body, last, 'after', statement);
  const start = lineStart(source.text, body.range.end);
  if (source.text.slice(start, body.range.end).trim() !== '') return null;
  return at(start, bodyIndent(source, body) + statement.text + newlineOf(source.text));
}

/** Takes a statement out with its comments and with the blank line that only parted it from others. */
export function removal(source: Source, body: Body, statement: Expr): TextChange | null {
  const extent = extentOf(source, statement);
  if (extent === null) return null;
  const { text } = source;
  const end = Math.min(text.length, extent.end + newlineOf(text).length);
  const first = text.slice(body.range.start, extent.start).trim() === '';
  const last = text.slice(extent.end, body.range.end).trim() === '';
  if (last) return { start: first ? extent.start : withoutBlanksAbove(text, extent.start), end, text: '' };
  const parted = first || blankAbove(text, extent.start);
  return { start: extent.start, end: parted ? withoutBlanksBelow(text, end) : end, text: '' };
}

/** Text of a statement with its own comments, as it would stand behind `indent`; first line without indentation. */
export function movable(source: Source, statement: Expr, indent: string): string | null {
  const extent = extentOf(source, statement);
  if (extent === null) return null;
  const old = indentAt(source.text, statement.range.start);
  const lines = source.text.slice(extent.start, extent.end).split('\n');
  const moved =
    old === indent ? lines : lines.map((line) => (line.startsWith(old) ? indent + line.slice(old.length) : line));
  return moved.join('\n').slice(indent.length);
}

/** A formatter parts statements of several lines from others; calls of different kinds are parted as well. */
function needsBlankLine(source: Source, sibling: Expr, statement: NewStatement): boolean {
  const long = (text: string) => text.includes('\n');
  const { start, end } = sibling.range;
  return long(source.text.slice(start, end)) || long(statement.text) || callName(sibling) !== statement.call;
}

function at(offset: number, text: string): TextChange {
  return { start: offset, end: offset, text };
}

/** Whether the line behind the one that ends at `end` is blank. */
function isBlank(text: string, end: number): boolean {
  const next = text.indexOf('\n', end) + 1;
  return next === 0 || text.slice(next, lineEnd(text, next)).trim() === '';
}

function blankAbove(text: string, start: number): boolean {
  return start === 0 || text.slice(lineStart(text, start - 1), start).trim() === '';
}

function withoutBlanksAbove(text: string, start: number): number {
  let result = start;
  while (result > 0 && blankAbove(text, result)) result = lineStart(text, result - 1);
  return result;
}

function withoutBlanksBelow(text: string, start: number): number {
  let result = start;
  while (result < text.length) {
    const end = text.indexOf('\n', result);
    if (end === -1 || text.slice(result, end).trim() !== '') break;
    result = end + 1;
  }
  return result;
}
