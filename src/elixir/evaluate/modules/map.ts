import { Atom, nil, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { HostModule } from '../evaluator.ts';
import { elements } from '../values/enumerable.ts';
import { inspect } from '../values/inspect.ts';
import { dropKey, getKey, hasKey, mapOf, putKey } from '../values/map.ts';
import { isEqual, sortedPairs } from '../values/order.ts';
import { bool, type Value } from '../values/value.ts';
import { listArg, mapArg, ok, pairArg } from './arguments.ts';

export const mapModule: HostModule = {
  name: 'Map',
  functions: {
    'delete/2': ([map, key]) => dropKey(mapArg(map), key as Value),
    'drop/2': ([map, keys]) => listArg(keys).reduce(dropKey, mapArg(map)),
    'fetch/2': ([map, key]) => {
      const value = getKey(mapArg(map), key as Value);
      return value === undefined ? Atom.of('error') : ok(value);
    },
    'fetch!/2': ([map, key]) => {
      const value = getKey(mapArg(map), key as Value);
      if (value === undefined) throw exception('KeyError', `key ${inspect(key ?? nil)} not found`);
      return value;
    },
    'get/2': ([map, key]) => getKey(mapArg(map), key as Value) ?? nil,
    'get/3': ([map, key, value]) => getKey(mapArg(map), key as Value) ?? (value as Value),
    'has_key?/2': ([map, key]) => bool(hasKey(mapArg(map), key as Value)),
    'keys/1': ([map]) => sortedPairs(mapArg(map)).map(([key]) => key),
    'merge/2': ([map, other]) => mapOf([...mapArg(map).entries.values(), ...mapArg(other).entries.values()]),
    'new/0': () => mapOf([]),
    'new/1': ([items]) => mapOf(elements(items as Value).map(pairArg)),
    'new/2': ([items, fun], machine) =>
      mapOf(elements(items as Value).map((item) => pairArg(machine.apply(fun as Value, [item])))),
    'put/3': ([map, key, value]) => putKey(mapArg(map), key as Value, value as Value),
    'put_new/3': ([map, key, value]) =>
      hasKey(mapArg(map), key as Value) ? (map as Value) : putKey(mapArg(map), key as Value, value as Value),
    'equal?/2': ([map, other]) => bool(isEqual(mapArg(map), mapArg(other))),
    'replace!/3': ([map, key, value]) => {
      if (!hasKey(mapArg(map), key as Value)) throw exception('KeyError', `key ${inspect(key ?? nil)} not found`);
      return putKey(mapArg(map), key as Value, value as Value);
    },
    'take/2': ([map, keys]) =>
      mapOf(
        listArg(keys).flatMap((key) =>
          hasKey(mapArg(map), key) ? [[key, getKey(mapArg(map), key) as Value] as const] : [],
        ),
      ),
    'to_list/1': ([map]) => sortedPairs(mapArg(map)).map(([key, value]) => new Tuple<Value>([key, value])),
    'update!/3': ([map, key, fun], machine) => {
      const value = getKey(mapArg(map), key as Value);
      if (value === undefined) throw exception('KeyError', `key ${inspect(key ?? nil)} not found`);
      return putKey(mapArg(map), key as Value, machine.apply(fun as Value, [value]));
    },
    'values/1': ([map]) => sortedPairs(mapArg(map)).map(([, value]) => value),
  },
};
