import { Atom, nil, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostModule } from '../evaluator.ts';
import { elements } from '../values/enumerable.ts';
import { inspect } from '../values/inspect.ts';
import { keywordValue } from '../values/map.ts';
import { bool, isList, type Value } from '../values/value.ts';
import { atomArg, listArg, ok, pairArg } from './arguments.ts';

type Args = readonly Value[];

function has(list: Value | undefined, key: Value | undefined): boolean {
  return listArg(list).some((item) => pairArg(item)[0] === key);
}

function find(list: Value | undefined, key: Value | undefined): Value | undefined {
  return keywordValue(listArg(list), atomArg(key).name);
}

function without(list: Value | undefined, key: Value | undefined): Value[] {
  return listArg(list).filter((item) => pairArg(item)[0] !== key);
}

function put(list: Value | undefined, key: Value | undefined, value: Value): Value {
  return [new Tuple<Value>([atomArg(key), value]), ...without(list, key)];
}

function keptKeys([list, keys]: Args, isKept: boolean): Value {
  const wanted = new Set(listArg(keys));
  return listArg(list).filter((item) => wanted.has(pairArg(item)[0]) === isKept);
}

/** What the second has replaces what the first has of the same keys. */
function merge([first, second]: Args): Value {
  const replaced = new Set(listArg(second).map((item) => pairArg(item)[0]));
  return [...listArg(first).filter((item) => !replaced.has(pairArg(item)[0])), ...listArg(second)];
}

function fetchOrRaise([list, key]: Args): Value {
  const value = find(list, key);
  if (value === undefined)
    throw exception('KeyError', `key ${inspect(key ?? nil)} not found in: ${inspect(list ?? nil)}`);
  return value;
}

export const keywordModule: HostModule = {
  name: 'Keyword',
  functions: {
    'delete/2': ([list, key]) => without(list, key),
    'drop/2': (args) => keptKeys(args, false),
    'fetch/2': ([list, key]) => {
      const value = find(list, key);
      return value === undefined ? Atom.of('error') : ok(value);
    },
    'fetch!/2': fetchOrRaise,
    'get/2': ([list, key]) => find(list, key) ?? nil,
    'get/3': ([list, key, value]) => find(list, key) ?? (value as Value),
    'get_lazy/3': ([list, key, fun], machine) => find(list, key) ?? machine.apply(fun as Value, []),
    'has_key?/2': ([list, key]) => bool(has(list, key)),
    'keys/1': ([list]) => listArg(list).map((item) => pairArg(item)[0]),
    'keyword?/1': ([list]) => bool(isList(list ?? nil)),
    'merge/2': merge,
    'new/0': () => [],
    'new/2': ([items, fun], machine) =>
      merge([[], elements(items as Value).map((item) => machine.apply(fun as Value, [item]))]),
    'pop/2': ([list, key]) => new Tuple<Value>([find(list, key) ?? nil, without(list, key)]),
    'pop/3': ([list, key, value]) => new Tuple<Value>([find(list, key) ?? (value as Value), without(list, key)]),
    'put/3': ([list, key, value]) => put(list, key, value as Value),
    'put_new/3': ([list, key, value]) =>
      has(list, key) ? (list as Value) : [new Tuple<Value>([atomArg(key), value as Value]), ...listArg(list)],
    'put_new_lazy/3': ([list, key, fun], machine) =>
      has(list, key)
        ? (list as Value)
        : [new Tuple<Value>([atomArg(key), machine.apply(fun as Value, [])]), ...listArg(list)],
    'split/2': (args) => new Tuple<Value>([keptKeys(args, true), keptKeys(args, false)]),
    'take/2': (args) => keptKeys(args, true),
    'values/1': ([list]) => listArg(list).map((item) => pairArg(item)[1]),
  },
};
