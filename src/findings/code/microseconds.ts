import type { Expr } from '../../elixir/ast.ts';
import { childrenOf, everyExpr, findExpr } from '../../elixir/children.ts';
import { callName } from '../../elixir/module.ts';
import type { FindingContext } from '../context.ts';
import type { ExprRule } from '../rule.ts';
import { remoteCall } from './calls.ts';
import type { Fragment } from './fragment.ts';

const precise = new Set(['DateTime.utc_now', 'DateTime.now!', 'NaiveDateTime.utc_now', 'Time.utc_now', 'Timex.now']);
/** Functions that take values as they are; what goes through `cast` loses its microseconds there. */
const taking = new Set(['change', 'put_change', 'force_change', 'insert_all', 'update_all']);

/** Now, with its microseconds, put into a field of whole seconds: Ecto 2 cut them off, Ecto 3 raises. */
export const microsecondsRule: ExprRule = {
  kind: 'expr',
  topic: 'ecto-3-code',
  since: '1.4.0',
  until: null,
  message:
    'the field holds whole seconds, and Ecto 3 raises for microseconds: DateTime.truncate(value, :second), or a type that ends in _usec',
  mentions: /(?:DateTime|\bTime|\bTimex)\.(?:utc_now|now)/,
  tells: /:(?:utc_datetime|naive_datetime|time)\b|\btimestamps\b/,
  settled: onEcto3,
  found: (expr, fragment, { secondsFields }) => preciseValues(fragment, secondsFields).has(expr),
};

const known = new WeakMap<Fragment, ReadonlySet<Expr>>();

/** The values with microseconds that a piece of code puts into such fields. */
function preciseValues(fragment: Fragment, fields: ReadonlySet<string>): ReadonlySet<Expr> {
  const seen = known.get(fragment);
  if (seen) return seen;
  const bound = boundNames(fragment);
  const rows = insertedRows(fragment);
  const found = fragment.exprs.flatMap((expr) =>
    assigned(expr, rows).filter(({ field, value }) => fields.has(field) && isPrecise(value, fragment, bound)),
  );
  const values = new Set(found.map(({ value }) => value));
  known.set(fragment, values);
  return values;
}

/** Names that stand for now, `now = DateTime.utc_now()`, wherever they are bound. */
function boundNames(fragment: Fragment): ReadonlySet<string> {
  const bindings = fragment.exprs.flatMap((expr) =>
    expr.kind === 'binary' && expr.operator === '=' && expr.left.kind === 'identifier'
      ? [{ name: expr.left.name, precise: isPrecise(expr.right, fragment, new Set()) }]
      : [],
  );
  const others = new Set(bindings.filter((one) => !one.precise).map(({ name }) => name));
  return new Set(bindings.filter((one) => one.precise && !others.has(one.name)).map(({ name }) => name));
}

/** Maps that a function may make for its `insert_all`, which takes rows as they are. */
function insertedRows({ exprs }: Fragment): ReadonlySet<Expr> {
  const functions = exprs.filter((expr) => /^defp?$/.test(callName(expr) ?? '')).map((expr) => everyExpr([expr]));
  const inserting = functions.filter((all) => all.some((expr) => callName(expr)?.split('.').at(-1) === 'insert_all'));
  return new Set(inserting.flat().filter(({ kind }) => kind === 'map'));
}

/** Fields with what an expression gives them: by keywords, by position, in a struct or a row. */
function assigned(expr: Expr, rows: ReadonlySet<Expr>): { field: string; value: Expr }[] {
  if (expr.kind === 'map') {
    const updates = expr.items.some((item) => item.kind === 'binary' && item.operator === '|');
    return expr.struct === null && !updates && !rows.has(expr) ? [] : pairs(childrenOf(expr));
  }
  if (expr.kind !== 'call' || !taking.has(callName(expr)?.split('.').at(-1) ?? '')) return [];
  const byPosition = expr.args.flatMap((arg, at) => {
    const value = expr.args[at + 1];
    return arg.kind === 'atom' && value ? [{ field: arg.name, value }] : [];
  });
  return [...byPosition, ...pairs(expr.args)];
}

function pairs(exprs: readonly Expr[]): { field: string; value: Expr }[] {
  return everyExpr(exprs).flatMap((one) => (one.kind === 'pair' ? [{ field: one.name, value: one.value }] : []));
}

function isPrecise(value: Expr, fragment: Fragment, bound: ReadonlySet<string>): boolean {
  if (findExpr([value], (one) => isCall(one, fragment, (name) => name.endsWith('.truncate')))) return false;
  if (value.kind === 'identifier') return bound.has(value.name);
  return findExpr([value], (one) => isCall(one, fragment, (name) => precise.has(name)) && !isCut(one)) !== undefined;
}

/** `DateTime.utc_now(:second)` */
function isCut(expr: Expr): boolean {
  return expr.kind === 'call' && expr.args.some((arg) => arg.kind === 'atom' && arg.name === 'second');
}

function isCall(expr: Expr, fragment: Fragment, fits: (name: string) => boolean): boolean {
  const call = remoteCall(expr, fragment);
  return call !== undefined && fits(`${call.module}.${call.name}`);
}

/** Whether the project's lock, or without one its deps, have Ecto 3: then what it does works. */
function onEcto3({ locked, build }: FindingContext): boolean {
  const version = locked.get('ecto');
  if (version !== undefined) return !/^[0-2]\./.test(version);
  return build.hasDep('ecto_sql');
}
