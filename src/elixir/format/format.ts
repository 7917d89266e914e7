import type { Expr, Range, Source } from '../ast.ts';
import { parse } from '../parse.ts';
import { RecentTexts } from '../recent-texts.ts';
import { columnsOf } from './columns.ts';
import { Comments } from './comments.ts';
import type { Document } from './document.ts';
import { expression, UnknownConstruct } from './expression.ts';
import { layOut } from './layout.ts';
import { asWritten, Locals } from './locals.ts';
import { Positions } from './positions.ts';
import type { Lines, Printer } from './printer.ts';
import { sameBodies } from './same-code.ts';
import { statements } from './statements.ts';

/** What a project's `.formatter.exs` says about the formatting of code. */
export interface FormatOptions {
  /** Characters that a line may have; 98 when not given, as in `mix format`. */
  readonly lineLength?: number;
  /**
   * Calls without parentheses beside Elixir's own, as `name/arity`; `name/*` is any arity. `as-written`: every call that is
   * written without.
   */
  readonly localsWithoutParens?: readonly string[] | 'as-written';
}

/** Why a text is not formatted. */
export interface FormatRefusal {
  /**
   * `syntax`: the text does not parse. `construct`: it parses, and holds what the formatter does not know.
   * `changed`: the result would not be the same code, or would lose a comment.
   */
  readonly kind: 'syntax' | 'construct' | 'changed';
  /** Where, counted from 1. */
  readonly line: number;
}

/** A formatted text, or why there is none. */
export type Formatted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly refusal: FormatRefusal };

/** Steps are carried out in many orders, mostly with the same texts of the same files. By options. */
const recent = new Map<string, RecentTexts<Formatted>>();

/**
 * The text as `mix format` writes it: checked to be the same code, with the same comments. Where a line ends in CRLF, all
 * do in the result.
 */
export function format(text: string, options: FormatOptions = {}): Formatted {
  const key = JSON.stringify(options);
  const texts = recent.get(key) ?? new RecentTexts<Formatted>(2_000_000);
  recent.set(key, texts);
  return texts.get(text, () => formatted(text, options));
}

function formatted(text: string, options: FormatOptions): Formatted {
  if (!text.includes('\r\n')) return formatLines(text, options);
  const result = formatLines(text.replaceAll('\r\n', '\n'), options);
  return result.ok ? { ok: true, text: result.text.replaceAll('\n', '\r\n') } : result;
}

function formatLines(text: string, options: FormatOptions): Formatted {
  const source = parse(text);
  const [problem] = source.problems;
  if (problem) return refused('syntax', problem.line);
  const whole = { body: source.body, comments: source.comments, lines: { first: 0, last: Number.POSITIVE_INFINITY } };
  const laidOut = layOutPart(source, whole, { column: 0, indent: 0 }, options);
  if (!laidOut.ok) return laidOut;
  const result = laidOut.text === '' ? '' : `${laidOut.text}\n`;
  return result === source.text ? { ok: true, text: result } : checked(source, result);
}

/** Whether `mix format` would leave a text as it is. A text that cannot be formatted is none. */
export function isFormatted(text: string, options: FormatOptions = {}): boolean {
  const result = format(text, options);
  return result.ok && result.text === text;
}

/** Expressions of a text with the comments in and between them. */
export interface Part {
  readonly body: readonly Expr[];
  readonly comments: readonly Range[];
  /** Those before and behind the part. */
  readonly lines: Lines;
}

/** Lays out a part of a text. `column` is where its first line begins, `indent` where the others do. */
export function layOutPart(
  { text }: Source,
  { body, comments, lines }: Part,
  at: { readonly column: number; readonly indent: number },
  { lineLength = 98, localsWithoutParens = [] }: FormatOptions,
): Formatted {
  const positions = new Positions(text);
  const printer: Printer = {
    text,
    positions,
    comments: new Comments(comments, positions),
    locals: localsWithoutParens === 'as-written' ? asWritten : new Locals(localsWithoutParens),
    scope: { interpolated: false, bare: false, continuation: 2 },
    expr: (expr, place) => expression(printer, expr, place),
  };
  try {
    const document: Document = statements(printer, body, lines);
    return { ok: true, text: layOut(document, { ...at, width: lineLength, columns: columnsOf(text) }) };
  } catch (error) {
    if (error instanceof UnknownConstruct) return refused('construct', positions.lineOf(error.expr.range.start));
    throw error;
  }
}

/** A result, if it is the same code as the source, with the same comments. */
export function checked(source: Source, text: string): Formatted {
  const result = parse(text);
  const [problem] = result.problems;
  const same = problem === undefined && sameBodies(source.body, result.body) && sameComments(source, result);
  return same ? { ok: true, text } : refused('changed', problem?.line ?? 1);
}

/** Comments may move up, out of an expression. */
function sameComments(a: Source, b: Source): boolean {
  return a.comments.length === b.comments.length && commentsOf(a) === commentsOf(b);
}

function commentsOf({ text, comments }: Source): string {
  const words = comments.map(({ start, end }) => text.slice(start, end).replace(/^#+ ?/, ''));
  return words.sort().join('\n');
}

function refused(kind: FormatRefusal['kind'], line: number): Formatted {
  return { ok: false, refusal: { kind, line } };
}
