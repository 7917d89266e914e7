import { nil, type Quoted, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Raised, Refusal } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import { inspect } from '../values/inspect.ts';
import { bool, isTruthy, type Value } from '../values/value.ts';
import { type ClauseShape, callNamed, clausesOf, option } from './shape.ts';

/** Whether a guard holds; one that raises does not. */
function guardHolds(guard: Quoted | null, scope: Scope, machine: Evaluator): boolean {
  if (guard === null) return true;
  try {
    return isTruthy(machine.evaluate(guard, scope));
  } catch (error) {
    if (error instanceof Raised) return false;
    throw error;
  }
}

/** The value of the first clause that takes the values, or null where none does. */
export function firstClause(
  clauses: readonly ClauseShape[],
  values: readonly Value[],
  scope: Scope,
  machine: Evaluator,
): { value: Value } | null {
  for (const { patterns, guard, body } of clauses) {
    const inner = scope.child();
    const fits = patterns.length === values.length;
    const isMatch = fits && patterns.every((pattern, index) => machine.match(pattern, values[index] as Value, inner));
    if (isMatch && guardHolds(guard, inner, machine)) return { value: machine.evaluate(body, inner) };
  }
  return null;
}

function evaluateCase({ args, scope }: FormCall, machine: Evaluator): Value {
  const value = machine.evaluate(args[0] as Quoted, scope);
  const found = firstClause(clausesOf(option(args[1], 'do')), [value], scope, machine);
  if (found === null) throw exception('CaseClauseError', `no case clause matching: ${inspect(value)}`);
  return found.value;
}

function evaluateCond({ args, scope }: FormCall, machine: Evaluator): Value {
  for (const { patterns, body } of clausesOf(option(args[0], 'do'))) {
    const inner = scope.child();
    if (isTruthy(machine.evaluate(patterns[0] as Quoted, inner))) return machine.evaluate(body, inner);
  }
  throw exception('CondClauseError', 'no cond clause evaluated to a truthy value');
}

function either(wanted: boolean) {
  return ({ args, scope }: FormCall, machine: Evaluator): Value => {
    const isTrue = isTruthy(machine.evaluate(args[0] as Quoted, scope));
    const body = option(args[1], isTrue === wanted ? 'do' : 'else');
    return body === undefined ? nil : machine.evaluate(body, scope.child());
  };
}

function both({ args, scope }: FormCall, machine: Evaluator): Value {
  const left = machine.evaluate(args[0] as Quoted, scope);
  return isTruthy(left) ? machine.evaluate(args[1] as Quoted, scope) : left;
}

function any({ args, scope }: FormCall, machine: Evaluator): Value {
  const left = machine.evaluate(args[0] as Quoted, scope);
  return isTruthy(left) ? left : machine.evaluate(args[1] as Quoted, scope);
}

function negation({ args, scope }: FormCall, machine: Evaluator): Value {
  return bool(!isTruthy(machine.evaluate(args[0] as Quoted, scope)));
}

function evaluateWith({ args, scope }: FormCall, machine: Evaluator): Value {
  const blocks = args.at(-1);
  const inner = scope.child();
  for (const step of args.slice(0, -1)) {
    const arrow = callNamed(step, '<-');
    if (arrow === null) {
      machine.evaluate(step, inner);
      continue;
    }
    const [left, right] = arrow.args as [Quoted, Quoted];
    const when = callNamed(left, 'when');
    const value = machine.evaluate(right, inner);
    const isMatch = machine.match(when?.args[0] ?? left, value, inner);
    if (!isMatch || !guardHolds(when?.args[1] ?? null, inner, machine)) return otherwise(blocks, value, scope, machine);
  }
  return machine.evaluate(option(blocks, 'do') ?? nil, inner);
}

function otherwise(blocks: Quoted | undefined, value: Value, scope: Scope, machine: Evaluator): Value {
  const clauses = option(blocks, 'else');
  if (clauses === undefined) return value;
  const found = firstClause(clausesOf(clauses), [value], scope, machine);
  if (found === null) throw exception('WithClauseError', `no with clause matching: ${inspect(value)}`);
  return found.value;
}

/** `a |> f(b)` is `f(a, b)`. */
function pipe({ args, scope }: FormCall, machine: Evaluator): Value {
  const [left, right] = args as [Quoted, Quoted];
  if (!(right instanceof Tuple) || right.items.length !== 3) throw new Refusal('unknown', 'a pipe into no call');
  const [head, meta, given] = right.items as [Quoted, Quoted, Quoted];
  return machine.evaluate(new Tuple<Quoted>([head, meta, [left, ...(Array.isArray(given) ? given : [])]]), scope);
}

function isMatching({ args, scope }: FormCall, machine: Evaluator): Value {
  const [pattern, quoted] = args as [Quoted, Quoted];
  const value = machine.evaluate(quoted, scope);
  const when = callNamed(pattern, 'when');
  const inner = scope.child();
  const isMatch = machine.match(when?.args[0] ?? pattern, value, inner);
  return bool(isMatch && guardHolds(when?.args[1] ?? null, inner, machine));
}

export const branchSpecials: Forms = { case: evaluateCase, cond: evaluateCond, with: evaluateWith };

export const branchForms: Forms = {
  if: either(true),
  unless: either(false),
  '&&': both,
  and: both,
  '||': any,
  or: any,
  '!': negation,
  not: negation,
  '|>': pipe,
  'match?': isMatching,
};
