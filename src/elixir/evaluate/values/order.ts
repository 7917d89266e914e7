import { Atom, Float, Tuple } from '../../quoted/term.ts';
import { Bytes, bytesOf, ElixirMap, Fun, isBinary, isList, type Value } from './value.ts';

/** Equal terms have the same key, others different ones; for the keys of a JavaScript map. */
export function keyOf(value: Value): unknown {
  if (value instanceof Atom || typeof value === 'number' || value instanceof Fun) return value;
  if (typeof value === 'string') return value;
  return `\u{10ffff}${textKey(value)}`;
}

function textKey(value: Value): string {
  if (value instanceof Atom) return `:${JSON.stringify(value.name)}`;
  if (typeof value === 'number') return String(value);
  if (value instanceof Float) return `f${value.value}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Bytes) return `<<${value.bytes.join()}>>`;
  if (isList(value)) return `[${value.map(textKey).join()}]`;
  if (value instanceof Tuple) return `{${value.items.map(textKey).join()}}`;
  if (value instanceof ElixirMap) return `%{${[...value.entries.values()].map(pairKey).sort().join()}}`;
  return 'fun';
}

function pairKey([key, value]: readonly [Value, Value]): string {
  return `${textKey(key)}=>${textKey(value)}`;
}

export function isEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof Float && typeof b === 'number') return a.value === b;
  if (typeof a === 'number' && b instanceof Float) return a === b.value;
  return isCompound(a) && isCompound(b) && keyOf(a) === keyOf(b);
}

function isCompound(value: Value): boolean {
  return typeof value === 'object' && !(value instanceof Atom) && !(value instanceof Fun);
}

/** Elixir's order of all terms: number, atom, function, tuple, map, list, binary. */
export function compareValues(a: Value, b: Value): number {
  const [kindA, kindB] = [rank(a), rank(b)];
  if (kindA !== kindB) return kindA - kindB;
  if (kindA === 0) return numeric(a) - numeric(b);
  if (a instanceof Atom && b instanceof Atom) return compareBytes(a.name, b.name);
  if (a instanceof Tuple && b instanceof Tuple) return sized(a.items as readonly Value[], b.items as readonly Value[]);
  if (a instanceof ElixirMap && b instanceof ElixirMap) return compareMaps(a, b);
  if (isList(a) && isList(b)) return compareItems(a, b) || a.length - b.length;
  if (isBinary(a) && isBinary(b)) return compareBytes(a, b);
  return 0;
}

function rank(value: Value): number {
  if (typeof value === 'number' || value instanceof Float) return 0;
  if (value instanceof Atom) return 1;
  if (value instanceof Fun) return 2;
  if (value instanceof Tuple) return 3;
  if (value instanceof ElixirMap) return 4;
  return isList(value) ? 5 : 6;
}

function numeric(value: Value): number {
  return value instanceof Float ? value.value : Number(value);
}

function compareBytes(a: string | Bytes, b: string | Bytes): number {
  return Buffer.compare(bytesOf(a), bytesOf(b));
}

function sized(a: readonly Value[], b: readonly Value[]): number {
  return a.length - b.length || compareItems(a, b);
}

function compareItems(a: readonly Value[], b: readonly Value[]): number {
  for (const [index, item] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 0;
    const order = compareValues(item, other);
    if (order !== 0) return order;
  }
  return 0;
}

function compareMaps(a: ElixirMap, b: ElixirMap): number {
  const [pairsA, pairsB] = [sortedPairs(a), sortedPairs(b)];
  const keys = sized(
    pairsA.map(([key]) => key),
    pairsB.map(([key]) => key),
  );
  const values = compareItems(
    pairsA.map(([, value]) => value),
    pairsB.map(([, value]) => value),
  );
  return keys || values;
}

/** Key and value, in the order of keys. */
export function sortedPairs(map: ElixirMap): (readonly [Value, Value])[] {
  return [...map.entries.values()].sort(([a], [b]) => compareValues(a, b));
}
