import { Atom, Float, nil, no, Tuple, yes } from '../../quoted/term.ts';
import type { Budget } from '../budget.ts';
import { exception } from '../errors.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { inspect } from '../values/inspect.ts';
import { mapOf, structOf } from '../values/map.ts';
import { isoText } from '../values/moment.ts';
import { sortedPairs } from '../values/order.ts';
import { ioData, textOf } from '../values/text.ts';
import { ElixirMap, isList, type Value } from '../values/value.ts';
import { failed, ok, textArg } from './arguments.ts';

/** `GET` alone, answered by the environment. */
function request([method, target]: readonly Value[], { environment, budget }: Evaluator): Value {
  const url = target instanceof Tuple ? (target.items[0] as Value) : '';
  const body = method === Atom.of('get') ? environment.fetch(textArg(ioData(url, budget))) : null;
  if (body === null) return failed('no_network');
  budget.made(body.length);
  const status = new Tuple<Value>(['HTTP/1.1', 200, 'OK']);
  return ok(new Tuple<Value>([status, [], body]));
}

export const httpModule: HostModule = {
  name: ':httpc',
  functions: { 'request/4': request, 'set_options/1': () => Atom.of('ok') },
};

export const publicKeyModule: HostModule = {
  name: ':public_key',
  functions: { 'cacerts_get/0': () => [], 'pkix_verify_hostname_match_fun/1': () => nil },
};

export const certificatesModule: HostModule = { name: 'CAStore', functions: { 'file_path/0': () => '/cacerts.pem' } };

/** JSON as Elixir terms; objects have texts for keys. */
function termOf(json: unknown, budget: Budget): Value {
  budget.step();
  if (json === null) return nil;
  if (typeof json === 'boolean') return json ? yes : no;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : new Float(json);
  if (typeof json === 'string') return json;
  if (Array.isArray(json)) return json.map((item) => termOf(item, budget));
  return mapOf(Object.entries(json as object).map(([key, value]): [Value, Value] => [key, termOf(value, budget)]));
}

function decode([text]: readonly Value[], machine: Evaluator): Value {
  try {
    return termOf(JSON.parse(textArg(text)), machine.budget);
  } catch (error) {
    if (error instanceof SyntaxError) throw exception('JSON.DecodeError', error.message);
    throw error;
  }
}

/** A term as JSON of the shortest form. */
function jsonOf(value: Value, budget: Budget): unknown {
  budget.step();
  if (value === nil) return null;
  if (value === yes || value === no) return value === yes;
  if (value instanceof Float) return value.value;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Atom) return value.name;
  if (isList(value)) return value.map((item) => jsonOf(item, budget));
  if (!(value instanceof ElixirMap)) throw new Refusal('unknown', `JSON of ${inspect(value)}`);
  const moment = isoText(value);
  if (moment !== null) return moment;
  return Object.fromEntries(sortedPairs(value).map(([key, item]) => [textOf(key, budget), jsonOf(item, budget)]));
}

/** The modules for JSON that Phoenix has used. */
export const jsonModules: readonly HostModule[] = ['JSON', 'Jason', 'Poison'].map((name) => ({
  name,
  functions: {
    'decode!/1': decode,
    'encode!/1': ([value], { budget }) => JSON.stringify(jsonOf(value as Value, budget)),
  },
}));

export const uriModule: HostModule = {
  name: 'URI',
  functions: {
    'encode_query/1': ([pairs], machine) => {
      const list = machine.remote(Atom.of('Elixir.Enum'), 'to_list', [pairs as Value]) as readonly Tuple<Value>[];
      const entries = list.map(({ items: [key, value] }): [string, string] => [
        textArg(machine.remote(Atom.of('Elixir.Kernel'), 'to_string', [key as Value])),
        textArg(machine.remote(Atom.of('Elixir.Kernel'), 'to_string', [value as Value])),
      ]);
      return new URLSearchParams(entries).toString();
    },
    'parse/1': ([text]) => structOf('URI', { host: hostOf(textArg(text)), port: nil }),
  },
};

function hostOf(url: string): Value {
  return /^\w+:\/\/([^/:]+)/.exec(url)?.[1] ?? nil;
}
