import { Atom, type Quoted, Tuple } from '../../quoted/term.ts';
import type { Evaluator } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { type Scope, variableKey } from '../scope.ts';
import { getKey, structName } from '../values/map.ts';
import { isEqual } from '../values/order.ts';
import { binaryOf, bytesOf, ElixirMap, isBinary, isList, type Value } from '../values/value.ts';
import { asCall, asVariable, type Call, callNamed } from './shape.ts';

/**
 * Binds the variables of a pattern, or says that the value does not match; a variable that stands twice must be the same
 * both times. Throws `Refusal` for patterns it does not know.
 */
export function matchPattern(pattern: Quoted, value: Value, scope: Scope, machine: Evaluator): boolean {
  return new Matching(scope, machine).match(pattern, value);
}

class Matching {
  readonly #scope: Scope;
  readonly #machine: Evaluator;
  readonly #bound = new Map<string, Value>();

  constructor(scope: Scope, machine: Evaluator) {
    this.#scope = scope;
    this.#machine = machine;
  }

  match(pattern: Quoted, value: Value): boolean {
    this.#machine.budget.step();
    if (Array.isArray(pattern)) return isList(value) && this.#list(pattern, value);
    if (!(pattern instanceof Tuple)) return isEqual(pattern as Value, value);
    if (pattern.items.length === 2) return this.#tuple(pattern.items, value);
    const variable = asVariable(pattern);
    if (variable !== null) return this.#variable(variable, value);
    const call = asCall(pattern);
    if (call === null) throw new Refusal('unknown', 'a pattern that is a remote call');
    return this.#call(call, pattern, value);
  }

  #variable({ name, context }: { name: string; context: Quoted }, value: Value): boolean {
    if (name === '_') return true;
    if (name.startsWith('__')) return isEqual(this.#machine.evaluate(asTuple(name), this.#scope), value);
    const key = variableKey(name, context);
    const before = this.#bound.get(key);
    if (before !== undefined) return isEqual(before, value);
    this.#bound.set(key, value);
    this.#scope.set(key, value);
    return true;
  }

  #tuple(patterns: readonly Quoted[], value: Value): boolean {
    return value instanceof Tuple && value.items.length === patterns.length && this.#all(patterns, value.items);
  }

  #all(patterns: readonly Quoted[], values: readonly Value[]): boolean {
    return patterns.every((pattern, index) => this.match(pattern, values[index] as Value));
  }

  #list(patterns: readonly Quoted[], values: readonly Value[]): boolean {
    const cons = callNamed(patterns.at(-1), '|');
    if (cons === null) return patterns.length === values.length && this.#all(patterns, values);
    const heads = [...patterns.slice(0, -1), cons.args[0] as Quoted];
    if (values.length < heads.length || !this.#all(heads, values)) return false;
    this.#machine.budget.made(values.length - heads.length);
    return this.match(cons.args[1] as Quoted, values.slice(heads.length));
  }

  #call(call: Call, pattern: Quoted, value: Value): boolean {
    const [first, second] = call.args as [Quoted, Quoted];
    switch (call.name) {
      case '{}':
        return this.#tuple(call.args, value);
      case '=':
        return this.match(first, value) && this.match(second, value);
      case '^':
        return isEqual(this.#machine.evaluate(first, this.#scope), value);
      case '%{}':
        return this.#map(call.args, value);
      case '%':
        return this.#struct(first, second, value);
      case '<<>>':
        return this.#binary(call.args, value);
      case '<>':
        return this.#prefix(first, second, value);
      case 'var!':
        return this.match(new Tuple<Quoted>([(first as Tuple<Quoted>).items[0] as Quoted, [], Atom.of('nil')]), value);
      default:
        return this.#evaluated(call, pattern, value);
    }
  }

  /** Bytes one by one, binaries that stand there or have a size, and one for the rest: `<<first, two::binary-size(2), "-", rest::binary>>`. */
  #binary(segments: readonly Quoted[], value: Value): boolean {
    if (!isBinary(value)) return false;
    const bytes = bytesOf(value);
    let at = 0;
    for (const segment of segments) {
      const length = this.#lengthOf(segment) ?? bytes.length - at;
      if (at + length > bytes.length) return false;
      const part = bytes.subarray(at, at + length);
      const typed = callNamed(segment, '::');
      const isByte = typed === null && typeof segment !== 'string';
      const matched = isByte ? (part[0] as Value) : binaryOf(part);
      if (!this.match(typed === null ? segment : (typed.args[0] as Quoted), matched)) return false;
      at += length;
    }
    return at === bytes.length;
  }

  /** How many bytes a segment stands for; null for all that are left. */
  #lengthOf(segment: Quoted): number | null {
    if (typeof segment === 'string') return bytesOf(segment).length;
    const type = callNamed(segment, '::')?.args[1];
    if (type === undefined) return 1;
    const parts = callNamed(type, '-')?.args ?? [type];
    const size = parts.map((part) => callNamed(part, 'size')).find((call) => call !== null);
    if (!parts.some(isBinaryType)) throw new Refusal('unknown', 'a segment that is no binary');
    if (size === undefined) return null;
    const length = this.#machine.evaluate(size.args[0] as Quoted, this.#scope);
    if (typeof length !== 'number') throw new Refusal('unknown', 'a segment of such a size');
    return length;
  }

  /** Constants: aliases, attributes, sigils, signs; macros expand to patterns. */
  #evaluated({ name }: Call, pattern: Quoted, value: Value): boolean {
    const expanded = this.#machine.expandOnce(pattern, this.#scope);
    if (expanded !== null) return this.match(expanded, value);
    if (!constants.has(name) && !name.startsWith('sigil_')) throw new Refusal('unknown', `the pattern ${name}`);
    return isEqual(this.#machine.evaluate(pattern, this.#scope), value);
  }

  #map(pairs: readonly Quoted[], value: Value): boolean {
    if (!(value instanceof ElixirMap)) return false;
    return pairs.every((pair) => {
      const [key, pattern] = (pair as Tuple<Quoted>).items as [Quoted, Quoted];
      const pinned = callNamed(key, '^');
      const item = getKey(value, this.#machine.evaluate(pinned?.args[0] ?? key, this.#scope));
      return item !== undefined && this.match(pattern, item);
    });
  }

  #struct(name: Quoted, map: Quoted, value: Value): boolean {
    const struct = structName(value);
    if (struct === null) return false;
    const variable = asVariable(name);
    const module = Atom.of(`Elixir.${struct}`);
    const fits =
      variable !== null && variable.name !== '__MODULE__'
        ? this.match(name, module)
        : this.#machine.evaluate(name, this.#scope) === module;
    return fits && this.#map(callNamed(map, '%{}')?.args ?? [], value);
  }

  #prefix(prefix: Quoted, rest: Quoted, value: Value): boolean {
    const start = this.#machine.evaluate(prefix, this.#scope);
    if (typeof start !== 'string' || typeof value !== 'string' || !value.startsWith(start)) return false;
    return this.match(rest, value.slice(start.length));
  }
}

const constants = new Set(['__aliases__', '@', '-', '+', '..', '__block__']);

function asTuple(name: string): Quoted {
  return new Tuple<Quoted>([Atom.of(name), [], Atom.of('nil')]);
}

function isBinaryType(type: Quoted | undefined): boolean {
  const name = type === undefined ? undefined : asVariable(type)?.name;
  return name === 'binary' || name === 'bytes';
}
