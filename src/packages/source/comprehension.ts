import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { keywordPairs } from '../../elixir/options.ts';

/** What names stand for in the body of a comprehension: each of these, one after the other. */
export type Bindings = ReadonlyMap<string, readonly string[]>;

export const noBindings: Bindings = new Map();

/**
 * The body of `for` or `Enum.each` at the level of a module and what its pattern binds there, where the list can be read: a literal,
 * or an attribute that holds one. Names that cannot be told are not bound.
 */
export function boundBy(
  call: CallExpr,
  attributes: ReadonlyMap<string, Expr>,
): { readonly body: readonly Expr[]; readonly bound: Bindings } {
  const bound = new Map<string, readonly string[]>();
  const [list, last] = call.args;
  const clause = last?.kind === 'fn' ? last.clauses[0] : undefined;
  if (clause?.kind === 'clause' && list) {
    bind(clause.args[0], list, attributes, bound);
    return { body: clause.body, bound };
  }
  for (const generator of call.args) {
    if (generator.kind !== 'binary' || generator.operator !== '<-') continue;
    bind(generator.left, generator.right, attributes, bound);
  }
  const inline = keywordPairs(last)?.find((pair) => pair.name === 'do')?.value;
  return { body: call.block?.body ?? (inline ? [inline] : []), bound };
}

function bind(
  pattern: Expr | undefined,
  list: Expr,
  attributes: ReadonlyMap<string, Expr>,
  bound: Map<string, readonly string[]>,
): void {
  const rows = rowsOf(list, attributes);
  if (rows === null || pattern === undefined) return;
  const parts = pattern.kind === 'tuple' ? pattern.items : [pattern];
  parts.forEach((part, at) => {
    const column = rows.map((row) => row[at] ?? null);
    if (part.kind === 'identifier' && column.every((one) => one !== null)) bound.set(part.name, column);
  });
}

/** The names in each element of a list; null stands for what is no name, and for a list that cannot be read. */
function rowsOf(expr: Expr, attributes: ReadonlyMap<string, Expr>): (string | null)[][] | null {
  if (expr.kind === 'unary' && expr.operator === '@' && expr.operand.kind === 'identifier') {
    const held = attributes.get(expr.operand.name);
    return held === undefined ? null : rowsOf(held, attributes);
  }
  if (expr.kind === 'sigil' && /^w$/i.test(expr.name) && typeof expr.parts[0] === 'string')
    return expr.parts[0]
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => [word]);
  const pairs = keywordPairs(expr);
  if (pairs !== null) return pairs.map((pair) => [pair.name, literalName(pair.value)]);
  if (expr.kind !== 'list') return null;
  return expr.items.map((item) => (item.kind === 'tuple' ? item.items.map(literalName) : [literalName(item)]));
}

function literalName(expr: Expr): string | null {
  return expr.kind === 'atom' && !expr.name.includes('#{') ? expr.name : null;
}

/** The names that the name of a definition stands for; null where only running the code would tell. */
export function namesOf(name: string | Expr, bindings: Bindings): readonly string[] | null {
  if (typeof name === 'string') return [name];
  if (name.kind === 'identifier') return bindings.get(name.name) ?? null;
  const literal = literalName(name);
  return literal === null ? null : [literal];
}
