import { unescaped } from '../../quoted/escapes.ts';
import { charlist } from '../../quoted/strings.ts';
import { Atom, nil, type Quoted, Tuple } from '../../quoted/term.ts';
import { exception, noMatch } from '../errors.ts';
import type { Evaluator, Form, FormCall, Forms } from '../evaluator.ts';
import { pairArg } from '../modules/arguments.ts';
import { timeOf } from '../modules/calendar.ts';
import { libraryModule } from '../modules/modules.ts';
import { regexOf } from '../modules/regex.ts';
import { Refusal } from '../refusal.ts';
import { elements } from '../values/enumerable.ts';
import { inspect } from '../values/inspect.ts';
import { getKey, hasKey, mapOf, putKey } from '../values/map.ts';
import { joinBinaries } from '../values/text.ts';
import { binaryOf, ElixirMap, isBinary, isList, type Value } from '../values/value.ts';
import { callNamed } from './shape.ts';

function block({ args, scope }: FormCall, machine: Evaluator): Value {
  let value: Value = nil;
  for (const item of args) value = machine.evaluate(item, scope);
  return value;
}

function assign({ args, scope }: FormCall, machine: Evaluator): Value {
  const value = machine.evaluate(args[1] as Quoted, scope);
  if (!machine.match(args[0] as Quoted, value, scope)) throw noMatch(value);
  return value;
}

function tuple({ args, scope }: FormCall, machine: Evaluator): Value {
  return new Tuple(args.map((arg) => machine.evaluate(arg, scope)));
}

/** `%{…}` and `%{map | key: value}` */
function map({ args, scope }: FormCall, machine: Evaluator): Value {
  const update = callNamed(args[0], '|');
  if (update === null) return mapOf(pairs(args, { args, scope, name: '', meta: [] }, machine));
  const [base, changes] = update.args as [Quoted, Quoted];
  const value = machine.evaluate(base, scope);
  if (!(value instanceof ElixirMap)) throw exception('BadMapError', `expected a map, got: ${inspect(value)}`);
  return pairs(changes as readonly Quoted[], { args, scope, name: '', meta: [] }, machine).reduce(replaceKey, value);
}

function pairs(items: readonly Quoted[], { scope }: FormCall, machine: Evaluator): [Value, Value][] {
  return items.map((item) => {
    const [key, value] = (item as Tuple<Quoted>).items as [Quoted, Quoted];
    return [machine.evaluate(key, scope), machine.evaluate(value, scope)];
  });
}

function replaceKey(before: ElixirMap, [key, value]: readonly [Value, Value]): ElixirMap {
  if (!hasKey(before, key)) throw exception('KeyError', `key ${inspect(key)} not found in: ${inspect(before)}`);
  return putKey(before, key, value);
}

const structKey = Atom.of('__struct__');

/** `%Name{…}`: the fields that are not given have their defaults. */
function struct({ args, scope }: FormCall, machine: Evaluator): Value {
  const module = machine.evaluate(args[0] as Quoted, scope);
  const given = machine.evaluate(args[1] as Quoted, scope);
  if (!(module instanceof Atom) || !(given instanceof ElixirMap))
    throw new Refusal('unknown', 'a struct without a name');
  if (callNamed(args[1], '%{}')?.args[0] !== undefined && callNamed(callNamed(args[1], '%{}')?.args[0], '|')) {
    if (getKey(given, structKey) !== module) throw noMatch(given);
    return given;
  }
  const defaults = structFields(module, machine);
  return [...given.entries.values()].reduce(replaceKey, mapOf([[structKey, module], ...defaults]));
}

/** `struct!(Name, key: value)` */
function builtStruct({ args, scope }: FormCall, machine: Evaluator): Value {
  const [module, given] = args.map((arg) => machine.evaluate(arg, scope));
  if (!(module instanceof Atom)) throw new Refusal('unknown', 'struct! of no module');
  return elements(given as Value)
    .map(pairArg)
    .reduce(replaceKey, mapOf([[structKey, module], ...structFields(module, machine)]));
}

