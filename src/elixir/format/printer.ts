import type { Expr } from '../ast.ts';
import type { Comments } from './comments.ts';
import type { Document } from './document.ts';
import type { Positions } from './positions.ts';

/**
 * Where an expression stands, as far as that decides whether a call may do without parentheses: as a statement, as the
 * right operand of an operator, as the only argument of a call, or among other elements.
 */
export type Place = 'statement' | 'operand' | 'only' | 'element';

/** What makes documents of the expressions of one text; each file of this folder has a part of it. */
export interface Printer {
  readonly text: string;
  readonly positions: Positions;
  readonly comments: Comments;
  /** Which calls do without parentheses. */
  readonly locals: { has(name: string, arity: number): boolean };
  /** Where in the tree the printer is. */
  readonly scope: Scope;
  expr(expr: Expr, place: Place): Document;
}

export interface Scope {
  /** In an interpolation, where the line breaks of the text do not count. */
  interpolated: boolean;
  /** Among the arguments of a call without parentheses, to which a `do` would belong. */
  bare: boolean;
  /** How far the right side of an operator is indented below its left side. */
  continuation: 2 | 4;
}

/** What `make` makes with another setting of the scope. */
export function within<Result>({ scope }: Printer, setting: Partial<Scope>, make: () => Result): Result {
  const before = { ...scope };
  Object.assign(scope, setting);
  const result = make();
  Object.assign(scope, before);
  return result;
}

/** The lines of an opening and a closing token: comments between them are written between them. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Lines of the first and last character of a range. */
export function linesOf(
  { positions }: Printer,
  { start, end }: { readonly start: number; readonly end: number },
): Lines {
  return { first: positions.lineOf(start), last: positions.lineOf(Math.max(start, end - 1)) };
}
