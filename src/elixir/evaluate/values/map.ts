import { Atom, Tuple } from '../../quoted/term.ts';
import { keyOf } from './order.ts';
import { ElixirMap, isList, type Value } from './value.ts';

const structKey = Atom.of('__struct__');

/** A map of these pairs; the last of two with one key counts. */
export function mapOf(pairs: Iterable<readonly [Value, Value]>): ElixirMap {
  const entries = new Map<unknown, readonly [Value, Value]>();
  for (const [key, value] of pairs) entries.set(keyOf(key), [key, value]);
  return new ElixirMap(entries);
}

/** `%Name{…}`; fields by their name. */
export function structOf(module: string, fields: Readonly<Record<string, Value>>): ElixirMap {
  const named = Object.entries(fields).map(([name, value]): [Value, Value] => [Atom.of(name), value]);
  return mapOf([[structKey, Atom.of(`Elixir.${module}`)], ...named]);
}

export function getKey(map: ElixirMap, key: Value): Value | undefined {
  return map.entries.get(keyOf(key))?.[1];
}

/** A field by its name. */
export function field(map: ElixirMap, name: string): Value | undefined {
  return map.entries.get(Atom.of(name))?.[1];
}

export function hasKey(map: ElixirMap, key: Value): boolean {
  return map.entries.has(keyOf(key));
}

export function putKey(map: ElixirMap, key: Value, value: Value): ElixirMap {
  return new ElixirMap(new Map(map.entries).set(keyOf(key), [key, value]));
}

export function dropKey(map: ElixirMap, key: Value): ElixirMap {
  const entries = new Map(map.entries);
  entries.delete(keyOf(key));
  return new ElixirMap(entries);
}

/** Alias of a struct's module, `Version`; null for a plain map. */
export function structName(value: Value): string | null {
  const module = value instanceof ElixirMap ? value.entries.get(structKey)?.[1] : undefined;
  return module instanceof Atom ? module.name.replace(/^Elixir\./, '') : null;
}

/** The value of an atom key in a keyword list: the first counts. */
export function keywordValue(list: Value, name: string): Value | undefined {
  if (!isList(list)) return undefined;
  const key = Atom.of(name);
  for (const item of list) if (item instanceof Tuple && item.items[0] === key) return item.items[1] as Value;
  return undefined;
}
