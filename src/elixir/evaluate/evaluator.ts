import type { Atom, Quoted } from '../quoted/term.ts';
import type { AppConfig } from './app-config.ts';
import type { Budget } from './budget.ts';
import type { Environment } from './environment.ts';
import type { FileMap } from './file-map.ts';
import type { Scope } from './scope.ts';
import type { UserModule } from './user-module.ts';
import type { Bytes, Value } from './values/value.ts';

/** What forms and functions ask of the machine that evaluates them. */
export interface Evaluator {
  readonly budget: Budget;
  readonly files: FileMap;
  readonly environment: Environment;
  readonly config: AppConfig;
  /** Output of the templates being evaluated, the innermost last. */
  readonly output: (string | Bytes)[][];
  evaluate(quoted: Quoted, scope: Scope): Value;
  /** Binds the pattern's variables in `scope`, or says that it does not match. */
  match(pattern: Quoted, value: Value, scope: Scope): boolean;
  /** Calls a function value. */
  apply(fun: Value, args: readonly Value[]): Value;
  /** `Module.name(args)` */
  remote(module: Atom, name: string, args: readonly Value[]): Value;
  /** Whether `Module.name/arity` can be called. */
  exports(module: Atom, name: string, arity: number): boolean;
  /** A module of the evaluated code, loaded if it is not yet; null where there is none. */
  userModule(name: string): UserModule | null;
  /** Whether the evaluated code has this module; it is not loaded for that. */
  hasModule(name: string): boolean;
  defineModule(module: UserModule): void;
  /** The module of the package's own `mix.exs`. */
  project(): Atom;
  /** Full name of an alias, `Elixir.Shop.Repo`. */
  expandAlias(parts: readonly Quoted[], scope: Scope): Atom;
  /** One macro call expanded, or null for anything else. */
  expandOnce(quoted: Quoted, scope: Scope): Quoted | null;
}

/** A call of a form: its arguments are not evaluated yet. */
export interface FormCall {
  readonly name: string;
  readonly args: readonly Quoted[];
  readonly meta: Quoted;
  readonly scope: Scope;
}

export type Form = (call: FormCall, machine: Evaluator) => Value;
/** Forms by name, or by `name/arity` where others take the name as a variable. */
export type Forms = Readonly<Record<string, Form>>;

/** A macro of a library module: gives the expression that takes the place of its call. */
export type HostMacro = (call: FormCall, machine: Evaluator) => Quoted;
export type HostFunction = (args: readonly Value[], machine: Evaluator) => Value;

/** An Elixir or Erlang module that evaluated code may use. */
export interface HostModule {
  /** `Enum`, or `:crypto` for one of Erlang's. */
  readonly name: string;
  /** By `name/arity`. */
  readonly functions: Readonly<Record<string, HostFunction>>;
  readonly macros?: Readonly<Record<string, HostMacro>>;
  readonly struct?: readonly string[];
}
