import type { CallExpr, Expr, Range, Source } from './ast.ts';

/** A `defmodule` or `defprotocol` with its full name: `Shop.Application`, nested ones behind their parent's. */
export interface ModuleDefinition {
  readonly name: string;
  readonly body: readonly Expr[];
  readonly call: CallExpr;
}

/** One clause of a `def`, `defp`, `defmacro` or `defmacrop`. */
export interface FunctionClause {
  readonly kind: 'def' | 'defp' | 'defmacro' | 'defmacrop';
  readonly name: string;
  readonly args: readonly Expr[];
  readonly body: readonly Expr[];
  /** Whether the body stands in `do … end`. */
  readonly block: boolean;
  readonly range: Range;
}

const modules = new WeakMap<Source, readonly ModuleDefinition[]>();

/** The modules that a file defines, outer ones first; the same ones each time for one parsed file. */
export function modulesOf(source: Source): readonly ModuleDefinition[] {
  const known = modules.get(source) ?? modulesIn(source.body, '');
  modules.set(source, known);
  return known;
}

const ownBodies = new WeakMap<ModuleDefinition, readonly Expr[]>();

/** A module's body without the modules inside it; the same list each time. */
export function ownBody(module: ModuleDefinition): readonly Expr[] {
  const known = ownBodies.get(module) ?? module.body.filter((expr) => callName(expr) !== 'defmodule');
  ownBodies.set(module, known);
  return known;
}

function modulesIn(body: readonly Expr[], parent: string): ModuleDefinition[] {
  return body.flatMap((expr) => {
    if (!/^def(?:module|protocol)$/.test(callName(expr) ?? '') || expr.kind !== 'call' || !expr.block) return [];
    const [alias] = expr.args;
    if (alias?.kind !== 'alias') return [];
    const name = parent === '' ? alias.name : `${parent}.${alias.name}`;
    return [{ name, body: expr.block.body, call: expr }, ...modulesIn(expr.block.body, name)];
  });
}

/** `plug` for `plug(:x)`, `Supervisor.start_link` for a remote call; undefined where a call has no such name. */
export function callName(expr: Expr): string | undefined {
  if (expr.kind !== 'call') return undefined;
  const { target } = expr;
  if (target.kind === 'identifier') return target.name;
  if (target.kind !== 'dot' || target.right === null) return undefined;
  return target.left.kind === 'alias' || target.left.kind === 'identifier'
    ? `${target.left.name}.${target.right}`
    : undefined;
}

const definitions = new Set(['def', 'defp', 'defmacro', 'defmacrop']);

/** The functions and macros of a module in order, one entry a clause. */
export function functionsOf(body: readonly Expr[]): FunctionClause[] {
  return body.flatMap((expr) => {
    const kind = callName(expr);
    if (expr.kind !== 'call' || kind === undefined || !definitions.has(kind)) return [];
    const [first, last] = expr.args;
    const head = first?.kind === 'binary' && first.operator === 'when' ? first.left : first;
    const name = head?.kind === 'identifier' ? head.name : head && callName(head);
    if (head === undefined || name === undefined) return [];
    return [
      {
        kind: kind as FunctionClause['kind'],
        name,
        args: head.kind === 'call' ? head.args : [],
        body: expr.block ? expr.block.body : inlineBody(last),
        block: expr.block !== null,
        range: expr.range,
      },
    ];
  });
}

function inlineBody(last: Expr | undefined): Expr[] {
  const pairs = last?.kind === 'keywords' ? last.pairs : [];
  return pairs.filter((pair) => pair.name === 'do').map((pair) => pair.value);
}

/** Whether a module's body has `use <name>`, options aside. */
export function usesModule(body: readonly Expr[], name: string): boolean {
  return findUse(body, name) !== undefined;
}

/** The `use <name>` call of a module's body. */
export function findUse(body: readonly Expr[], name: string): CallExpr | undefined {
  return body.find((expr): expr is CallExpr => {
    const [module] = expr.kind === 'call' ? expr.args : [];
    return callName(expr) === 'use' && module?.kind === 'alias' && module.name === name;
  });
}

/** Full module names behind the short names that `alias` lines introduce, and behind `__MODULE__`. */
export type Aliases = ReadonlyMap<string, string>;

/** The aliases of a module as its `alias` lines, and `require … as:` (and those of `inner` bodies), make them. */
export function aliasesOf(module: ModuleDefinition, inner: readonly Expr[] = []): Aliases {
  const aliases = new Map([['__MODULE__', module.name]]);
  for (const expr of [...module.body, ...inner]) {
    const directive = callName(expr);
    if (expr.kind !== 'call' || (directive !== 'alias' && directive !== 'require')) continue;
    const [target, options] = expr.args;
    if (directive === 'require' && shortName(options) === undefined) continue;
    for (const name of target ? aliasTargets(target, aliases) : []) {
      aliases.set(shortName(options) ?? name.slice(name.lastIndexOf('.') + 1), name);
    }
  }
  return aliases;
}

function aliasTargets(target: Expr, aliases: Aliases): string[] {
  if (target.kind !== 'dot' || target.group === null) {
    const name = moduleName(target, aliases);
    return name === undefined ? [] : [name];
  }
  const parent = moduleName(target.left, aliases);
  return target.group.flatMap((name) => (name.kind === 'alias' && parent ? [`${parent}.${name.name}`] : []));
}

function shortName(options: Expr | undefined): string | undefined {
  const pairs = options?.kind === 'keywords' ? options.pairs : [];
  const as = pairs.find((pair) => pair.name === 'as')?.value;
  return as?.kind === 'alias' ? as.name : undefined;
}

/** The full name of the module that an expression names; undefined where it names none. */
export function moduleName(expr: Expr, aliases: Aliases): string | undefined {
  if (expr.kind === 'identifier') return expr.name === '__MODULE__' ? aliases.get('__MODULE__') : undefined;
  if (expr.kind === 'dot' && expr.right !== null && /^[A-Z]/.test(expr.right)) {
    const left = moduleName(expr.left, aliases);
    return left && `${left}.${expr.right}`;
  }
  if (expr.kind !== 'alias') return undefined;
  const dot = expr.name.indexOf('.');
  const head = dot === -1 ? expr.name : expr.name.slice(0, dot);
  return (aliases.get(head) ?? head) + (dot === -1 ? '' : expr.name.slice(dot));
}
