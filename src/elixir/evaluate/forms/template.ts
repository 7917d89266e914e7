import { nil, type Quoted } from '../../quoted/term.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { joinBinaries, textOf } from '../values/text.ts';
import type { Bytes, Value } from '../values/value.ts';

/** The block of a template that gathers its text now. */
function innermost(machine: Evaluator): (string | Bytes)[] {
  const block = machine.output.at(-1);
  if (block === undefined) throw new Refusal('unknown', 'text outside of a template');
  return block;
}

function open(_: FormCall, machine: Evaluator): Value {
  machine.output.push([]);
  return nil;
}

function put({ args, scope }: FormCall, machine: Evaluator): Value {
  const value = machine.evaluate(args[0] as Quoted, scope);
  innermost(machine).push(textOf(value, machine.budget));
  return nil;
}

/** The text of the block is its value. */
function close(_: FormCall, machine: Evaluator): Value {
  const block = innermost(machine);
  machine.output.pop();
  return joinBinaries(block, machine.budget);
}

/** What templates are compiled to. */
export const templateForms: Forms = {
  __eex_open__: open,
  __eex_text__: put,
  __eex_put__: put,
  __eex_close__: close,
};
