import { Atom, nil, type Quoted, Tuple } from '../../quoted/term.ts';
import { exception } from '../errors.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Raised } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import { inspect } from '../values/inspect.ts';
import { field, mapOf, structName } from '../values/map.ts';
import { ElixirMap, isList, type Value } from '../values/value.ts';
import { firstClause } from './branch.ts';
import { asVariable, type ClauseShape, callNamed, clausesOf, option } from './shape.ts';

/** `try` with `rescue`, `catch`, `else` and `after`. What we refuse passes through it. */
function evaluateTry({ args, scope }: FormCall, machine: Evaluator): Value {
  const depth = machine.output.length;
  const blocks = args[0] as Quoted;
  try {
    return attempt(blocks, scope, machine);
  } catch (error) {
    machine.output.length = depth;
    const handled = error instanceof Raised ? handle(error, blocks, scope, machine) : null;
    if (handled === null) throw error;
    return handled.value;
  } finally {
    const after = option(blocks, 'after');
    if (after !== undefined) machine.evaluate(after, scope.child());
  }
}

function attempt(blocks: Quoted, scope: Scope, machine: Evaluator): Value {
  const value = machine.evaluate(option(blocks, 'do') ?? nil, scope.child());
  const clauses = option(blocks, 'else');
  if (clauses === undefined) return value;
  const found = firstClause(clausesOf(clauses), [value], scope, machine);
  if (found === null) throw exception('TryClauseError', `no try clause matching: ${inspect(value)}`);
  return found.value;
}

function handle(raised: Raised, blocks: Quoted, scope: Scope, machine: Evaluator): { value: Value } | null {
  if (raised.kind === 'error') {
    for (const clause of clausesOf(option(blocks, 'rescue'))) {
      const inner = scope.child();
      if (rescues(clause.patterns[0] as Quoted, raised.value, inner, machine))
        return { value: machine.evaluate(clause.body, inner) };
    }
  }
  const clauses = clausesOf(option(blocks, 'catch'));
  return firstClause(clauses.map(withKind), [Atom.of(raised.kind), raised.value], scope, machine);
}

/** `catch x` is `catch :throw, x`. */
function withKind(clause: ClauseShape): ClauseShape {
  return clause.patterns.length === 2 ? clause : { ...clause, patterns: [Atom.of('throw'), ...clause.patterns] };
}

/** `_`, `e`, `Module`, `e in Module`, `e in [Module, …]` */
function rescues(pattern: Quoted, value: Value, scope: Scope, machine: Evaluator): boolean {
  const within = callNamed(pattern, 'in');
  const variable = within?.args[0] ?? pattern;
  const modules = within ? machine.evaluate(within.args[1] as Quoted, scope) : null;
  if (modules === null && !asVariable(pattern)) return isOneOf(machine.evaluate(pattern, scope), value);
  if (modules !== null && !isOneOf(modules, value)) return false;
  return machine.match(variable as Quoted, value, scope);
}

function isOneOf(modules: Value, value: Value): boolean {
  const names = (isList(modules) ? modules : [modules]).map((module) => (module instanceof Atom ? module.name : ''));
  return names.includes(`Elixir.${structName(value)}`);
}

/** `raise "message"`, `raise Module`, `raise Module, message: …`, `raise exception` */
function raise({ args, scope }: FormCall, machine: Evaluator): Value {
  const [first, second] = args.map((arg) => machine.evaluate(arg, scope));
  if (first instanceof ElixirMap) throw new Raised('error', first, String(field(first, 'message') ?? inspect(first)));
  if (!(first instanceof Atom))
    throw exception('RuntimeError', typeof first === 'string' ? first : inspect(first ?? nil));
  const module = first.name.replace(/^Elixir\./, '');
  const fields = isList(second ?? nil) ? pairsOf(second as readonly Value[]) : [];
  const message = typeof second === 'string' ? second : fields.find(([key]) => key === Atom.of('message'))?.[1];
  const raised = exception(module, typeof message === 'string' ? message : module);
  throw new Raised('error', mapOf([...(raised.value as ElixirMap).entries.values(), ...fields]), raised.message);
}

function pairsOf(keywords: readonly Value[]): (readonly [Value, Value])[] {
  return keywords.flatMap((item) => (item instanceof Tuple ? [[item.items[0], item.items[1]] as [Value, Value]] : []));
}

function leave(kind: 'throw' | 'exit') {
  return ({ args, scope }: FormCall, machine: Evaluator): Value => {
    const value = machine.evaluate(args[0] as Quoted, scope);
    throw new Raised(kind, value, `${kind}: ${inspect(value)}`);
  };
}

export const trySpecials: Forms = { try: evaluateTry };
export const raiseForms: Forms = { raise, throw: leave('throw'), exit: leave('exit') };
