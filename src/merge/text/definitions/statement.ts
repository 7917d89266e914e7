import type { CallExpr, Expr } from '../../../elixir/ast.ts';
import { display, secretWord } from '../../../elixir/canonical.ts';
import { mergeValues } from '../../../elixir/merge-values.ts';
import { callName } from '../../../elixir/module.ts';
import { parse } from '../../../elixir/parse.ts';
import { print } from '../../../elixir/print.ts';

/**
 * Merges one statement by the elements of its lists and options: `plug Plug.Static, only: …`, `@names [...]`. Null
 * where it is no such statement, holds a comment, or both changed one element.
 */
export function mergeStatement(base: string, yours: string, target: string): string | null {
  const statements = [base, yours, target].map(onlyStatement);
  const [b, y, t] = statements;
  if (!b || !y || !t) return null;
  // A route's controller and action, say, belong together: only options and lists are merged apart.
  if (new Set([b, y, t].map(({ call }) => fixedArguments(call))).size > 1) return null;
  const merged = mergeValues(display(b.call), display(y.call), display(t.call));
  // Sentences and secrets stand as fixed words in a display text: they could not be written back.
  if (merged === undefined || merged.includes('"#') || merged.includes(secretWord)) return null;
  const indent = /^[ \t]*/.exec(yours)?.[0] ?? '';
  const text = printed(merged, y, indent.length);
  return text && `${indent}${text}\n`;
}

/** The arguments that have no elements of their own, each at its place. */
function fixedArguments({ args }: CallExpr): string {
  return args.map((arg) => (hasElements(arg) ? '…' : display(arg))).join(', ');
}

function hasElements(expr: Expr): boolean {
  return expr.kind === 'list' || expr.kind === 'keywords' || expr.kind === 'map' || expr.kind === 'sigil';
}

interface Statement {
  /** `@` of a module attribute, else empty. */
  readonly attribute: string;
  readonly call: CallExpr;
}

function onlyStatement(text: string): Statement | null {
  const { body, comments, problems } = parse(text);
  const [expr] = body;
  if (!expr || body.length !== 1 || comments.length > 0 || problems.length > 0) return null;
  const attribute = expr.kind === 'unary' && expr.operator === '@';
  const call = attribute ? expr.operand : expr;
  if (call.kind !== 'call' || call.block !== null || callName(call) === undefined) return null;
  return { attribute: attribute ? '@' : '', call };
}

function printed(merged: string, { attribute, call }: Statement, indent: number): string | null {
  const source = parse(merged);
  const [expr] = source.body;
  if (expr?.kind !== 'call' || source.body.length !== 1 || source.problems.length > 0) return null;
  const column = indent + attribute.length;
  return attribute + print({ ...expr, parens: call.parens }, { indent, column }, source.text);
}
