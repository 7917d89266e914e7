import type { Expr } from '../ast.ts';

/** The expressions directly inside an expression, in source order. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'string':
    case 'charlist':
    case 'sigil':
      return expr.parts.filter((part) => typeof part !== 'string');
    case 'list':
    case 'tuple':
    case 'bitstring':
      return expr.items;
    case 'map':
      return expr.struct ? [expr.struct, ...expr.items] : expr.items;
    case 'keywords':
      return expr.pairs;
    case 'pair':
      return [expr.value];
    default:
      return compoundChildren(expr);
  }
}

function compoundChildren(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call': {
      const block = expr.block ? [...expr.block.body, ...expr.block.sections.flatMap((section) => section.body)] : [];
      return [expr.target, ...expr.args, ...block];
    }
    case 'dot':
      return [expr.left];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'access':
      return [expr.target, expr.key];
    case 'clause':
      return [...expr.args, ...expr.body];
    case 'fn':
      return expr.clauses;
    case 'block':
      return expr.body;
    default:
      return [];
  }
}

/** Whether an expression or one inside it passes the test. */
export function contains(expr: Expr, test: (inner: Expr) => boolean): boolean {
  return test(expr) || children(expr).some((child) => contains(child, test));
}

/** `System.get_env` for `System.get_env("X")`, `config` for `config :a, b: 1`; null for other expressions. */
export function calledName(expr: Expr): string | null {
  if (expr.kind === 'identifier') return expr.name;
  const target = expr.kind === 'call' ? expr.target : expr;
  if (expr.kind === 'call' && target.kind === 'identifier') return target.name;
  if (target.kind !== 'dot' || target.right === null) return null;
  if (target.left.kind === 'alias') return `${target.left.name}.${target.right}`;
  return target.left.kind === 'atom' ? `:${target.left.name}.${target.right}` : null;
}

/** The expression inside parentheses that hold just one. */
export function unwrapped(expr: Expr): Expr {
  const [only] = expr.kind === 'block' && expr.body.length === 1 ? expr.body : [];
  return only ? unwrapped(only) : expr;
}
