import type { CallExpr, Expr, Range } from '../ast.ts';
import { withOptions } from '../canonical.ts';
import { mayOpen } from './assigned.ts';
import {
  type Document,
  group,
  inheritingGroup,
  lastMayBreak,
  lastMayNotBreak,
  nest,
  nestWhenBroken,
  newLine,
  softBreak,
  spaceBreak,
  ungrouped,
} from './document.ts';
import { type Lines, linesOf, type Place, type Printer, within } from './printer.ts';
import { areApart, elementsOf, joined, opensLine } from './sequence.ts';
import { unwrapped } from './unwrapped.ts';

/** The arguments of a call, with parentheses or the space in their place, and what follows them on the line: ` do`. */
export function callArguments(printer: Printer, expr: CallExpr, parens: boolean, extra: string): Document {
  const range = expr.argsRange ?? expr.range;
  const args = withOptions(expr.args);
  return argumentList(printer, { args, range, written: expr.parens, parens, extra });
}

/** Arguments with their place in the text. */
export interface ArgumentList {
  readonly args: readonly Expr[];
  /** Of the arguments, with the parentheses if there are any. */
  readonly range: Range;
  /** Whether the text has parentheses, and whether they are to be there. */
  readonly written: boolean;
  readonly parens: boolean;
  readonly extra: string;
}

export function argumentList(printer: Printer, list: ArgumentList): Document {
  const { args, range, written } = list;
  const whole = linesOf(printer, range);
  // Without parentheses, only what stands before an argument belongs to the call.
  const lines = written ? whole : { first: whole.first, last: 0 };
  const elements = elementsOf(args);
  const opens = written && elements.length > 1 && opensLine(printer, { range, opening: 1 });
  const positional = args.filter(({ kind }) => kind !== 'keywords');
  const pairs = elements.slice(positional.length);
  const generates = args.some((arg) => arg.kind === 'binary' && arg.operator === '<-');
  return within(printer, { bare: !list.parens }, () =>
    positional.length === 0 || pairs.length === 0 || generates
      ? plainArguments(printer, list, elements, lines, opens)
      : positionalThenOptions(printer, list, [positional, pairs], lines, opens),
  );
}

function plainArguments(
  printer: Printer,
  { args, parens, extra }: ArgumentList,
  elements: readonly Expr[],
  lines: Lines,
  opens: boolean,
): Document {
  const forced = opens || areApart(printer, elements);
  const separator = forced ? newLine : spaceBreak;
  const last = elements.at(-1);
  const mayBreak = !forced && last !== undefined && mayOpen(printer, unwrapped(last));
  const place: Place = args.length === 1 && args[0]?.kind !== 'keywords' ? 'only' : 'element';
  const list = joined(printer, elements, lines, {
    separator,
    render: (item, isLast) => {
      const document = printer.expr(item, place);
      return mayBreak && isLast ? lastMayBreak(document) : document;
    },
  });
  const [only] = elements;
  const single = elements.length === 1 && !mayBreak && !list.forced && only?.kind !== 'pair';
  const documents = single ? ungroupedFirst(list.document) : list.document;
  const document = parens
    ? ['(', nestWhenBroken(2, [softBreak, documents]), softBreak, ')', extra]
    : [' ', nestWhenBroken('cursor', documents), extra];
  return mayBreak ? lastMayNotBreak(group(document)) : group(document);
}

function ungroupedFirst(document: Document): Document {
  return Array.isArray(document) && document.length === 1 ? ungrouped(document[0] ?? '') : document;
}

/** Positional arguments, then options: the options break first, one a line. */
function positionalThenOptions(
  printer: Printer,
  { parens, extra }: ArgumentList,
  [positional, pairs]: readonly [readonly Expr[], readonly Expr[]],
  lines: Lines,
  opens: boolean,
): Document {
  const render = (item: Expr) => printer.expr(item, 'element');
  const apart = opens || areApart(printer, positional);
  const before = { first: lines.first, last: 0 };
  const start = joined(printer, positional, before, { separator: apart ? newLine : spaceBreak, comma: true, render });
  const optionsApart = opens || areApart(printer, pairs) || areApart(printer, [...positional, ...pairs]);
  const separator = optionsApart ? newLine : spaceBreak;
  const options = joined(printer, pairs, lines, { separator, render });
  const right = [options.forced ? newLine : spaceBreak, options.document];
  if (!parens) {
    const tail = lastMayBreak(inheritingGroup(right));
    return lastMayNotBreak(group([nest(2, [' ', nestWhenBroken('cursor', [start.document, tail])]), extra]));
  }
  const tail = lastMayBreak(inheritingGroup([nestWhenBroken(2, right), softBreak]));
  return lastMayNotBreak(group(['(', nestWhenBroken(2, [softBreak, start.document]), tail, ')', extra]));
}
