import type { CallExpr, Expr } from './ast.ts';
import { withOptions } from './canonical.ts';
import {
  appendToLastGroup,
  type Document,
  group,
  inheritingGroup,
  lastMayBreak,
  lastMayNotBreak,
  nest,
  nestWhenBroken,
  newLine,
  separated,
  softBreak,
  spaceBreak,
  unflat,
} from './print-document.ts';

/** Documents with commas between them; `newLine` as separator keeps them apart whatever the width. */
export function joined(documents: readonly Document[], separator: Document): Document {
  const last = documents.length - 1;
  const parts = documents.map((one, index) => (index < last ? appendToLastGroup(one, ',') : one));
  return separator === newLine ? unflat(separated(parts, separator)) : separated(parts, separator);
}

/** Elements between brackets: on one line, or one a line. */
export function bracketed(open: Document, elements: readonly Document[], close: string, broken: boolean): Document {
  if (elements.length === 0) return [open, close];
  const list = joined(elements, broken ? newLine : spaceBreak);
  return group([nestWhenBroken(2, [open, softBreak, list]), softBreak, close]);
}

/** How a call's arguments are laid out. */
export interface ArgumentLayout {
  readonly broken: boolean;
  /** What follows them on the line: ` do`. */
  readonly extra: string;
  readonly element: (expr: Expr) => Document;
}

/** The arguments of a call, with parentheses or the space in their place. */
export function callArguments(call: CallExpr, layout: ArgumentLayout): Document {
  const { parens } = call;
  const { broken, extra, element } = layout;
  const args = withOptions(call.args);
  const last = args.at(-1);
  if (last === undefined) return `()${extra}`;
  const pairs = last.kind === 'keywords' ? last.pairs : [];
  if (pairs.length > 0 && args.length > 1) return positionalThenOptions(args.slice(0, -1), pairs, parens, layout);
  const opens = !broken && mayOpen(unwrapped(pairs.at(-1) ?? last));
  const documents = (pairs.length > 0 ? pairs : args).map(element);
  if (opens) documents.push(lastMayBreak(documents.pop() ?? ''));
  const [only] = documents;
  const single = only !== undefined && documents.length === 1 && !opens;
  const list = single ? ungrouped(only) : joined(documents, broken ? newLine : spaceBreak);
  const document = parens
    ? ['(', nestWhenBroken(2, [softBreak, list]), softBreak, ')', extra]
    : [' ', nestWhenBroken('cursor', list), extra];
  const whole = group(broken && parens ? unflat(document) : document);
  return opens ? lastMayNotBreak(whole) : whole;
}

/** Positional arguments, then options: the options break first, one a line. */
function positionalThenOptions(
  args: readonly Expr[],
  pairs: readonly Expr[],
  parens: boolean,
  { broken, extra, element }: ArgumentLayout,
): Document {
  const separator = broken ? newLine : spaceBreak;
  const start = appendToLastGroup(joined(args.map(element), spaceBreak), ',');
  const right = [separator, joined(pairs.map(element), separator)];
  const force = (document: Document) => (broken ? unflat(document) : document);
  if (!parens) {
    const tail = lastMayBreak(inheritingGroup(force(right)));
    return lastMayNotBreak(group([nest(2, [' ', nestWhenBroken('cursor', start), tail]), extra]));
  }
  const tail = lastMayBreak(inheritingGroup(force([nestWhenBroken(2, right), softBreak])));
  return lastMayNotBreak(group(['(', nestWhenBroken(2, [softBreak, start]), tail, ')', extra]));
}

function ungrouped(document: Document): Document {
  return typeof document !== 'string' && 'kind' in document && document.kind === 'group' ? document.of : document;
}

/** Whether an expression may open at the end of a line that is too short for the whole of it. */
export function mayOpen(expr: Expr): boolean {
  switch (expr.kind) {
    case 'list':
    case 'fn':
      return true;
    case 'map':
      return expr.items.length > 0 || expr.struct !== null;
    case 'string':
    case 'charlist':
      return expr.heredoc;
    case 'sigil':
      return expr.open.length === 3;
    case 'pair':
      return mayOpen(unwrapped(expr.value));
    default:
      return false;
  }
}

/** The expression inside parentheses that hold just one: what stands between commas needs none. */
export function unwrapped(expr: Expr): Expr {
  const [only] = expr.kind === 'block' ? expr.body : [];
  if (!only || expr.kind !== 'block' || expr.body.length !== 1) return expr;
  const inner = unwrapped(only);
  return inner.kind === 'clause' ? expr : inner;
}
