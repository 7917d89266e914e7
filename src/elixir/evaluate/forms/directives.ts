import { Atom, nil, type Quoted, Tuple, triple } from '../../quoted/term.ts';
import type { Evaluator, FormCall, Forms } from '../evaluator.ts';
import { Refusal } from '../refusal.ts';
import type { Scope } from '../scope.ts';
import type { Import } from '../user-module.ts';
import type { Value } from '../values/value.ts';
import { asCall, asVariable, callNamed, option } from './shape.ts';

function alias({ args, scope }: FormCall, machine: Evaluator): Value {
  const given = option(args[1], 'as');
  for (const module of modulesOf(args[0] as Quoted, scope, machine)) {
    const short = given === undefined ? lastPart(module) : partsOf(given);
    const aliases = new Map(scope.lexical.aliases).set(short, module.name);
    scope.lexical = { ...scope.lexical, aliases };
  }
  return nil;
}

/** Modules of `A.B` or of `A.{B, C}`. */
function modulesOf(quoted: Quoted, scope: Scope, machine: Evaluator): Atom[] {
  const group = quoted instanceof Tuple ? asCall(quoted.items[0] as Quoted) : null;
  if (group?.name !== '.' || group.args[1] !== Atom.of('{}')) return [moduleOf(quoted, scope, machine)];
  const base = moduleOf(group.args[0] as Quoted, scope, machine);
  const members = (quoted as Tuple<Quoted>).items[2] as readonly Quoted[];
  return members.map((member) => Atom.of(`${base.name}.${partsOf(member)}`));
}

function moduleOf(quoted: Quoted, scope: Scope, machine: Evaluator): Atom {
  const value = machine.evaluate(quoted, scope);
  if (value instanceof Atom) return value;
  throw new Refusal('unknown', 'a directive without a module');
}

function partsOf(quoted: Quoted): string {
  const parts = callNamed(quoted, '__aliases__')?.args ?? [];
  return parts.map((part) => (part instanceof Atom ? part.name : '')).join('.');
}

function lastPart({ name }: Atom): string {
  return name.split('.').at(-1) ?? name;
}

function importModule({ args, scope }: FormCall, machine: Evaluator): Value {
  for (const module of modulesOf(args[0] as Quoted, scope, machine)) {
    const only = option(args[1], 'only');
    const except = option(args[1], 'except');
    const entry: Import = {
      module,
      only: Array.isArray(only) ? keysOf(only) : null,
      except: Array.isArray(except) ? keysOf(except) : new Set(),
    };
    scope.lexical = { ...scope.lexical, imports: [...scope.lexical.imports, entry] };
  }
  return nil;
}

/** `[name: arity]` as `name/arity` */
function keysOf(list: readonly Quoted[]): Set<string> {
  return new Set(
    list.flatMap((item) => {
      if (!(item instanceof Tuple)) return [];
      const [name, arity] = item.items;
      return name instanceof Atom ? [`${name.name}/${arity}`] : [];
    }),
  );
}

function requireModule({ args, scope }: FormCall, machine: Evaluator): Value {
  const as = option(args[1], 'as');
  return as === undefined ? nil : alias({ name: 'alias', args, meta: [], scope }, machine);
}

/** `use Module, options` calls the module's `__using__`. */
function use({ args, scope }: FormCall, machine: Evaluator): Value {
  const options = args[1] ?? [];
  for (const module of modulesOf(args[0] as Quoted, scope, machine)) {
    const target = triple(Atom.of('.'), [], [module, Atom.of('__using__')]);
    machine.evaluate(triple(target, [], [options]), scope);
  }
  return nil;
}

/** Attributes that describe types; their values are no expressions. */
const typing = new Set([
  'type',
  'typep',
  'opaque',
  'spec',
  'callback',
  'macrocallback',
  'optional_callbacks',
  'dialyzer',
]);
/** Attributes of which each value counts. */
const hooks = new Set(['before_compile', 'behaviour', 'external_resource']);

/** `@name value` sets a module's attribute, `@name` reads it. */
function attribute({ args, scope }: FormCall, machine: Evaluator): Value {
  const { module, attributes } = scope.lexical;
  const call = asCall(args[0]);
  if (call !== null && call.args.length === 1) {
    if (module === null) throw new Refusal('unknown', `@${call.name} outside of a module`);
    if (typing.has(call.name)) return nil;
    if (hooks.has(call.name)) module.accumulating.add(call.name);
    module.setAttribute(call.name, machine.evaluate(call.args[0] as Quoted, scope));
    return nil;
  }
  const name = call?.name ?? asVariable(args[0])?.name ?? '';
  const known = scope.lexical.function === null ? module?.attributes : attributes;
  return known?.get(name) ?? (module?.accumulating.has(name) ? [] : nil);
}

export const directiveSpecials: Forms = { alias, import: importModule, require: requireModule };
export const directiveForms: Forms = { use, '@': attribute };
