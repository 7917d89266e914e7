import { Atom, type Float, nil, no, type Tuple, yes } from '../../quoted/term.ts';

/** Bytes that are no UTF-8. A binary that is valid UTF-8 is always a string, so that each has one form. */
export class Bytes {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** A function value: an `fn`, a capture, or one of this library. */
export class Fun {
  readonly arity: number;
  readonly call: (args: readonly Value[]) => Value;

  constructor(arity: number, call: (args: readonly Value[]) => Value) {
    this.arity = arity;
    this.call = call;
  }
}

/** `%{…}` and structs, by the keys that `keyOf` makes; never changed once made. `map.ts` reads and makes them. */
export class ElixirMap {
  readonly entries: ReadonlyMap<unknown, readonly [Value, Value]>;

  constructor(entries: ReadonlyMap<unknown, readonly [Value, Value]>) {
    this.entries = entries;
  }
}

/** Every value that evaluated code can hold. A list is an array; integers are safe JavaScript integers. */
export type Value = Atom | Float | number | string | Bytes | readonly Value[] | Tuple<Value> | ElixirMap | Fun;

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** Everything but `nil` and `false` is true. */
export function isTruthy(value: Value): boolean {
  return value !== nil && value !== no;
}

export function bool(value: boolean): Atom {
  return value ? yes : no;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The binary of these bytes. */
export function binaryOf(bytes: Uint8Array): string | Bytes {
  try {
    return decoder.decode(bytes);
  } catch {
    return new Bytes(bytes);
  }
}

export function bytesOf(binary: string | Bytes): Uint8Array {
  return typeof binary === 'string' ? encoder.encode(binary) : binary.bytes;
}

export function isBinary(value: Value): value is string | Bytes {
  return typeof value === 'string' || value instanceof Bytes;
}

/** `:ok` */
export function atom(name: string): Atom {
  return Atom.of(name);
}
