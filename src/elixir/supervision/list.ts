import type { CallExpr, Expr, ListExpr } from '../ast.ts';
import type { Bindings } from '../canonical.ts';
import { type Branch, branchesOf } from '../condition.ts';
import { callName } from '../module.ts';

/** Local names as they are bound at one place; a rebound name shadows the older one, which its value may use. */
export interface Scope {
  readonly name: string;
  readonly value: Expr;
  readonly before: Scope | null;
}

/** What one place adds to a list: an item of a literal list, or an expression that nobody can look into. */
export interface Part {
  readonly expr: Expr;
  /** The literal list that holds the item; null for an expression that stands for a whole list. */
  readonly list: ListExpr | null;
  /** Conditions under which it counts, displayed; null where it always does. */
  readonly condition: string | null;
}

/** A list as far as the syntax tells: its parts in order, and the literal lists that always count. */
export interface Composition {
  readonly parts: readonly Part[];
  readonly lists: readonly ListExpr[];
}

/** Adds the names that a statement binds. */
export function bind(scope: Scope | null, statement: Expr): Scope | null {
  if (statement.kind !== 'binary' || statement.operator !== '=' || statement.left.kind !== 'identifier') return scope;
  return { name: statement.left.name, value: statement.right, before: scope };
}

/** The scope as `display` takes it: the latest value of each name. */
export function bindingsOf(scope: Scope | null): Bindings {
  const bindings = new Map<string, Expr>();
  for (let at = scope; at !== null; at = at.before) if (!bindings.has(at.name)) bindings.set(at.name, at.value);
  return bindings;
}

/** The nearest binding of a name. */
export function lookUp(scope: Scope | null, name: string): Scope | null {
  for (let at = scope; at !== null; at = at.before) if (at.name === name) return at;
  return null;
}

/** Takes a list expression apart: `++`, `Enum.concat`, `[a | rest]`, `if`, `case`, pipes and bound names. */
export function composition(expr: Expr, scope: Scope | null): Composition {
  const found = shared(partsOf(expr, { scope, conditions: [] })).map(({ conditions, ...part }) => {
    return { ...part, condition: conditions.length > 0 ? conditions.join(' and ') : null };
  });
  return { parts: found.filter((part) => part.expr !== part.list), lists: found.flatMap(literalList) };
}

/** What several branches have in common (`if x, do: list ++ [A], else: list`) counts whichever is taken. */
function shared(parts: readonly FoundPart[]): FoundPart[] {
  const first = new Map<Expr, FoundPart>();
  for (const part of parts) {
    const known = first.get(part.expr)?.conditions ?? part.conditions;
    first.set(part.expr, { ...part, conditions: known.filter((one) => part.conditions.includes(one)) });
  }
  return [...first.values()];
}

function literalList(part: Part): ListExpr[] {
  return part.expr === part.list && part.condition === null ? [part.list] : [];
}

interface Place {
  readonly scope: Scope | null;
  /** What must hold to come here, outer conditions first. */
  readonly conditions: readonly string[];
}

interface FoundPart extends Pick<Part, 'expr' | 'list'> {
  readonly conditions: readonly string[];
}

/** A literal list comes first as a part of its own, then its items: even an empty list is a place. */
function partsOf(expr: Expr, place: Place): FoundPart[] {
  switch (expr.kind) {
    case 'list':
      return listParts(expr, place);
    case 'identifier': {
      const bound = lookUp(place.scope, expr.name);
      return bound ? partsOf(bound.value, { ...place, scope: bound.before }) : [opaque(expr, place)];
    }
    case 'binary':
      return binaryParts(expr.operator, expr.left, expr.right, place) ?? [opaque(expr, place)];
    case 'block':
      return bodyParts(expr.body, place);
    case 'call':
      return callParts(expr, place) ?? [opaque(expr, place)];
    default:
      return [opaque(expr, place)];
  }
}

function opaque(expr: Expr, place: Place): FoundPart {
  return { expr, list: null, conditions: place.conditions };
}

function listParts(list: ListExpr, place: Place): FoundPart[] {
  const items = list.items.flatMap((item): FoundPart[] => {
    if (item.kind === 'binary' && item.operator === '|') {
      return [...itemParts(item.left, list, place), ...partsOf(item.right, place)];
    }
    return itemParts(item, list, place);
  });
  return [{ expr: list, list, conditions: place.conditions }, ...items];
}

