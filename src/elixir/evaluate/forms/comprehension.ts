import { Atom, nil, type Quoted, yes } from '../../quoted/term.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import { elements } from '../values/enumerable.ts';
import { isEqual } from '../values/order.ts';
import { isTruthy, type Value } from '../values/value.ts';
import { firstClause } from './branch.ts';
import { callNamed, clausesOf, option } from './shape.ts';

/** `for` with generators, filters, `into:`, `uniq:` and `reduce:`. */
function comprehension({ args, scope }: FormCall, machine: Evaluator): Value {
  const options = args.at(-1);
  const options2 = args.at(-2);
  const isSplit = Array.isArray(options2) && option(options, 'do') !== undefined && args.length > 2;
  const settings = isSplit && Array.isArray(options2) ? [...options2, ...(options as readonly Quoted[])] : options;
  const steps = args.slice(0, isSplit ? -2 : -1);
  const run = new Run(steps, option(settings, 'do') ?? nil, machine);
  const initial = option(settings, 'reduce');
  if (initial !== undefined) return run.reduce(machine.evaluate(initial, scope), scope);
  const values = run.collect(scope);
  const unique = option(settings, 'uniq') === yes ? distinct(values) : values;
  const into = option(settings, 'into');
  if (into === undefined) return unique;
  const target = machine.evaluate(into, scope);
  return machine.remote(Atom.of('Elixir.Enum'), 'into', [unique, target]);
}

function distinct(values: readonly Value[]): Value[] {
  return values.filter((value, index) => values.findIndex((other) => isEqual(other, value)) === index);
}

class Run {
  readonly #steps: readonly Quoted[];
  readonly #body: Quoted;
  readonly #machine: Evaluator;

  constructor(steps: readonly Quoted[], body: Quoted, machine: Evaluator) {
    this.#steps = steps;
    this.#body = body;
    this.#machine = machine;
  }

  collect(scope: Scope): Value[] {
    const values: Value[] = [];
    this.#each(0, scope, (inner) => {
      this.#machine.budget.made(1);
      values.push(this.#machine.evaluate(this.#body, inner));
    });
    return values;
  }

  reduce(initial: Value, scope: Scope): Value {
    let value = initial;
    const clauses = clausesOf(this.#body);
    this.#each(0, scope, (inner) => {
      value = firstClause(clauses, [value], inner, this.#machine)?.value ?? value;
    });
    return value;
  }

  #each(at: number, scope: Scope, visit: (scope: Scope) => void): void {
    const step = this.#steps[at];
    if (step === undefined) {
      visit(scope);
      return;
    }
    const generator = callNamed(step, '<-');
    if (generator === null) {
      const inner = scope.child();
      if (isTruthy(this.#machine.evaluate(step, inner))) this.#each(at + 1, inner, visit);
      return;
    }
    const [left, right] = generator.args as [Quoted, Quoted];
    const when = callNamed(left, 'when');
    for (const value of elements(this.#machine.evaluate(right, scope))) {
      const inner = scope.child();
      if (!this.#machine.match(when?.args[0] ?? left, value, inner)) continue;
      if (when && !isTruthy(this.#machine.evaluate(when.args[1] as Quoted, inner))) continue;
      this.#each(at + 1, inner, visit);
    }
  }
}

function receive(): Value {
  throw new Refusal('unknown', 'receive');
}

export const comprehensionForms: Forms = { for: comprehension, receive };
