import { Atom, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import { inspect } from '../values/inspect.ts';
import { type Bytes, ElixirMap, isBinary, isList, type Value } from '../values/value.ts';

/** Arguments of a library function, each as the kind it must be; an `ArgumentError` for any other. */
function wrong(kind: string, value: Value | undefined): never {
  throw exception('ArgumentError', `expected ${kind}, got: ${value === undefined ? 'nothing' : inspect(value)}`);
}

export function textArg(value: Value | undefined): string {
  return typeof value === 'string' ? value : wrong('a text', value);
}

export function binaryArg(value: Value | undefined): string | Bytes {
  return value !== undefined && isBinary(value) ? value : wrong('a binary', value);
}

export function listArg(value: Value | undefined): readonly Value[] {
  return value !== undefined && isList(value) ? value : wrong('a list', value);
}

export function numberArg(value: Value | undefined): number {
  return typeof value === 'number' ? value : wrong('an integer', value);
}

export function atomArg(value: Value | undefined): Atom {
  return value instanceof Atom ? value : wrong('an atom', value);
}

export function mapArg(value: Value | undefined): ElixirMap {
  return value instanceof ElixirMap ? value : wrong('a map', value);
}

export function pairArg(value: Value | undefined): readonly [Value, Value] {
  if (value instanceof Tuple && value.items.length === 2) return value.items as unknown as [Value, Value];
  return wrong('a pair', value);
}

/** `{:ok, value}` */
export function ok(value: Value): Value {
  return new Tuple<Value>([Atom.of('ok'), value]);
}

/** `{:error, :reason}` */
export function failed(reason: string): Value {
  return new Tuple<Value>([Atom.of('error'), Atom.of(reason)]);
}
