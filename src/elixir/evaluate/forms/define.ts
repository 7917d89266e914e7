import { Atom, nil, type Quoted, Tuple, triple } from '../../quoted/term.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import { Scope } from '../scope.ts';
import { type Clause, type Lexical, UserModule, type Visibility } from '../user-module.ts';
import { mapOf } from '../values/map.ts';
import { isList, type Value } from '../values/value.ts';
import { environmentOf } from './place.ts';
import { quoteIn } from './quote.ts';
import { asCall, asVariable, callNamed, hasOption, option } from './shape.ts';

/** A module with its body; what `@before_compile` names has the last word. */
function defineModule({ args, scope }: FormCall, machine: Evaluator): Value {
  const name = moduleName(args[0] as Quoted, scope, machine);
  const module = new UserModule(name, scope.lexical.file);
  machine.defineModule(module);
  const inner = new Scope({ ...withOwnAlias(scope.lexical, name), module, function: null }, scope);
  machine.evaluate(option(args[1], 'do') ?? nil, inner);
  const hooks = module.attributes.get('before_compile');
  for (const hook of isList(hooks ?? nil) ? (hooks as readonly Value[]).toReversed() : []) {
    const call = triple(
      triple(Atom.of('.'), [], [hook as Quoted, Atom.of('__before_compile__')]),
      [],
      [environmentOf(inner.lexical) as Quoted],
    );
    machine.evaluate(call, inner);
  }
  return new Tuple<Value>([Atom.of('module'), Atom.of(name), nil, nil]);
}

/** A module within another has its name before its own. */
function moduleName(quoted: Quoted, scope: Scope, machine: Evaluator): string {
  const outer = scope.lexical.module;
  const parts = callNamed(quoted, '__aliases__')?.args;
  if (outer && parts?.every((part) => part instanceof Atom))
    return [outer.name, ...parts.map((part) => (part as Atom).name)].join('.');
  const value = machine.evaluate(quoted, scope);
  if (!(value instanceof Atom)) throw new Refusal('unknown', 'a module without a name');
  return value.name;
}

function withOwnAlias(lexical: Lexical, name: string): Lexical {
  if (lexical.module === null) return lexical;
  const short = name.slice(lexical.module.name.length + 1).split('.')[0] ?? '';
  return { ...lexical, aliases: new Map(lexical.aliases).set(short, `${lexical.module.name}.${short}`) };
}

function definer(kind: 'functions' | 'macros', visibility: Visibility) {
  return ({ args, scope, name }: FormCall, machine: Evaluator): Value => {
    const { module } = scope.lexical;
    if (module === null) throw new Refusal('unknown', `${name} outside of a module`);
    const manner = { isHygienic: false, unquotes: true };
    const [rawHead, blocks] = args.map((arg) => (hasUnquote(arg) ? quoteIn(arg, scope, machine, manner) : arg));
    const when = callNamed(rawHead, 'when');
    const head = when?.args[0] ?? (rawHead as Quoted);
    const signature = asCall(head) ?? { name: asVariable(head)?.name ?? '', args: [] };
    if (signature.name === '') throw new Refusal('unknown', `${name} without a name`);
    if (blocks === undefined) return nil;
    const lexical = { ...scope.lexical, attributes: module.attributes };
    const clause = {
      params: signature.args.map(withoutDefault),
      guard: when?.args[1] ?? null,
      body: bodyOf(blocks),
      lexical,
    };
    addClauses({ module, kind, visibility, name: signature.name }, signature.args, clause);
    return new Tuple<Value>([Atom.of(signature.name), signature.args.length]);
  };
}

/** Whether an `unquote` belongs to the definition, rather than to a `quote` in it. */
function hasUnquote(quoted: Quoted): boolean {
  if (Array.isArray(quoted)) return quoted.some(hasUnquote);
  if (!(quoted instanceof Tuple)) return false;
  const call = asCall(quoted);
  if (call?.name === 'unquote' || call?.name === 'unquote_splicing') return true;
  return call?.name !== 'quote' && quoted.items.some(hasUnquote);
}

function bodyOf(blocks: Quoted): Quoted {
  const isGuarded = ['rescue', 'catch', 'after', 'else'].some((section) => hasOption(blocks, section));
  return isGuarded ? triple(Atom.of('try'), [], [blocks]) : (option(blocks, 'do') ?? nil);
}

function withoutDefault(param: Quoted): Quoted {
  return callNamed(param, '\\\\')?.args[0] ?? param;
}

interface Target {
  readonly module: UserModule;
  readonly kind: 'functions' | 'macros';
  readonly visibility: Visibility;
  readonly name: string;
}

/** The clause itself, and one for each number of arguments that defaults allow, which calls it. */
function addClauses({ module, kind, visibility, name }: Target, params: readonly Quoted[], clause: Clause): void {
  const defaults = params.map((param) => callNamed(param, '\\\\')?.args[1]);
  const optional = defaults.filter((value) => value !== undefined).length;
  const own: Lexical = { ...clause.lexical, function: `${name}/${params.length}` };
  module.define(kind, `${name}/${params.length}`, visibility, { ...clause, lexical: own });
  for (let given = 0; given < optional; given += 1) {
    const arity = params.length - optional + given;
    const variables = Array.from({ length: arity }, (_, index) => triple(Atom.of(`arg${index}`), [], nil));
    const rest = [...variables];
    let left = given;
    const args = defaults.map((value) => {
      if (value === undefined) return rest.shift() as Quoted;
      left -= 1;
      return left >= 0 ? (rest.shift() as Quoted) : value;
    });
    const body = triple(Atom.of(name), [], args);
    module.define(kind, `${name}/${arity}`, visibility, { params: variables, guard: null, body, lexical: own });
  }
}

/** `defstruct [:a, b: 1]` */
function defineStruct({ args, scope }: FormCall, machine: Evaluator): Value {
  const fields = machine.evaluate(args[0] as Quoted, scope);
  const { module } = scope.lexical;
  if (module === null || !isList(fields)) throw new Refusal('unknown', 'defstruct of no list');
  module.struct = fields.map((item) =>
    item instanceof Tuple ? ([item.items[0], item.items[1]] as [Value, Value]) : ([item, nil] as [Value, Value]),
  );
  return mapOf(module.struct);
}

export const defineForms: Forms = {
  defmodule: defineModule,
  def: definer('functions', 'public'),
  defp: definer('functions', 'private'),
  defmacro: definer('macros', 'public'),
  defmacrop: definer('macros', 'private'),
  defstruct: defineStruct,
};
