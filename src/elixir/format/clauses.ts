import type { ClauseExpr, DoBlock, Expr } from '../ast.ts';
import { type Document, group, nest, newLine, softBreak, spaceBreak, unflat } from './document.ts';
import { type Entry, withComments } from './entries.ts';
import { type Lines, linesOf, type Printer, within } from './printer.ts';
import { elementsOf, joined, opensLine } from './sequence.ts';
import { statements } from './statements.ts';
import { unwrapped } from './unwrapped.ts';

/** What stands between `do` and `end`, or in parentheses: clauses or statements. */
export function body(printer: Printer, exprs: readonly Expr[], lines: Lines): Document {
  const clauses = exprs.filter((expr) => expr.kind === 'clause');
  return clauses.length > 0 ? clauseLines(printer, clauses, lines) : statements(printer, exprs, lines);
}

/** Clauses below each other: if one takes several lines all do, with blank lines between them. */
function clauseLines(printer: Printer, clauses: readonly ClauseExpr[], lines: Lines): Document {
  const spread = clauses.some((clause) => isSpread(printer, clause));
  const entries = withComments(printer, clauses, lines, (item, last) =>
    clauseDocument(printer, item, spread, last ? lines.last : 0),
  );
  const documents = entries.flatMap((entry, index): Document[] => {
    if (index === entries.length - 1) return [entry.document];
    return [entry.document, betweenClauses(entry), newLine];
  });
  return group(spread ? unflat(documents) : documents);
}

/** A clause is apart from what follows it, a comment is not. */
function betweenClauses(entry: Entry): Document {
  if (entry.kind === 'comment') return entry.comment.after > 1 ? newLine : '';
  return softBreak;
}

/** A clause in parentheses. */
export function clauseAlone(printer: Printer, clause: ClauseExpr): Document {
  if (clause.args.length > 0 || clause.guard !== null) {
    const spread = isSpread(printer, clause);
    const document = clauseDocument(printer, clause, spread, 0);
    return spread ? unflat(document) : document;
  }
  return ['() -> ', nest('cursor', clauseBody(printer, clause.body, bodyLines(printer, clause, 0)))];
}

/** Whether a clause's body begins on a line of its own. */
function isSpread({ positions, scope }: Printer, { body, arrow }: ClauseExpr): boolean {
  return body.length > 1 || (!scope.interpolated && positions.endsLine(arrow + 2));
}

function clauseDocument(printer: Printer, clause: ClauseExpr, spread: boolean, last: number): Document {
  const head = clauseHead(printer, clause, '() ', 4);
  const inside = clauseBody(printer, clause.body, bodyLines(printer, clause, last));
  return [head, nest(2, [spread ? newLine : spaceBreak, inside])];
}

/** An empty body is `nil`. */
function clauseBody(printer: Printer, exprs: readonly Expr[], lines: Lines): Document {
  if (exprs.length > 0) return statements(printer, exprs, lines);
  const comments = statements(printer, [], lines);
  return isEmpty(comments) ? 'nil' : ['nil', newLine, comments];
}

/** A clause's own lines from its arrow on; in the last of some clauses, up to the `end`. */
function bodyLines({ positions }: Printer, { arrow, range }: ClauseExpr, last: number): Lines {
  return { first: positions.lineOf(arrow), last: Math.max(last, positions.lineOf(range.end)) };
}

/** Arguments, guard and arrow of a clause; `none` stands for no arguments and the space behind them. */
function clauseHead(printer: Printer, clause: ClauseExpr, none: string, continuation: 2 | 4): Document {
  const { args, guards } = guarded(clause);
  if (guards.length === 0) {
    return args.length === 0 ? `${none}->` : group([headArguments(printer, args, continuation), ' ->']);
  }
  const { positions } = printer;
  const start = args.length === 0 ? '()' : group(headArguments(printer, args, continuation));
  const first = args.at(-1)?.range.end ?? clause.range.start;
  const breaks = positions.breaksBetween(first, guards[0]?.range.start ?? first);
  const last = guards.length - 1;
  const lines = guards.map((guard, at): Document => {
    const document = printer.expr(guard, 'element');
    return [spaceBreak, 'when ', nest(5, document), at === last ? ' ->' : ''];
  });
  return group(breaks ? unflat([start, lines]) : [start, lines]);
}

/** The parts of `args when guard when guard`. */
function guarded({ args, guard }: ClauseExpr): { args: readonly Expr[]; guards: readonly Expr[] } {
  const [only] = args;
  if (guard === null && args.length === 1 && only?.kind === 'binary' && only.operator === 'when') {
    return { args: [only.left], guards: alternatives(only.right) };
  }
  return { args, guards: guard ? alternatives(guard) : [] };
}

function alternatives(guard: Expr): readonly Expr[] {
  const inner = unwrapped(guard);
  return inner.kind === 'binary' && inner.operator === 'when' ? [inner.left, ...alternatives(inner.right)] : [guard];
}

function headArguments(printer: Printer, args: readonly Expr[], continuation: 2 | 4): Document {
  const render = (item: Expr) => printer.expr(item, 'element');
  const lines = { first: 0, last: 0 };
  const elements = within(printer, { continuation, bare: true }, () =>
    joined(printer, elementsOf(args), lines, { separator: spaceBreak, loose: true, render }),
  );
  return elements.document;
}

/** `fn … end` */
export function anonymousFunction(printer: Printer, clauses: readonly Expr[], range: Expr['range']): Document {
  const lines = linesOf(printer, range);
  const all = clauses.filter((clause) => clause.kind === 'clause');
  const [only] = all;
  if (only === undefined || all.length > 1 || opensLine(printer, { range, opening: 2 })) {
    return unflat(['fn', nest(2, [newLine, clauseLines(printer, all, lines)]), newLine, 'end']);
  }
  const spread = isSpread(printer, only);
  const within = { first: bodyLines(printer, only, 0).first, last: lines.last };
  const head = nest('cursor', clauseHead(printer, only, '', 2));
  const inside = clauseBody(printer, only.body, within);
  const between = spread ? newLine : spaceBreak;
  const whole = ['fn ', head, nest(2, [between, inside]), between, 'end'];
  return group(spread ? unflat(whole) : whole);
}

/** `do … end` with its sections, from the line break behind `do` on. */
export function doBlock(printer: Printer, block: DoBlock): Document {
  const { positions } = printer;
  const lines = linesOf(printer, block.range);
  const starts = block.sections.map(({ range }) => positions.lineOf(range.start));
  const part = (exprs: readonly Expr[], first: number, next: number) => {
    const inside = body(printer, exprs, { first, last: starts[next] ?? lines.last });
    return isEmpty(inside) ? '' : nest(2, [newLine, inside]);
  };
  const sections = block.sections.map(
    ({ name, body }, index): Document => [newLine, name, part(body, starts[index] ?? lines.first, index + 1)],
  );
  return [part(block.body, lines.first, 0), ...sections, newLine, 'end'];
}

function isEmpty(document: Document): boolean {
  return Array.isArray(document) && document.length === 0;
}
