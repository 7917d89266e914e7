import { Atom, Tuple } from '../../quoted/term.ts';
import type { Evaluator, HostModule } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { isList, type Value } from '../values/value.ts';
import { textArg } from './arguments.ts';

function textOrModule(value: Value | undefined): string {
  return value instanceof Atom ? value.name.replace(/^Elixir\./, '') : textArg(value);
}

/** `my_app/web` is `MyApp.Web`. */
function camelize(text: string): string {
  return text
    .split('/')
    .map((part) => part.replace(/(?:^|_+)([^_])/g, (_, letter: string) => letter.toUpperCase()).replace(/_+$/, ''))
    .join('.');
}

/** `MyApp.HTTPServer` is `my_app/http_server`. */
function underscore(text: string): string {
  return text
    .split('.')
    .map((part) => part.replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replace(/([a-z\d])([A-Z])/g, '$1_$2'))
    .join('/')
    .replaceAll('-', '_')
    .toLowerCase();
}

export const macroModule: HostModule = {
  name: 'Macro',
  functions: {
    'camelize/1': ([text]) => camelize(textArg(text)),
    'escape/1': ([value]) => value as Value,
    'postwalk/3': ([quoted, accumulator, change], machine) =>
      new Tuple<Value>(postwalk(quoted as Value, accumulator as Value, { change: change as Value, machine })),
    'underscore/1': ([text]) => underscore(textOrModule(text)),
  },
};

interface Walk {
  readonly change: Value;
  readonly machine: Evaluator;
}

/** Goes through quoted code from the inside out; every node is given to a function together with what it made of those before. */
function postwalk(quoted: Value, accumulator: Value, walk: Walk): [Value, Value] {
  const { machine, change } = walk;
  machine.budget.step();
  const [node, inside] = machine.budget.deeper(() => inner(quoted, accumulator, walk));
  const result = machine.apply(change, [node, inside]);
  if (!(result instanceof Tuple) || result.items.length !== 2)
    throw new Refusal('unknown', 'a walk that gives no pair');
  return [result.items[0] as Value, result.items[1] as Value];
}

function inner(quoted: Value, accumulator: Value, walk: Walk): [Value, Value] {
  if (isList(quoted)) return all(quoted, accumulator, walk);
  if (!(quoted instanceof Tuple)) return [quoted, accumulator];
  const [form, meta, args] = quoted.items as Value[];
  if (quoted.items.length === 2) {
    const [pair, after] = all(quoted.items as Value[], accumulator, walk);
    return [new Tuple<Value>(pair as Value[]), after];
  }
  if (quoted.items.length !== 3) return [quoted, accumulator];
  const [called, before] = form instanceof Atom ? [form, accumulator] : postwalk(form as Value, accumulator, walk);
  const [given, after] = isList(args as Value) ? all(args as Value[], before, walk) : [args as Value, before];
  return [new Tuple<Value>([called, meta as Value, given]), after];
}

function all(items: readonly Value[], accumulator: Value, walk: Walk): [Value, Value] {
  let after = accumulator;
  const walked = items.map((item) => {
    const [node, next] = postwalk(item, after, walk);
    after = next;
    return node;
  });
  return [walked, after];
}
