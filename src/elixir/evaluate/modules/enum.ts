import { Atom, nil, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { elements } from '../values/enumerable.ts';
import { mapOf } from '../values/map.ts';
import { compareValues, isEqual } from '../values/order.ts';
import { joinBinaries, textOf } from '../values/text.ts';
import { type Bytes, bool, ElixirMap, isList, isTruthy, type Value } from '../values/value.ts';
import { numberArg, pairArg } from './arguments.ts';

type Args = readonly Value[];

function items([first]: Args, machine: Evaluator): readonly Value[] {
  const list = elements(first as Value);
  machine.budget.step(list.length);
  machine.budget.made(list.length);
  return list;
}

function holds(machine: Evaluator, fun: Value | undefined) {
  return (item: Value): boolean => isTruthy(machine.apply(fun as Value, [item]));
}

function join(parts: readonly Value[], separator: Value | undefined, machine: Evaluator): Value {
  const texts = parts.map((part) => textOf(part, machine.budget));
  const between = textOf(separator ?? '', machine.budget);
  const spaced = texts.flatMap((text, index): (string | Bytes)[] => (index === 0 ? [text] : [between, text]));
  return joinBinaries(spaced, machine.budget);
}

function reduce(list: readonly Value[], initial: Value, fun: Value | undefined, machine: Evaluator): Value {
  let value = initial;
  for (const item of list) value = machine.apply(fun as Value, [item, value]);
  return value;
}

function slice(list: readonly Value[], start: Value | undefined, count: Value | undefined): Value {
  const from = numberArg(start);
  const begin = from < 0 ? Math.max(0, list.length + from) : from;
  return list.slice(begin, begin + numberArg(count));
}

function largest(args: Args, machine: Evaluator): Value {
  const [, by] = args;
  const list = items(args, machine);
  const order = by === undefined ? compareValues : comparing(by, machine);
  const [first, ...rest] = list;
  if (first === undefined) throw exception('Enum.EmptyError', 'empty error');
  return rest.reduce((best, item) => (order(item, best) > 0 ? item : best), first);
}

/** A module with `compare/2`, as `Version` has it. */
function comparing(by: Value, machine: Evaluator) {
  const signs: Record<string, number> = { lt: -1, eq: 0, gt: 1 };
  return (a: Value, b: Value): number => {
    const order = machine.remote(by as Atom, 'compare', [a, b]);
    return signs[(order as Atom).name] ?? 0;
  };
}

function sorted(list: readonly Value[], by: (item: Value) => Value = (item) => item): Value[] {
  return list
    .map((item): [Value, Value] => [by(item), item])
    .sort(([a], [b]) => compareValues(a, b))
    .map(([, item]) => item);
}

/** `Enum.into` a list, a map or keywords. */
function into([from, target]: Args, machine: Evaluator): Value {
  const list = items([from as Value], machine);
  if (target instanceof ElixirMap) return mapOf([...target.entries.values(), ...list.map(pairArg)]);
  return isList(target ?? nil) ? [...(target as readonly Value[]), ...list] : list;
}

function distinct(list: readonly Value[]): Value[] {
  return list.filter((item, index) => list.findIndex((other) => isEqual(other, item)) === index);
}

function chunk(list: readonly Value[], size: number): Value[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

export const enumModule: HostModule = {
  name: 'Enum',
  functions: {
    'all?/2': (args, machine) => bool(items(args, machine).every(holds(machine, args[1]))),
    'any?/1': (args, machine) => bool(items(args, machine).some(isTruthy)),
    'any?/2': (args, machine) => bool(items(args, machine).some(holds(machine, args[1]))),
    'at/2': (args, machine) => items(args, machine).at(numberArg(args[1])) ?? nil,
    'chunk_every/2': (args, machine) => chunk(items(args, machine), Math.max(1, numberArg(args[1]))),
    'concat/1': (args, machine) => items(args, machine).flatMap((item) => elements(item)),
    'concat/2': (args, machine) => [...items(args, machine), ...elements(args[1] as Value)],
    'count/1': (args, machine) => items(args, machine).length,
    'drop/2': (args, machine) => slide(items(args, machine), numberArg(args[1]), 'drop'),
    'each/2': (args, machine) => {
      for (const item of items(args, machine)) machine.apply(args[1] as Value, [item]);
      return Atom.of('ok');
    },
    'empty?/1': (args, machine) => bool(items(args, machine).length === 0),
    'filter/2': (args, machine) => items(args, machine).filter(holds(machine, args[1])),
    'find/2': (args, machine) => items(args, machine).find(holds(machine, args[1])) ?? nil,
    'find/3': (args, machine) => items(args, machine).find(holds(machine, args[2])) ?? (args[1] as Value),
    'find_value/2': (args, machine) => findValue(items(args, machine), nil, args[1], machine),
    'find_value/3': (args, machine) => findValue(items(args, machine), args[1] as Value, args[2], machine),
    'flat_map/2': (args, machine) =>
      items(args, machine).flatMap((item) => elements(machine.apply(args[1] as Value, [item]))),
    'into/2': into,
    'into/3': ([from, target, fun], machine) =>
      into(
        [items([from as Value], machine).map((item) => machine.apply(fun as Value, [item])), target as Value],
        machine,
      ),
    'intersperse/2': (args, machine) =>
      items(args, machine).flatMap((item, index) => (index === 0 ? [item] : [args[1] as Value, item])),
    'join/1': (args, machine) => join(items(args, machine), '', machine),
    'join/2': (args, machine) => join(items(args, machine), args[1], machine),
    'map/2': (args, machine) => items(args, machine).map((item) => machine.apply(args[1] as Value, [item])),
    'map_join/2': (args, machine) => mapJoin(args, '', args[1], machine),
    'map_join/3': (args, machine) => mapJoin(args, args[1], args[2], machine),
    'max/1': largest,
    'max/2': largest,
    'member?/2': (args, machine) => bool(items(args, machine).some((item) => isEqual(item, args[1] as Value))),
    'reduce/3': (args, machine) => reduce(items(args, machine), args[1] as Value, args[2], machine),
    'reject/2': (args, machine) => items(args, machine).filter((item) => !holds(machine, args[1])(item)),
    'reverse/1': (args, machine) => items(args, machine).toReversed(),
    'slice/3': (args, machine) => slice(items(args, machine), args[1], args[2]),
    'sort/1': (args, machine) => sorted(items(args, machine)),
    'sort_by/2': (args, machine) => sorted(items(args, machine), (item) => machine.apply(args[1] as Value, [item])),
    'split_with/2': (args, machine) => {
      const [list, test] = [items(args, machine), holds(machine, args[1])];
      const fits = list.map(test);
      return new Tuple<Value>([list.filter((_, index) => fits[index]), list.filter((_, index) => !fits[index])]);
    },
    'take/2': (args, machine) => slide(items(args, machine), numberArg(args[1]), 'take'),
    'to_list/1': items,
    'uniq/1': (args, machine) => distinct(items(args, machine)),
    'uniq_by/2': (args, machine) => {
      const list = items(args, machine);
      const keys = list.map((item) => machine.apply(args[1] as Value, [item]));
      return list.filter((_, index) => keys.findIndex((key) => isEqual(key, keys[index] as Value)) === index);
    },
    'with_index/1': (args, machine) => items(args, machine).map((item, index) => new Tuple<Value>([item, index])),
    'with_index/2': (args, machine) =>
      items(args, machine).map((item, index) => new Tuple<Value>([item, index + numberArg(args[1])])),
    'zip/2': (args, machine) => {
      const others = elements(args[1] as Value);
      const list = items(args, machine).slice(0, others.length);
      return list.map((item, index) => new Tuple<Value>([item, others[index] as Value]));
    },
  },
};

/** A negative count is counted from the end. */
function slide(list: readonly Value[], count: number, kind: 'drop' | 'take'): Value {
  if (kind === 'drop') return count < 0 ? list.slice(0, count) : list.slice(count);
  return count < 0 ? list.slice(count) : list.slice(0, count);
}

function findValue(list: readonly Value[], otherwise: Value, fun: Value | undefined, machine: Evaluator): Value {
  for (const item of list) {
    const value = machine.apply(fun as Value, [item]);
    if (isTruthy(value)) return value;
  }
  return otherwise;
}

function mapJoin(args: Args, separator: Value | undefined, fun: Value | undefined, machine: Evaluator): Value {
  const parts = items(args, machine).map((item) => machine.apply(fun as Value, [item]));
  return join(parts, separator, machine);
}