function structFields(module: Atom, machine: Evaluator): readonly (readonly [Value, Value])[] {
  const own = machine.userModule(module.name)?.struct;
  const names = own ? null : libraryModule(module.name)?.struct;
  if (!own && !names) throw new Refusal('unknown', `%${inspect(module)}{}`);
  return own ?? (names ?? []).map((name): [Value, Value] => [Atom.of(name), nil]);
}

/** A string with interpolation; other segments than binaries and bytes are not known. */
function binary({ args, scope }: FormCall, machine: Evaluator): Value {
  const parts = args.map((arg) => {
    const segment = callNamed(arg, '::');
    const value = machine.evaluate(segment?.args[0] ?? arg, scope);
    if (typeof value === 'number' && segment === null) return binaryOf(Uint8Array.of(value));
    if (!isBinary(value)) throw new Refusal('unknown', 'bitstrings');
    return value;
  });
  return joinBinaries(parts, machine.budget);
}

function aliases({ args, scope }: FormCall, machine: Evaluator): Value {
  return machine.expandAlias(args, scope);
}

/** The text of a sigil; those of lower case know escapes. */
function sigilText({ args, scope, name }: FormCall, machine: Evaluator): string {
  const isLower = /^sigil_[a-z]$/.test(name);
  const parts = callNamed(args[0], '<<>>')?.args ?? [];
  const read = parts.map((part) => (typeof part === 'string' && isLower ? unescaped(part) : part));
  const value = binary({ args: read, scope, name, meta: [] }, machine);
  if (typeof value !== 'string') throw new Refusal('unknown', `${name} of bytes`);
  return value;
}

function modifiersOf({ args }: FormCall): string {
  return (args[1] as readonly number[]).map((code) => String.fromCharCode(code)).join('');
}

const wordForms: Readonly<Record<string, (word: string) => Value>> = {
  a: (word) => Atom.of(word),
  c: (word) => charlist(word),
  s: (word) => word,
};

function words(call: FormCall, machine: Evaluator): Value {
  const form = wordForms[modifiersOf(call) || 's'];
  if (!form) throw new Refusal('unknown', `~w with ${modifiersOf(call)}`);
  return sigilText(call, machine)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(form);
}

/** The escapes of a regular expression are its own. */
function regex(call: FormCall, machine: Evaluator): Value {
  const asWritten = { ...call, name: 'sigil_R' };
  return regexOf(sigilText(asWritten, machine), modifiersOf(call));
}

const time: Form = (call, machine) => timeOf(sigilText(call, machine));

const chars: Form = (call, machine) => charlist(sigilText(call, machine));

function range({ args, scope }: FormCall, machine: Evaluator): Value {
  const [first, last] = args.map((arg) => machine.evaluate(arg, scope));
  return machine.remote(Atom.of('Elixir.Range'), 'new', [first as Value, last as Value]);
}

function within({ args, scope }: FormCall, machine: Evaluator): Value {
  const [item, list] = args.map((arg) => machine.evaluate(arg, scope));
  if (!isList(list ?? nil) && !(list instanceof ElixirMap)) throw new Refusal('unknown', 'in of no list');
  return machine.remote(Atom.of('Elixir.Enum'), 'member?', [list as Value, item as Value]);
}

export const dataSpecials: Forms = {
  __block__: block,
  '=': assign,
  '{}': tuple,
  '%{}': map,
  '%': struct,
  '<<>>': binary,
  __aliases__: aliases,
};

export const dataForms: Forms = {
  '..': range,
  in: within,
  'struct!': builtStruct,
  sigil_T: time,
  sigil_s: sigilText,
  sigil_S: sigilText,
  sigil_w: words,
  sigil_W: words,
  sigil_r: regex,
  sigil_R: regex,
  sigil_c: chars,
  sigil_C: chars,
};