/** An item of a list; `if(dev?, do: Child)` in it is the child under a condition. */
function itemParts(item: Expr, list: ListExpr, place: Place): FoundPart[] {
  const branches = item.kind === 'call' ? armsOf(item, place) : null;
  if (branches === null) return [{ expr: item, list, conditions: place.conditions }];
  return branches.flatMap(({ body, conditions }) => {
    const last = body.at(-1);
    const nothing = last === undefined || (last.kind === 'atom' && last.name === 'nil');
    return nothing ? [] : [{ expr: last, list: null, conditions }];
  });
}

function binaryParts(operator: string, left: Expr, right: Expr, place: Place): FoundPart[] | null {
  if (operator === '++') return [...partsOf(left, place), ...partsOf(right, place)];
  if (operator === '|>' && right.kind === 'call') {
    return callParts({ ...right, args: [left, ...right.args] }, place, right);
  }
  if (operator === '=') return partsOf(right, place);
  return null;
}

/** Functions that put lists one behind the other. */
const joining = new Set(['Enum.concat', 'Kernel.++', 'List.flatten']);
/** Functions that only drop items. */
const filtering = new Set(['Enum.reject', 'Enum.filter']);

/** `shown` is the call as written, where a pipe gave it its first argument. */
function callParts(call: CallExpr, place: Place, shown: CallExpr = call): FoundPart[] | null {
  const name = callName(call);
  const [first] = call.args;
  if (name !== undefined && joining.has(name)) return call.args.flatMap((arg) => joinedParts(arg, place));
  if (name !== undefined && filtering.has(name) && first) return partsOf(first, place);
  const branches = armsOf(call, place);
  if (branches !== null) {
    return branches.flatMap(({ body, conditions }) => bodyParts(body, { ...place, conditions }));
  }
  // `add_importer(children)`: what the function does with the list is its own affair, the list itself is known.
  if (first === undefined || !holdsChildren(first, place.scope)) return null;
  return [...partsOf(first, place), opaque(shown, place)];
}

function armsOf(call: CallExpr, place: Place): (Pick<Branch, 'body'> & Pick<Place, 'conditions'>)[] | null {
  const arms = branchesOf(call, null, bindingsOf(place.scope)) ?? undefined;
  return arms?.map(({ body, condition }) => ({ body, conditions: [...place.conditions, condition] })) ?? null;
}

function lookUpIdentifier(expr: Expr, scope: Scope | null): Scope | null {
  return expr.kind === 'identifier' ? lookUp(scope, expr.name) : null;
}

/** `Enum.concat([a, b])` and `List.flatten([a, b])` join the lists inside the list. */
function joinedParts(arg: Expr, place: Place): FoundPart[] {
  if (arg.kind !== 'list') return partsOf(arg, place);
  const inner = listParts(arg, place).flatMap((part) => {
    const nested = part.expr !== arg && isList(part.expr, place.scope);
    return nested ? partsOf(part.expr, { ...place, conditions: part.conditions }) : [part];
  });
  const outer = arg.items.some((item) => isList(item, place.scope));
  return outer ? inner.filter((part) => part.expr !== arg) : inner;
}

/** Whether a value looks like a list of children rather than like options or names. */
function holdsChildren(expr: Expr, scope: Scope | null): boolean {
  if (expr.kind === 'list') return expr.items.some((item) => item.kind === 'alias' || item.kind === 'tuple');
  if (expr.kind === 'binary' && (expr.operator === '++' || expr.operator === '|>')) {
    return holdsChildren(expr.left, scope) || holdsChildren(expr.right, scope);
  }
  const bound = lookUpIdentifier(expr, scope);
  return bound !== null && holdsChildren(bound.value, bound.before);
}

function isList(expr: Expr, scope: Scope | null): boolean {
  if (expr.kind === 'list' || (expr.kind === 'binary' && expr.operator === '++')) return true;
  const bound = lookUpIdentifier(expr, scope);
  return bound !== null && isList(bound.value, bound.before);
}

function bodyParts(body: readonly Expr[], place: Place): FoundPart[] {
  const last = body.at(-1);
  if (last === undefined) return [];
  const scope = body.slice(0, -1).reduce(bind, place.scope);
  return partsOf(last, { ...place, scope });
}
