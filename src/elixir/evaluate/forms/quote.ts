import { Atom, nil, no, type Quoted, Tuple, triple } from '../../quoted/term.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import { isList, type Value } from '../values/value.ts';
import { asCall, asVariable, option } from './shape.ts';

/** `quote`, with `unquote:` and `bind_quoted:`. */
function evaluateQuote({ args, scope }: FormCall, machine: Evaluator): Value {
  const options = args.length === 2 ? args[0] : [];
  const body = option(args.at(-1), 'do') ?? nil;
  const bound = option(options, 'bind_quoted');
  const plain = option(options, 'unquote') === no;
  const quoted = quoteIn(body, scope, machine, { isHygienic: true, unquotes: bound === undefined && !plain });
  if (bound === undefined) return quoted as Value;
  const values = machine.evaluate(bound, scope) as readonly Tuple<Quoted>[];
  const context = Atom.of(scope.lexical.module?.name ?? 'nil');
  const bindings = values.map(({ items: [name, value] }) =>
    triple(Atom.of('='), [], [triple(name as Quoted, [], context), value as Quoted]),
  );
  return triple(Atom.of('__block__'), [], [...bindings, quoted]) as Value;
}

interface Manner {
  /** Whether names are kept apart from those of the place that the code comes to. */
  readonly isHygienic: boolean;
  readonly unquotes: boolean;
}

/** An expression with its `unquote`s carried out. */
export function quoteIn(quoted: Quoted, scope: Scope, machine: Evaluator, manner: Manner): Quoted {
  return new Quoter(scope, machine, manner).quote(quoted);
}

class Quoter {
  readonly #scope: Scope;
  readonly #machine: Evaluator;
  readonly #manner: Manner;
  readonly #context: Atom;

  constructor(scope: Scope, machine: Evaluator, manner: Manner) {
    this.#scope = scope;
    this.#machine = machine;
    this.#manner = manner;
    this.#context = Atom.of(scope.lexical.module?.name ?? 'nil');
  }

  quote(quoted: Quoted): Quoted {
    this.#machine.budget.step();
    if (Array.isArray(quoted)) return quoted.flatMap((item) => this.#item(item));
    if (!(quoted instanceof Tuple)) return quoted;
    const variable = asVariable(quoted);
    if (variable !== null) return this.#variable(quoted, variable);
    const call = asCall(quoted);
    if (call?.name === 'unquote' && this.#manner.unquotes)
      return this.#machine.evaluate(call.args[0] as Quoted, this.#scope) as Quoted;
    if (call?.name === 'quote') return this.#nested(quoted);
    if (call?.name === '__aliases__' && this.#manner.isHygienic) return this.#alias(call.args);
    if (quoted.items.length !== 3) return new Tuple(quoted.items.map((item) => this.quote(item)));
    const [head, meta, args] = quoted.items as [Quoted, Quoted, Quoted];
    return new Tuple<Quoted>([this.quote(head), meta, this.quote(args)]);
  }

  /** Code that is quoted within quoted code keeps its own `unquote`s. */
  #nested(quoted: Tuple<Quoted>): Quoted {
    if (!this.#manner.isHygienic) return quoted;
    return new Quoter(this.#scope, this.#machine, { ...this.#manner, unquotes: false }).#children(quoted);
  }

  #children(quoted: Tuple<Quoted>): Quoted {
    const [head, meta, args] = quoted.items as [Quoted, Quoted, Quoted];
    return new Tuple<Quoted>([head, meta, this.quote(args)]);
  }

  #item(item: Quoted): Quoted[] {
    const call = asCall(item);
    if (call?.name !== 'unquote_splicing' || !this.#manner.unquotes) return [this.quote(item)];
    const values = this.#machine.evaluate(call.args[0] as Quoted, this.#scope);
    if (!isList(values)) throw new Refusal('unknown', 'unquote_splicing of no list');
    return values as readonly Value[] as Quoted[];
  }

  #variable(quoted: Quoted, { name, context }: { name: string; context: Quoted }): Quoted {
    if (!this.#manner.isHygienic || context !== nil || name.startsWith('__')) return quoted;
    return triple(Atom.of(name), [], this.#context);
  }

  /** An alias means what it means where it is quoted. */
  #alias(parts: readonly Quoted[]): Quoted {
    const [first] = parts;
    const isAliased = first instanceof Atom && this.#scope.lexical.aliases.has(first.name);
    if (isAliased) return this.#machine.expandAlias(parts, this.#scope);
    return triple(
      Atom.of('__aliases__'),
      [],
      parts.map((part) => this.quote(part)),
    );
  }
}

function outside({ name }: FormCall): Value {
  throw new Refusal('unknown', `${name} outside of quote`);
}

/** A variable of the place that quoted code comes to. */
function callersVariable({ args, scope }: FormCall, machine: Evaluator): Value {
  const variable = asVariable(args[0]);
  if (variable === null) throw new Refusal('unknown', 'var! of no variable');
  return machine.evaluate(triple(Atom.of(variable.name), [], nil), scope);
}

export const quoteForms: Forms = {
  quote: evaluateQuote,
  unquote: outside,
  unquote_splicing: outside,
  'var!': callersVariable,
};
