import { Atom, nil, Tuple } from '../../quoted/term.ts';
import type { FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import type { Lexical } from '../user-module.ts';
import { structOf } from '../values/map.ts';
import type { Value } from '../values/value.ts';

function module({ scope }: FormCall): Value {
  const { module: current } = scope.lexical;
  return current ? Atom.of(current.name) : nil;
}

function directory({ scope }: FormCall): Value {
  return scope.lexical.file.replace(/\/[^/]*$/, '') || '/';
}

/** What macros read of the place that they are called from. */
export function environmentOf({ module: current, file, function: named }: Lexical): Value {
  const [name, arity] = named?.split('/') ?? [];
  return structOf('Macro.Env', {
    module: current ? Atom.of(current.name) : nil,
    file,
    line: 0,
    function: name === undefined ? nil : new Tuple<Value>([Atom.of(name), Number(arity)]),
  });
}

function caller({ scope }: FormCall): Value {
  if (scope.lexical.caller === null) throw new Refusal('unknown', '__CALLER__ outside of a macro');
  return environmentOf(scope.lexical.caller);
}

export const placeForms: Forms = {
  __MODULE__: module,
  __DIR__: directory,
  __ENV__: ({ scope }) => environmentOf(scope.lexical),
  __CALLER__: caller,
};
