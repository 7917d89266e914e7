import type { CallExpr, Expr } from '../elixir/ast.ts';
import { display } from '../elixir/canonical.ts';
import { everyExpr } from '../elixir/children.ts';
import { callName } from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';

/**
 * The fields that a resource was generated with, as they are given to `mix`: those of its schema that its changeset casts, in that
 * order. A field that its pages do not know came later: `web` is what they say, empty for a resource without any. A text of several
 * lines is one only in the form of it, or in `migrations`, those of its table.
 */
export function fieldsOf(
  schema: string,
  { web, migrations }: { readonly web: string; readonly migrations: string },
): string[] {
  const calls = everyExpr(parse(schema).body).filter((expr): expr is CallExpr => expr.kind === 'call');
  const types = new Map(calls.flatMap((call) => (callName(call) === 'field' ? fieldIn(call) : [])));
  const cast = calls.find((call) => callName(call) === 'cast');
  const order = (cast?.args ?? []).flatMap((arg) => (arg.kind === 'list' ? arg.items.flatMap(atomIn) : []));
  const known = order.filter((name) => types.has(name));
  const shown = known.filter((name) => new RegExp(`\\b${name}\\b`).test(web));
  const unique = new Set(
    calls.filter((call) => callName(call) === 'unique_constraint').flatMap(({ args }) => args.flatMap(atomIn)),
  );
  return (shown.length > 0 ? shown : known).map((name) => {
    const type = isLong(name, web + migrations) && types.get(name) === 'string' ? 'text' : types.get(name);
    return `${name}:${type}${unique.has(name) ? ':unique' : ''}`;
  });
}

function atomIn(expr: Expr): string[] {
  return expr.kind === 'atom' ? [expr.name] : [];
}

/** Names and types that a generator knows; a key of another table is none of its forms'. */
function fieldIn({ args: [name, type, options] }: CallExpr): [string, string][] {
  if (name?.kind !== 'atom') return [];
  const written = type === undefined ? 'string' : typeIn(display(type), options === undefined ? '' : display(options));
  return written === null ? [] : [[name.name, written]];
}

const types =
  /^(?:integer|float|decimal|boolean|map|string|date|time|time_usec|naive_datetime|naive_datetime_usec|utc_datetime|utc_datetime_usec|binary)$/;

function typeIn(type: string, options: string): string | null {
  if (options.includes('virtual: true')) return null;
  if (type === 'Ecto.UUID') return 'uuid';
  if (type === 'Ecto.Enum') {
    const values = /values: \[([^\]]*)\]/.exec(options)?.[1]?.match(/\w+/g) ?? [];
    return values.length === 0 ? null : `enum:${values.join(':')}`;
  }
  const [, array, plain] = /^(?:\{:array, :(\w+)\}|:(\w+))$/.exec(type) ?? [];
  const name = array ?? plain ?? '';
  if (!types.test(name)) return null;
  return array === undefined ? name : `array:${name}`;
}

/** Whether a field holds several lines: the schema has it as a string. */
function isLong(name: string, texts: string): boolean {
  return new RegExp(`textarea[^\\n]*:${name}\\b|:${name}\\b[^\\n]*textarea|add :${name}, :text\\b`).test(texts);
}
