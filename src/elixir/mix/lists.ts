import type { Expr } from '../ast.ts';
import { callName } from '../module.ts';
import { branchesOf, clausesOf } from './branches.ts';
import { followed, type Scoped } from './scope.ts';

/** An element of a list that may be put together from several. */
export interface ListedExpr extends Scoped {
  /** The list literal that it stands in. */
  readonly list: Expr;
  /** When it counts; null for always. */
  readonly condition: string | null;
}

/** The elements of a list, and the expressions that may add others. */
export interface Gathered {
  readonly elements: readonly ListedExpr[];
  readonly unknown: readonly Expr[];
}

const nothing: Gathered = { elements: [], unknown: [] };

/**
 * The elements of a list wherever they stand: in a literal, an attribute, a variable, a function, joined by
 * `++`, or under `if`, `case` or a function's clauses, whose condition is noted. Trailing keywords are pairs.
 */
export function gather(start: Scoped, condition: string | null = null, depth = 0): Gathered {
  const { expr, scope } = followed(start);
  if (depth > 20) return { elements: [], unknown: [expr] };
  const again = (one: Expr, when = condition) => gather({ expr: one, scope }, when, depth + 1);
  if (expr.kind === 'list') {
    const items = expr.items.flatMap((item): readonly Expr[] => (item.kind === 'keywords' ? item.pairs : [item]));
    return { elements: items.flatMap((item) => chosen({ expr: item, scope, list: expr, condition })), unknown: [] };
  }
  if (expr.kind === 'binary' && expr.operator === '++') return joined([again(expr.left), again(expr.right)]);
  const wrapping = wrapperOf(expr);
  if (wrapping) {
    const inside = joined(wrapping.lists.map((list) => again(list)));
    return wrapping.joins ? flattened(inside, depth) : inside;
  }
  if (expr.kind === 'binary' && (expr.operator === '|>' || expr.operator === '--')) {
    const { elements, unknown } = again(expr.left);
    return { elements, unknown: [...unknown, expr.right] };
  }
  // What a function makes of a list that it is given may be another one, but begins with these elements.
  const given = () => argumentList(expr, (one) => again(one).elements);
  const branches = expr.kind === 'call' ? (branchesOf(expr) ?? clausesOf(expr, scope)) : null;
  if (branches === null) return { elements: given(), unknown: [expr] };
  const parts = branches.map(({ condition: own, body }) => {
    const last = body.at(-1);
    if (last === undefined || isNil(last)) return nothing;
    return again(last, both(condition, own));
  });
  const { elements, unknown } = joined(parts);
  return elements.length === 0 && unknown.length > 0
    ? { elements: given(), unknown }
    : { elements: onceEach(parts, condition), unknown };
}

/** An element that a function or a condition chooses, `phoenix_dep()`: each that it may come to, under its condition. */
function chosen(element: ListedExpr): readonly ListedExpr[] {
  const { expr, scope } = followed(element);
  const branches = expr.kind === 'call' ? (branchesOf(expr) ?? clausesOf(expr, scope)) : null;
  const found = (branches ?? []).flatMap(({ condition: own, body }): ListedExpr[] => {
    const last = body.at(-1);
    const kind = last && followed({ expr: last, scope }).expr.kind;
    if (last === undefined || (kind !== 'tuple' && kind !== 'pair')) return [];
    return [{ ...element, expr: last, scope, condition: both(element.condition, own) }];
  });
  return found.length > 0 ? found : [element];
}

function both(condition: string | null, own: string | null): string | null {
  return condition === null || own === null ? (own ?? condition) : `${condition} and ${own}`;
}

/** What is found in the first argument that has any: `deps()` of `with_lock(deps())`. */
function argumentList<T>(expr: Expr, find: (argument: Expr) => readonly T[]): readonly T[] {
  const args = expr.kind === 'call' && !expr.block ? expr.args : [];
  for (const arg of args) {
    const found = arg.kind === 'keywords' ? [] : find(arg);
    if (found.length > 0) return found;
  }
  return [];
}

/** A call that gives the elements of its lists: `joins` where elements may be lists of such elements. */
interface Wrapper {
  readonly lists: readonly Expr[];
  readonly joins: boolean;
}

const joining = new Set(['List.flatten', 'Enum.concat']);
const choosing = new Set(['Enum.filter', 'Enum.reject', 'Enum.uniq', 'Enum.uniq_by', 'Enum.sort', 'List.wrap']);

/** `List.flatten(list)`, also behind a pipe; null for another expression. */
function wrapperOf(expr: Expr): Wrapper | null {
  if (expr.kind === 'binary' && expr.operator === '|>') {
    const name = callName(expr.right) ?? '';
    const args = expr.right.kind === 'call' ? expr.right.args : [];
    return joining.has(name) || choosing.has(name)
      ? { lists: [expr.left, ...(joining.has(name) ? args : [])], joins: joining.has(name) }
      : null;
  }
  if (expr.kind !== 'call') return null;
  const name = callName(expr) ?? '';
  if (joining.has(name)) return { lists: expr.args, joins: true };
  const [list] = expr.args;
  return choosing.has(name) && list ? { lists: [list], joins: false } : null;
}

/** The elements of the lists among some elements in their place. */
function flattened({ elements, unknown }: Gathered, depth: number): Gathered {
  const parts = elements.map((found): Gathered => {
    const { expr } = followed(found);
    const isElement = expr.kind === 'tuple' || expr.kind === 'pair' || isNil(expr);
    return isElement
      ? { elements: isNil(expr) ? [] : [found], unknown: [] }
      : flattened(gather(found, found.condition, depth + 1), depth + 1);
  });
  return joined([{ elements: [], unknown }, ...parts]);
}

/** The elements of all branches: one that several branches have, as with `if a, do: list ++ more, else: list`, once. */
function onceEach(branches: readonly Gathered[], condition: string | null): readonly ListedExpr[] {
  const found = new Map<Expr, ListedExpr>();
  for (const element of branches.flatMap(({ elements }) => elements)) {
    const inAll = branches.every(({ elements }) => elements.some(({ expr }) => expr === element.expr));
    const known = found.get(element.expr);
    if (!known) found.set(element.expr, inAll ? { ...element, condition } : element);
    else if (!inAll) found.set(element.expr, { ...known, condition: `${known.condition} or ${element.condition}` });
  }
  return [...found.values()];
}

function joined(parts: readonly Gathered[]): Gathered {
  return { elements: parts.flatMap((part) => part.elements), unknown: parts.flatMap((part) => part.unknown) };
}

function isNil(expr: Expr): boolean {
  return expr.kind === 'atom' && expr.name === 'nil';
}

/** The list literals that always count, in order, of a list that may be put together from several. */
export function literalLists(start: Scoped, depth = 0): readonly Expr[] {
  const { expr, scope } = followed(start);
  if (expr.kind === 'list') return [expr];
  const wrapper = wrapperOf(expr);
  if (depth > 20) return [];
  if (wrapper) return wrapper.lists.flatMap((list) => literalLists({ expr: list, scope }, depth + 1));
  const inside = (one: Expr) => literalLists({ expr: one, scope }, depth + 1);
  if (expr.kind === 'call' && branchesOf(expr) === null) return argumentList(expr, inside);
  if (expr.kind !== 'binary') return [];
  const left = inside(expr.left);
  if (expr.operator === '|>' || expr.operator === '--') return left;
  return expr.operator === '++' ? [...left, ...inside(expr.right)] : [];
}
