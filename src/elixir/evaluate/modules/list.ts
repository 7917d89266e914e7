import { charlist } from '../../quoted/strings.ts';
import { Atom, nil, Tuple } from '../../quoted/term.ts';
import type { HostModule } from '../evaluator.ts';
import { isEqual } from '../values/order.ts';
import { ioData } from '../values/text.ts';
import { bool, isList, type Value } from '../values/value.ts';
import { listArg, numberArg, textArg } from './arguments.ts';

function flat(list: readonly Value[]): Value[] {
  return list.flatMap((item) => (isList(item) ? flat(item) : [item]));
}

function keyAt(item: Value, position: Value | undefined): Value | undefined {
  return item instanceof Tuple ? (item.items as readonly Value[])[numberArg(position)] : undefined;
}

/** The tuple of a list that has a value at a position. */
function findTuple([list, key, position]: readonly Value[]): Value | undefined {
  return listArg(list).find((item) => {
    const value = keyAt(item, position);
    return value !== undefined && isEqual(value, key as Value);
  });
}

export const listModule: HostModule = {
  name: 'List',
  functions: {
    'delete_at/2': ([list, at]) => listArg(list).toSpliced(numberArg(at), 1),
    'duplicate/2': ([item, count], { budget }) => {
      budget.made(numberArg(count));
      return new Array<Value>(numberArg(count)).fill(item as Value);
    },
    'first/1': ([list]) => listArg(list)[0] ?? nil,
    'flatten/1': ([list]) => flat(listArg(list)),
    'keyfind/3': (args) => findTuple(args) ?? nil,
    'keymember?/3': (args) => bool(findTuple(args) !== undefined),
    'last/1': ([list]) => listArg(list).at(-1) ?? nil,
    'to_charlist/1': ([value], { budget }) => charlist(textArg(ioData(value as Value, budget))),
    'to_integer/1': ([list], { budget }) => Number(textArg(ioData(list as Value, budget))),
    'to_string/1': ([list], { budget }) => ioData(list as Value, budget),
    'to_tuple/1': ([list]) => new Tuple(listArg(list)),
    'wrap/1': ([value]) => (isList(value as Value) ? (value as Value) : value === nil ? [] : [value as Value]),
  },
};

export const tupleModule: HostModule = {
  name: 'Tuple',
  functions: { 'to_list/1': ([tuple]) => (tuple as Tuple<Value>).items },
};

/** `list[key]` and `map[key]` */
export const accessModule: HostModule = {
  name: 'Access',
  functions: {
    'get/2': ([container, key], machine) => {
      if (container === nil) return nil;
      const module = isList(container as Value) ? 'Keyword' : 'Map';
      return machine.remote(Atom.of(`Elixir.${module}`), 'get', [container as Value, key as Value]);
    },
  },
};
