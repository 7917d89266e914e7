import type { Expr } from '../ast.ts';
import type { Bindings } from '../canonical.ts';
import { childrenOf, withChildren } from '../children.ts';
import { isFollowable } from '../expansion.ts';
import { changedBindings } from '../layered-bindings.ts';
import { calledName, unwrapped } from './called.ts';

/** What a local name stands for, followed to the end; other expressions are themselves. */
export function resolved(expr: Expr, bindings: Bindings): Expr {
  const followed = new Set<string>();
  let inner = unwrapped(expr);
  // Each name is followed once: `x = x` ends.
  while (inner.kind === 'identifier' && !followed.has(inner.name)) {
    const value = bindings.get(inner.name);
    if (value === undefined) return inner;
    followed.add(inner.name);
    inner = unwrapped(value);
  }
  return inner;
}

/**
 * The bindings after one statement: `name = value` adds one, any other match forgets the names it binds. So does a value
 * that is too large to be followed.
 */
export function bound(statement: Expr, bindings: Bindings): Bindings {
  if (statement.kind !== 'binary' || statement.operator !== '=') return bindings;
  const { left, right } = statement;
  const names = boundNames(left);
  const known = names.filter((name) => bindings.has(name));
  const changes = new Map<string, Expr | null>();
  if (known.length > 0) {
    for (const [name, value] of bindings) {
      if (names.includes(name)) continue;
      const meant = substituted(value, known, bindings);
      if (meant !== value) changes.set(name, meant);
    }
  }
  for (const name of names) changes.set(name, null);
  const next = changedBindings(bindings, changes);
  if (left.kind !== 'identifier') return next;
  const value = substituted(right, known, bindings);
  const meaning = (expr: Expr) => (expr.kind === 'identifier' ? next.get(expr.name) : undefined);
  return isFollowable(value, meaning) ? changedBindings(next, new Map([[left.name, value]])) : next;
}

/** Names that a pattern binds. */
export function boundNames(pattern: Expr): string[] {
  if (pattern.kind === 'identifier') return [pattern.name];
  return childrenOf(pattern).flatMap(boundNames);
}

/**
 * Environment variables read in an expression, bindings followed: the names, or `?` where the name is computed.
 */
export function variablesRead(expr: Expr, bindings: Bindings): string[] {
  const names = new Set<string>();
  const followed = new Set<Expr>();
  const visit = (inner: Expr): void => {
    if (inner.kind === 'identifier') {
      const value = bindings.get(inner.name);
      if (value === undefined || followed.has(value)) return;
      followed.add(value);
      visit(value);
      return;
    }
    if (inner.kind === 'call' && readers.has(calledName(inner) ?? '')) names.add(variableName(inner.args[0], bindings));
    for (const child of childrenOf(inner)) visit(child);
  };
  visit(expr);
  return [...names].sort();
}

const readers = new Set(['System.get_env', 'System.fetch_env', 'System.fetch_env!', ':os.getenv']);

function variableName(arg: Expr | undefined, bindings: Bindings): string {
  const name = arg && resolved(arg, bindings);
  const [only] = name?.kind === 'string' || name?.kind === 'charlist' ? name.parts : [];
  return typeof only === 'string' && name && childrenOf(name).length === 0 ? only : '?';
}

/** A value with rebound names replaced by what they were, so that a later `x = …` does not change it. */
function substituted(expr: Expr, names: readonly string[], bindings: Bindings): Expr {
  if (expr.kind === 'identifier') {
    const value = names.includes(expr.name) ? bindings.get(expr.name) : undefined;
    if (value === undefined) return expr;
    return value.kind === 'binary' ? { kind: 'block', body: [value], range: value.range } : value;
  }
  let isSame = true;
  const result = withChildren(expr, (inner) => {
    const meant = substituted(inner, names, bindings);
    isSame &&= meant === inner;
    return meant;
  });
  return isSame ? expr : result;
}
