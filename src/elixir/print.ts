import type { Expr } from './ast.ts';
import { columnsOf } from './format/columns.ts';
import { Comments } from './format/comments.ts';
import { appendToLastGroup, group } from './format/document.ts';
import { expression, UnknownConstruct } from './format/expression.ts';
import { layOut } from './format/layout.ts';
import { asWritten } from './format/locals.ts';
import { OneLine } from './format/one-line.ts';
import type { Printer } from './format/printer.ts';
import { parse } from './parse.ts';

/** The line length of `mix format`, unless a project sets another. */
export const formatWidth = 98;

/** Where a printed expression will stand. */
export interface PrintPlace {
  /** Spaces before the line that the expression begins on: what its broken lines are indented from. */
  readonly indent: number;
  /** Column of its first character, from 0; `indent` when not given. */
  readonly column?: number;
  readonly width?: number;
  /** How many characters must still fit behind it, a comma or a closing bracket; 0 when not given. */
  readonly after?: number;
}

/**
 * An expression as the formatter writes it, whatever lines it had: on one when it fits, else broken from the outside in. Where the
 * formatter knows no way, as it is written. The first line has no indentation, there is no newline at the end, and line breaks
 * are `\n`. Calls keep the parentheses that they have, or do without where they may.
 *
 * Comments and line breaks are lost: print only what has none, or is new. `source` is the text that the expression was parsed
 * from: literals are taken from it letter by letter.
 */
export function print(expr: Expr, at: PrintPlace, source: string): string {
  try {
    return printed(expr, at, source).replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof UnknownConstruct) return source.slice(expr.range.start, expr.range.end);
    throw error;
  }
}

function printed(expr: Expr, at: PrintPlace, source: string): string {
  const positions = new OneLine(source);
  const printer: Printer = {
    text: source,
    positions,
    comments: new Comments([], positions),
    locals: asWritten,
    scope: { interpolated: false, bare: false, continuation: 2 },
    expr: (inner, place) => expression(printer, inner, place),
  };
  const after = '\u0000'.repeat(at.after ?? 0);
  const document = group(appendToLastGroup(printer.expr(expr, 'statement'), after));
  const { indent, column = indent, width = formatWidth } = at;
  const text = layOut(document, { indent, column, width, columns: columnsOf(source) });
  return after ? text.slice(0, -after.length) : text;
}

/**
 * Prints a text of one expression or one `key: value` pair, such as a fact's value. A text that is neither,
 * or that holds a comment, is returned as it is: it cannot be laid out without a loss.
 */
export function printText(text: string, at: PrintPlace): string {
  const parsed = parseElement(text);
  return parsed === null || parsed.commented ? text : print(parsed.expr, at, parsed.source);
}

interface ParsedElement {
  readonly expr: Expr;
  /** What the ranges of `expr` index. */
  readonly source: string;
  readonly commented: boolean;
}

/** A text read as what may stand between two commas: an expression or a pair. Null when it is neither. */
export function parseElement(text: string): ParsedElement | null {
  const plain = parse(text);
  const [only] = plain.body;
  if (only && plain.body.length === 1 && plain.problems.length === 0 && only.kind !== 'keywords') {
    return { expr: only, source: text, commented: plain.comments.length > 0 };
  }
  const source = `[${text}\n]`;
  const { body, problems, comments } = parse(source);
  const items = body[0]?.kind === 'list' && body.length === 1 && problems.length === 0 ? body[0].items : [];
  const item = items.length === 1 ? items[0] : undefined;
  const expr = item?.kind === 'keywords' && item.pairs.length === 1 ? item.pairs[0] : item;
  return expr && expr.kind !== 'keywords' ? { expr, source, commented: comments.length > 0 } : null;
}
