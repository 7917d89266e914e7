import { Atom, type Quoted, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { Fun, type Value } from '../values/value.ts';
import { firstClause } from './branch.ts';
import { asCall, asVariable, clausesOf } from './shape.ts';

function anonymous({ args, scope }: FormCall, machine: Evaluator): Value {
  const clauses = clausesOf(args);
  const arity = clauses[0]?.patterns.length ?? 0;
  return new Fun(arity, (values) => {
    const found = firstClause(clauses, values, scope, machine);
    if (found === null) throw exception('FunctionClauseError', 'no function clause matching in an anonymous function');
    return found.value;
  });
}

/** `&name/2`, `&Module.name/2`, and an expression with `&1`. */
function capture(call: FormCall, machine: Evaluator): Value {
  const { args, scope } = call;
  const [body] = args as [Quoted];
  if (typeof body === 'number') {
    const value = scope.get(placeholder(body));
    if (value === undefined) throw new Refusal('unknown', `&${body} outside of a capture`);
    return value;
  }
  const slash = asCall(body);
  const arity = slash?.name === '/' ? slash.args[1] : undefined;
  if (slash && typeof arity === 'number') {
    const named = namedCapture(slash.args[0] as Quoted, arity, call, machine);
    if (named !== null) return named;
  }
  return new Fun(highest(body), (values) => {
    const inner = scope.child();
    values.forEach((value, index) => {
      inner.set(placeholder(index + 1), value);
    });
    return machine.evaluate(body, inner);
  });
}

function placeholder(position: number): string {
  return `&${position}`;
}

/** The highest `&n` of an expression. */
function highest(quoted: Quoted): number {
  if (Array.isArray(quoted)) return Math.max(0, ...quoted.map(highest));
  if (!(quoted instanceof Tuple)) return 0;
  const own = asCall(quoted);
  if (own?.name === '&' && typeof own.args[0] === 'number') return own.args[0];
  return Math.max(0, ...quoted.items.map(highest));
}

/** Called as the name would be called with variables for its arguments. */
function namedCapture(name: Quoted, arity: number, { scope, meta }: FormCall, machine: Evaluator): Value | null {
  const variable = asVariable(name);
  const head = variable ? Atom.of(variable.name) : remoteHead(name, machine, scope);
  if (head === null) return null;
  const params = Array.from({ length: arity }, (_, index): Quoted => new Tuple([Atom.of('&'), [], [index + 1]]));
  return new Fun(arity, (values) => {
    const inner = scope.child();
    values.forEach((value, index) => {
      inner.set(placeholder(index + 1), value);
    });
    return machine.evaluate(new Tuple<Quoted>([head, meta, params]), inner);
  });
}

/** The module is looked up where the capture stands. */
function remoteHead(name: Quoted, machine: Evaluator, scope: FormCall['scope']): Quoted | null {
  if (!(name instanceof Tuple)) return null;
  const dot = asCall(name.items[0]);
  if (dot?.name !== '.') return null;
  const [left, right] = dot.args as [Quoted, Quoted];
  return new Tuple<Quoted>([Atom.of('.'), dot.meta, [machine.evaluate(left, scope) as Quoted, right]]);
}

export const functionForms: Forms = { fn: anonymous, '&': capture };
