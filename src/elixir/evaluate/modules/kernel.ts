import { Atom, Float, nil, no, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostFunction, HostModule } from '../evaluator.ts';
import { inspect } from '../values/inspect.ts';
import { compareValues, isEqual } from '../values/order.ts';
import { joinBinaries, textOf } from '../values/text.ts';
import { binaryOf, bool, bytesOf, ElixirMap, Fun, isBinary, isList, type Value } from '../values/value.ts';
import { atomArg, binaryArg, listArg, mapArg, numberArg, textArg } from './arguments.ts';
import { isMatch } from './regex.ts';

function is(test: (value: Value) => boolean): HostFunction {
  return ([value]) => bool(test(value as Value));
}

function compared(test: (order: number) => boolean): HostFunction {
  return ([a, b]) => bool(test(compareValues(a as Value, b as Value)));
}

function calculated(calculate: (a: number, b: number) => number): HostFunction {
  return ([a, b]) => {
    const value = calculate(numberArg(a), numberArg(b));
    if (!Number.isSafeInteger(value)) throw exception('ArithmeticError', 'a number too large');
    return value;
  };
}

/** The first of each element of `other` is taken out. */
function subtracted(list: readonly Value[], other: readonly Value[]): Value[] {
  const left = [...list];
  for (const item of other) {
    const index = left.findIndex((candidate) => isEqual(candidate, item));
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}

function part(binary: Value | undefined, start: number, length: number): Value {
  return binaryOf(bytesOf(binaryArg(binary)).subarray(start, start + length));
}

const tests: HostModule['functions'] = {
  'is_atom/1': is((value) => value instanceof Atom),
  'is_binary/1': is(isBinary),
  'is_boolean/1': is((value) => value instanceof Atom && (value.name === 'true' || value.name === 'false')),
  'is_function/1': is((value) => value instanceof Fun),
  'is_function/2': ([value, arity]) => bool(value instanceof Fun && value.arity === arity),
  'is_integer/1': is((value) => typeof value === 'number'),
  'is_list/1': is(isList),
  'is_map/1': is((value) => value instanceof ElixirMap),
  'is_nil/1': is((value) => value === nil),
  'is_number/1': is((value) => typeof value === 'number' || value instanceof Float),
  'is_tuple/1': is((value) => value instanceof Tuple),
};

const operators: HostModule['functions'] = {
  '!=/2': ([a, b]) => bool(!isEqual(a as Value, b as Value)),
  '!==/2': ([a, b]) => bool(!isEqual(a as Value, b as Value)),
  '==/2': ([a, b]) => bool(isEqual(a as Value, b as Value)),
  '===/2': ([a, b]) => bool(isEqual(a as Value, b as Value)),
  '=~/2': ([text, pattern], machine) => bool(isMatch(textArg(text), pattern as Value, machine)),
  '</2': compared((order) => order < 0),
  '<=/2': compared((order) => order <= 0),
  '>/2': compared((order) => order > 0),
  '>=/2': compared((order) => order >= 0),
  '+/2': calculated((a, b) => a + b),
  '-/1': ([value]) => -numberArg(value),
  '-/2': calculated((a, b) => a - b),
  '*/2': calculated((a, b) => a * b),
  '++/2': ([a, b], { budget }) => {
    budget.made(listArg(a).length + listArg(b).length);
    return [...listArg(a), ...listArg(b)];
  },
  '--/2': ([a, b]) => subtracted(listArg(a), listArg(b)),
  '<>/2': ([a, b], { budget }) => joinBinaries([binaryArg(a), binaryArg(b)], budget),
  'div/2': calculated((a, b) => Math.trunc(a / b)),
  'not/1': ([value]) => bool(value === no),
  'rem/2': calculated((a, b) => a % b),
};

export const kernelModule: HostModule = {
  name: 'Kernel',
  functions: {
    ...tests,
    ...operators,
    'apply/2': ([fun, args], machine) => machine.apply(fun as Value, listArg(args)),
    'apply/3': ([module, name, args], machine) => machine.remote(atomArg(module), atomArg(name).name, listArg(args)),
    'binary_part/3': ([binary, start, length]) => part(binary, numberArg(start), numberArg(length)),
    'byte_size/1': ([binary]) => bytesOf(binaryArg(binary)).length,
    'elem/2': ([tuple, index]) => (tuple as Tuple<Value>).items[numberArg(index)] ?? nil,
    'function_exported?/3': ([module, name, arity], machine) =>
      bool(machine.exports(atomArg(module), atomArg(name).name, numberArg(arity))),
    'hd/1': ([list]) => listArg(list)[0] ?? nil,
    'inspect/1': ([value]) => inspect(value as Value),
    'inspect/2': ([value]) => inspect(value as Value),
    'length/1': ([list]) => listArg(list).length,
    'map_size/1': ([map]) => mapArg(map).entries.size,
    'max/2': ([a, b]) => (compareValues(a as Value, b as Value) >= 0 ? (a as Value) : (b as Value)),
    'min/2': ([a, b]) => (compareValues(a as Value, b as Value) <= 0 ? (a as Value) : (b as Value)),
    'tl/1': ([list]) => listArg(list).slice(1),
    'to_charlist/1': ([value], machine) => machine.remote(Atom.of('Elixir.List'), 'to_charlist', [value as Value]),
    'to_string/1': ([value], { budget }) => textOf(value as Value, budget),
    'tuple_size/1': ([tuple]) => (tuple as Tuple<Value>).items.length,
  },
};
