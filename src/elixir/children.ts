import type { CallExpr, Expr, Parts } from './ast.ts';

/** The expressions directly inside an expression, in source order: what a search through a tree needs. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'string':
    case 'charlist':
    case 'sigil':
      return interpolated(expr);
    case 'list':
    case 'tuple':
    case 'bitstring':
      return expr.items;
    case 'map':
      return expr.struct ? [expr.struct, ...expr.items] : expr.items;
    case 'keywords':
      return expr.pairs;
    case 'pair':
      return [...(expr.quoted ? interpolated(expr.quoted) : []), expr.value];
    case 'atom':
      return expr.quoted ? interpolated(expr.quoted) : [];
    case 'call':
      return [expr.target, ...expr.args, ...blockOf(expr)];
    case 'dot':
      return expr.group ? [expr.left, ...expr.group] : [expr.left];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'access':
      return [expr.target, expr.key];
    case 'clause':
      return [...expr.args, ...(expr.guard ? [expr.guard] : []), ...expr.body];
    case 'fn':
      return expr.clauses;
    case 'block':
      return expr.body;
    case 'alias':
    case 'identifier':
    case 'number':
    case 'other':
      return [];
    default:
      return expr satisfies never;
  }
}

function interpolated({ parts }: { readonly parts: Parts }): readonly Expr[] {
  return parts.filter((part) => typeof part !== 'string');
}

function blockOf({ block }: CallExpr): readonly Expr[] {
  return block ? [...block.body, ...block.sections.flatMap((section) => section.body)] : [];
}

/**
 * An expression with `inside` applied to what its value is made of. Where names are bound (`fn`, clauses, `do` blocks)
 * the expression stays as it is: a name means another thing there.
 */
export function withChildren(expr: Expr, inside: (inner: Expr) => Expr): Expr {
  const part = (one: string | Expr) => (typeof one === 'string' ? one : inside(one));
  switch (expr.kind) {
    case 'string':
    case 'charlist':
    case 'sigil':
      return { ...expr, parts: expr.parts.map(part) };
    case 'list':
    case 'tuple':
    case 'bitstring':
    case 'map':
      return { ...expr, items: expr.items.map(inside) };
    case 'keywords':
      return { ...expr, pairs: expr.pairs.map((pair) => ({ ...pair, value: inside(pair.value) })) };
    case 'pair':
      return { ...expr, value: inside(expr.value) };
    case 'call':
      return { ...expr, args: expr.args.map(inside) };
    case 'unary':
      return { ...expr, operand: inside(expr.operand) };
    case 'binary':
      return { ...expr, left: inside(expr.left), right: inside(expr.right) };
    case 'access':
      return { ...expr, target: inside(expr.target), key: inside(expr.key) };
    case 'block':
      return { ...expr, body: expr.body.map(inside) };
    case 'atom':
    case 'alias':
    case 'identifier':
    case 'number':
    case 'dot':
    case 'clause':
    case 'fn':
    case 'other':
      return expr;
    default:
      return expr satisfies never;
  }
}

/** Whether an expression or one inside it passes the test. */
export function contains(expr: Expr, test: (inner: Expr) => boolean): boolean {
  return test(expr) || childrenOf(expr).some((child) => contains(child, test));
}

/** Every expression of a tree, outer before inner. */
export function everyExpr(roots: readonly Expr[]): Expr[] {
  const all: Expr[] = [];
  const visit = (expr: Expr): void => {
    all.push(expr);
    childrenOf(expr).forEach(visit);
  };
  roots.forEach(visit);
  return all;
}

const remembered = new WeakMap<readonly Expr[], readonly Expr[]>();

/** The same, remembered for as long as the list of roots is there: for bodies that many rules go through. */
export function exprsOf(roots: readonly Expr[]): readonly Expr[] {
  const known = remembered.get(roots) ?? everyExpr(roots);
  remembered.set(roots, known);
  return known;
}

/** The first expression of a tree, outer before inner, that `wanted` accepts. */
export function findExpr(root: readonly Expr[], wanted: (expr: Expr) => boolean): Expr | undefined {
  for (const expr of root) {
    if (wanted(expr)) return expr;
    const inner = findExpr(childrenOf(expr), wanted);
    if (inner) return inner;
  }
  return undefined;
}
