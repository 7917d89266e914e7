import type { CallExpr, Expr, Source } from '../../elixir/ast.ts';
import { callName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { NameKind } from '../facts.ts';
import { bringsOf } from './brings.ts';
import { type Bindings, boundBy, namesOf, noBindings } from './comprehension.ts';
import { aritiesOf, headsOf } from './heads.ts';
import { replacementIn } from './replacement.ts';

export interface DefinedName {
  readonly kind: NameKind;
  /** What to call instead, empty where nothing is named; null where the name is not deprecated. */
  readonly deprecated: string | null;
}

/** What one version of a module defines. */
export interface DefinedModule {
  readonly name: string;
  /** `@moduledoc false` */
  readonly internal: boolean;
  /** Whether it defines names that only running its code would tell. */
  readonly open: boolean;
  /** By `name/arity`. */
  readonly names: ReadonlyMap<string, DefinedName>;
  /** What `use` of it brings. */
  readonly brings: readonly string[];
}

/** The modules that a file of a package defines, whatever condition they stand under. */
export function definedModules(source: Source): DefinedModule[] {
  return modulesIn(source.body, '');
}

function modulesIn(body: readonly Expr[], parent: string): DefinedModule[] {
  return flattened(body).flatMap((expr): DefinedModule[] => {
    const word = callName(expr);
    if (expr.kind !== 'call' || !expr.block || (word !== 'defmodule' && word !== 'defprotocol')) return [];
    const [alias] = expr.args;
    if (alias?.kind !== 'alias') return [];
    const name = parent === '' ? alias.name : `${parent}.${alias.name}`;
    const reading = new ModuleReading();
    if (word === 'defprotocol') reading.protocol();
    reading.read(expr.block.body, noBindings);
    const { internal, open, names } = reading;
    const brings = bringsOf(expr.block.body);
    return [{ name, internal, open, names, brings }, ...modulesIn(expr.block.body, name)];
  });
}

const branching = new Set(['if', 'unless', 'case', 'cond', 'try', 'with']);

/** The statements of a body with those under conditions: either may count where the package is compiled. */
function flattened(body: readonly Expr[]): Expr[] {
  return body.flatMap((expr): Expr[] => {
    if (expr.kind === 'block') return flattened(expr.body);
    if (expr.kind === 'clause') return flattened(expr.body);
    const name = callName(expr);
    if (expr.kind !== 'call' || name === undefined || !branching.has(name)) return [expr];
    if (expr.block)
      return [...flattened(expr.block.body), ...expr.block.sections.flatMap((section) => flattened(section.body))];
    const pairs = keywordPairs(expr.args.at(-1)) ?? [];
    return flattened(pairs.map((pair) => pair.value));
  });
}

/** Names between two underscores are a package's own affair; `use` needs to know of one. */
function isCallable(name: string): boolean {
  return name === '__using__' || !name.startsWith('__');
}

const defining = new Map<string, NameKind>([
  ['def', 'function'],
  ['defdelegate', 'function'],
  ['defmacro', 'macro'],
  ['defguard', 'macro'],
]);
const privately = new Set(['defp', 'defmacrop', 'defguardp']);

/** Behaviours of Elixir whose `use` defines a public function. */
const withChildSpec = new Set(['GenServer', 'Supervisor', 'DynamicSupervisor', 'Agent', 'Task']);

/** Reads the body of one module: what is said of a definition stands in attributes before it. */
class ModuleReading {
  internal = false;
  open = false;
  readonly names = new Map<string, DefinedName>();
  readonly #attributes = new Map<string, Expr>();
  #hidden = false;
  #deprecated: string | null = null;

  read(body: readonly Expr[], bindings: Bindings): void {
    for (const expr of flattened(body)) {
      if (expr.kind === 'unary' && expr.operator === '@') this.#attribute(expr.operand);
      else if (expr.kind === 'call') this.#call(expr, bindings);
    }
  }

  /** What every protocol has. */
  protocol(): void {
    for (const name of ['impl_for/1', 'impl_for!/1']) this.names.set(name, { kind: 'hidden', deprecated: null });
  }

  #attribute(operand: Expr): void {
    const [value] = operand.kind === 'call' ? operand.args : [];
    const name = callName(operand);
    if (name === undefined || value === undefined) return;
    const off = value.kind === 'atom' && value.name === 'false';
    const deprecated = keywordPairs(value)?.find((pair) => pair.name === 'deprecated')?.value;
    if (name === 'moduledoc') this.internal ||= off;
    else if (name === 'doc' && off) this.#hidden = true;
    else if (name === 'doc' && deprecated) this.#deprecated = plainText(deprecated) ?? '';
    else if (name === 'impl' && !off) this.#hidden = true;
    else if (name === 'deprecated') this.#deprecated = plainText(value) ?? '';
    else this.#attributes.set(name, value);
  }

  #call(call: CallExpr, bindings: Bindings): void {
    const word = callName(call) ?? '';
    const kind = defining.get(word);
    if (kind !== undefined) this.#define(call, kind, bindings);
    else if (privately.has(word)) this.#forget();
    else if (word === 'defexception') this.#add(['exception/1', 'message/1'], 'hidden', null);
    else if (word === 'use') this.#use(call);
    else if (word === 'for' || word === 'Enum.each') this.#repeat(call, bindings);
  }

  #use({ args: [used] }: CallExpr): void {
    if (used?.kind === 'alias' && withChildSpec.has(used.name)) this.#add(['child_spec/1'], 'hidden', null);
  }

  #repeat(call: CallExpr, bindings: Bindings): void {
    const { body, bound } = boundBy(call, this.#attributes);
    this.read(body, new Map([...bindings, ...bound]));
  }

  #define(call: CallExpr, kind: NameKind, bindings: Bindings): void {
    for (const head of headsOf(call)) {
      const names = namesOf(head.name, bindings);
      if (names === null || head.splat) this.open = true;
      const arities = aritiesOf(head.args);
      for (const name of names?.filter(isCallable) ?? []) {
        const said = this.#deprecated === null ? null : replacementIn(this.#deprecated, name);
        const full = arities.map((arity) => `${name}/${arity}`);
        this.#add(full, this.#hidden || name.startsWith('_') ? 'hidden' : kind, said);
      }
    }
    this.#forget();
  }

  /** The first clause of a name decides. */
  #add(names: readonly string[], kind: NameKind, deprecated: string | null): void {
    for (const name of names) if (!this.names.has(name)) this.names.set(name, { kind, deprecated });
  }

  #forget(): void {
    this.#hidden = false;
    this.#deprecated = null;
  }
}
