import { Atom, Float } from '../../quoted/term.ts';
import type { Budget } from '../budget.ts';
import { Refusal } from '../refusal.ts';
import { floatText, inspect } from './inspect.ts';
import { field, structName } from './map.ts';
import { isoText } from './moment.ts';
import { type Bytes, binaryOf, bytesOf, ElixirMap, isBinary, isList, type Value } from './value.ts';

/** Binaries one after the other; halves of a character come together again. */
export function joinBinaries(parts: readonly (string | Bytes)[], budget: Budget): string | Bytes {
  for (const part of parts) budget.made(typeof part === 'string' ? part.length : part.bytes.length);
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return binaryOf(Buffer.concat(parts.map(bytesOf)));
}

/** `to_string(value)`. Throws `Refusal` for structs whose text is not known. */
export function textOf(value: Value, budget: Budget): string | Bytes {
  if (isBinary(value)) return value;
  if (value instanceof Atom) return atomText(value.name);
  if (typeof value === 'number') return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (isList(value)) return ioData(value, budget);
  if (structName(value) === 'Version') return versionText(value);
  const moment = value instanceof ElixirMap ? isoText(value, ' ') : null;
  if (moment !== null) return moment;
  throw new Refusal('unknown', `to_string of ${inspect(value)}`);
}

/** `nil` has no text, a module has its full name. */
function atomText(name: string): string {
  return name === 'nil' ? '' : name;
}

/** A list of binaries, bytes and such lists as one binary. A number is a character. */
export function ioData(value: Value, budget: Budget): string | Bytes {
  const parts: (string | Bytes)[] = [];
  gather(value, parts, budget);
  return joinBinaries(parts, budget);
}

function gather(value: Value, parts: (string | Bytes)[], budget: Budget): void {
  budget.step();
  if (isBinary(value)) parts.push(value);
  else if (typeof value === 'number') parts.push(String.fromCodePoint(value));
  else if (isList(value)) for (const item of value) budget.deeper(() => gather(item, parts, budget));
  else throw new Refusal('unknown', `${inspect(value)} in a list of text`);
}

function versionText(version: Value): string {
  const at = (name: string): Value => field(version as never, name) as Value;
  const pre = at('pre');
  const suffix = isList(pre) && pre.length > 0 ? `-${pre.map((part) => String(part)).join('.')}` : '';
  const build = at('build');
  return `${at('major')}.${at('minor')}.${at('patch')}${suffix}${typeof build === 'string' ? `+${build}` : ''}`;
}

/** The text of a binary; throws `Refusal` for one that is none. */
export function plainText(value: Value | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw new Refusal('unknown', `${what} of ${inspect(value ?? [])}`);
}
