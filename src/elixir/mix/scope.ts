import type { Expr } from '../ast.ts';
import { withChildren } from '../children.ts';
import { isFollowable } from '../expansion.ts';
import { callName, type FunctionClause } from '../module.ts';

/** What names mean at some place of a module. */
export interface Scope {
  readonly attributes: ReadonlyMap<string, Expr>;
  readonly functions: readonly FunctionClause[];
  readonly locals: ReadonlyMap<string, Expr>;
}

/** An expression with the names that hold in it. */
export interface Scoped {
  readonly expr: Expr;
  readonly scope: Scope;
}

/** The attributes of a module that are set once: `@version "1.0.0"`. */
export function attributesOf(body: readonly Expr[]): ReadonlyMap<string, Expr> {
  const attributes = new Map<string, Expr>();
  const repeated = new Set<string>();
  for (const expr of body) {
    const call = expr.kind === 'unary' && expr.operator === '@' ? expr.operand : undefined;
    const [value] = call?.kind === 'call' ? call.args : [];
    const name = call && callName(call);
    if (value === undefined || name === undefined) continue;
    if (attributes.has(name)) repeated.add(name);
    const meaning = (one: Expr) => attributes.get(attributeName(one) ?? '');
    if (isFollowable(value, meaning)) attributes.set(name, value);
  }
  for (const name of repeated) attributes.delete(name);
  return attributes;
}

/** The last expression of a function's body, its bindings in scope; null for an empty body. */
export function resultOf(body: readonly Expr[], scope: Scope): Scoped | null {
  const locals = new Map<string, Expr>();
  for (const expr of body) {
    if (expr.kind !== 'binary' || expr.operator !== '=' || expr.left.kind !== 'identifier') continue;
    // A name bound twice means one value here and another there.
    if (locals.has(expr.left.name)) return null;
    const meaning = (one: Expr) =>
      one.kind === 'identifier' ? locals.get(one.name) : scope.attributes.get(attributeName(one) ?? '');
    if (isFollowable(expr.right, meaning)) locals.set(expr.left.name, expr.right);
  }
  const last = body.at(-1);
  return last === undefined ? null : { expr: last, scope: { ...scope, locals } };
}

/** Follows variables, attributes, parentheses and functions without arguments until something else stands there. */
export function followed(start: Scoped): Scoped {
  let at = start;
  // Names that mean each other would never end.
  for (let steps = 0; steps < 50; steps += 1) {
    const next = followedOnce(at);
    if (next === null) return at;
    at = next;
  }
  return start;
}

/** One step of `followed`; null where nothing is left to follow. */
export function followedOnce({ expr, scope }: Scoped): Scoped | null {
  if (expr.kind === 'block') {
    const [only] = expr.body;
    return only && expr.body.length === 1 ? { expr: only, scope } : null;
  }
  const attribute = attributeName(expr);
  if (attribute !== undefined) {
    const value = scope.attributes.get(attribute);
    return value ? { expr: value, scope: { ...scope, locals: new Map() } } : null;
  }
  const local = expr.kind === 'identifier' ? scope.locals.get(expr.name) : undefined;
  if (local) return { expr: local, scope };
  return functionResult(expr, scope);
}

function functionResult(expr: Expr, scope: Scope): Scoped | null {
  const name = expr.kind === 'identifier' ? expr.name : localCall(expr);
  const clauses = scope.functions.filter((one) => one.name === name && one.args.length === 0);
  const [only] = clauses;
  return only && clauses.length === 1 ? resultOf(only.body, scope) : null;
}

/** Name of a call of the module's own function without arguments. */
function localCall(expr: Expr): string | undefined {
  if (expr.kind !== 'call' || expr.target.kind !== 'identifier' || expr.args.length > 0 || expr.block) return undefined;
  return expr.target.name;
}

/** `version` for `@version`. */
export function attributeName(expr: Expr): string | undefined {
  if (expr.kind !== 'unary' || expr.operator !== '@') return undefined;
  return expr.operand.kind === 'identifier' ? expr.operand.name : undefined;
}

/** An expression with variables and attributes replaced by what they mean, however deep they stand. */
export function inlined({ expr, scope }: Scoped, depth = 0): Expr {
  const attribute = attributeName(expr);
  const name = expr.kind === 'identifier' ? expr.name : undefined;
  const known = attribute !== undefined ? scope.attributes.get(attribute) : name && scope.locals.get(name);
  if (known && depth < 20) {
    const value = inlined({ expr: known, scope }, depth + 1);
    return value.kind === 'binary' ? { kind: 'block', body: [value], range: value.range } : value;
  }
  return withChildren(expr, (one) => inlined({ expr: one, scope }, depth));
}
