import { UnreadableText } from '../quoted/escapes.ts';
import { quotedText } from '../quoted/quote.ts';
import { Atom, type Quoted, Tuple } from '../quoted/term.ts';
import { AppConfig } from './app-config.ts';
import { Budget, type Limits } from './budget.ts';
import type { Environment } from './environment.ts';
import { exception } from './errors.ts';
import type { Evaluator, Form, FormCall, HostModule } from './evaluator.ts';
import type { FileMap } from './file-map.ts';
import { kernelForms, specialForms } from './forms/forms.ts';
import { matchPattern } from './forms/match.ts';
import { ModuleIndex } from './module-index.ts';
import { libraryModule } from './modules/modules.ts';
import { Raised, Refusal } from './refusal.ts';
import { Scope, variableKey } from './scope.ts';
import { type Definition, type Lexical, topLevel, type UserModule } from './user-module.ts';
import { inspect } from './values/inspect.ts';
import { field } from './values/map.ts';
import { type Bytes, ElixirMap, Fun, isList, isTruthy, type Value } from './values/value.ts';

/** What a machine is made of. */
export interface MachineParts {
  readonly files: FileMap;
  /** Paths of the files whose modules may be loaded when they are named. */
  readonly sources: readonly string[];
  /** The package's `mix.exs`. */
  readonly mixfile: string;
  readonly environment: Environment;
  readonly limits: Limits;
  /** Milliseconds, for the limit of time alone. */
  readonly now: () => number;
}

/**
 * Evaluates Elixir from a map of files: no disk, no network, no clock, no processes. What it does not know it refuses
 * by name. Every method throws `Refusal`, and `Raised` for what the evaluated code raises.
 */
export class Machine implements Evaluator {
  readonly budget: Budget;
  readonly files: FileMap;
  readonly environment: Environment;
  readonly config = new AppConfig();
  readonly output: (string | Bytes)[][] = [];
  readonly #modules = new Map<string, UserModule>();
  readonly #index: ModuleIndex;
  readonly #mixfile: string;
  #project: Atom | null = null;

  constructor({ files, sources, mixfile, environment, limits, now }: MachineParts) {
    this.files = files;
    this.environment = environment;
    this.budget = new Budget(limits, now);
    this.#index = new ModuleIndex(files, sources);
    this.#mixfile = mixfile;
  }

  /** `Module.name(args)` with the module by its alias: `Mix.Tasks.Phx.New`. */
  call(module: string, name: string, args: readonly Value[]): Value {
    return this.remote(Atom.of(`Elixir.${module}`), name, args);
  }

  /** Evaluates a whole file. */
  load(path: string): Value {
    const bytes = this.files.read(path);
    if (bytes === undefined) throw new Refusal('file', path);
    const text = new TextDecoder().decode(bytes);
    this.budget.made(text.length);
    return this.evaluate(readText(text, path), new Scope(topLevel(path)));
  }

  evaluate(quoted: Quoted, scope: Scope): Value {
    if (quoted instanceof Tuple) {
      const [head, second, third] = quoted.items;
      if (quoted.items.length === 3) return this.budget.deeper(() => this.#call(quoted, scope));
      if (quoted.items.length === 2 && head !== undefined && second !== undefined)
        return new Tuple<Value>([this.evaluate(head, scope), this.evaluate(second, scope)]);
      void third;
    }
    return isList(quoted) ? this.#list(quoted as readonly Quoted[], scope) : (quoted as Value);
  }

  /** The last element of `[a | rest]` stands for the rest. */
  #list(items: readonly Quoted[], scope: Scope): Value {
    const last = items.at(-1);
    const values = items.slice(0, -1).map((item) => this.evaluate(item, scope));
    if (last === undefined) return values;
    this.budget.made(items.length);
    const cons = consOf(last);
    if (cons === null) return [...values, this.evaluate(last, scope)];
    const [before, rest] = cons;
    values.push(this.evaluate(before, scope));
    const tail = this.evaluate(rest, scope);
    if (!isList(tail)) throw new Refusal('unknown', 'improper lists');
    this.budget.made(tail.length);
    return [...values, ...tail];
  }

  #call(quoted: Tuple<Quoted>, scope: Scope): Value {
    const [head, meta, args] = quoted.items as [Quoted, Quoted, Quoted];
    if (head instanceof Atom) {
      if (!isList(args)) return this.#variable(head.name, args, scope);
      return this.#local({ name: head.name, args: args as readonly Quoted[], meta, scope });
    }
    if (head instanceof Tuple && head.items[0] === dot && isList(args))
      return this.#dotted(head.items[2] as readonly Quoted[], args as readonly Quoted[], { meta, scope });
    throw new Refusal('unknown', `a call of ${inspect(head as Value)}`);
  }

  /** A name alone is a variable, or a call without arguments as early code writes it. */
  #variable(name: string, context: Quoted, scope: Scope): Value {
    const value = scope.get(variableKey(name, context));
    if (value !== undefined) return value;
    return this.#local({ name, args: [], meta: [], scope });
  }

  /** Special forms, then the module's own, then imports, then Kernel: as Elixir looks names up. */
  #local(call: FormCall): Value {
    const { name, args, scope } = call;
    const key = `${name}/${args.length}`;
    const special = specialForms[name];
    if (special) return special(call, this);
    const own = this.#own(call, key) ?? this.#imported(call, key);
    if (own !== null) return own.value;
    const form: Form | undefined = kernelForms[name];
    if (form) return form(call, this);
    const kernel = libraryModule('Elixir.Kernel')?.functions[key];
    if (!kernel) throw new Refusal('unknown', `${key} in ${scope.lexical.file}`);
    return kernel(this.#all(args, scope), this);
  }

  #all(args: readonly Quoted[], scope: Scope): Value[] {
    return args.map((arg) => this.evaluate(arg, scope));
  }

  #own({ name, args, scope }: FormCall, key: string): { value: Value } | null {
    const { module } = scope.lexical;
    if (module === null) return null;
    const macro = module.macros.get(key);
    if (macro) return { value: this.evaluate(this.#expand(module, name, macro, args, scope), scope) };
    const definition = module.functions.get(key);
    return definition ? { value: this.#run(module, name, definition, this.#all(args, scope)) } : null;
  }

  #imported(call: FormCall, key: string): { value: Value } | null {
    const { args, scope, name } = call;
    for (const entry of scope.lexical.imports.toReversed()) {
      if (entry.except.has(key) || (entry.only !== null && !entry.only.has(key))) continue;
      const expanded = this.#macro(entry.module, call, key);
      if (expanded !== null) return { value: this.evaluate(expanded, scope) };
      if (this.exports(entry.module, name, args.length))
        return { value: this.remote(entry.module, name, this.#all(args, scope)) };
    }
    return null;
  }

  /** The expansion of a macro of another module; null where it has none of that name. */
  #macro(module: Atom, call: FormCall, key: string): Quoted | null {
    const user = this.userModule(module.name);
    if (user === null) return libraryModule(module.name)?.macros?.[key]?.(call, this) ?? null;
    const macro = user.macros.get(key);
    return macro ? this.#expand(user, call.name, macro, call.args, call.scope) : null;
  }

  #expand(module: UserModule, name: string, macro: Definition, args: readonly Quoted[], caller: Scope): Quoted {
    return this.#run(module, name, macro, args as readonly Value[], caller.lexical) as Quoted;
  }

  #dotted(parts: readonly Quoted[], args: readonly Quoted[], at: { meta: Quoted; scope: Scope }): Value {
    const [left, right] = parts;
    const { scope } = at;
    if (left === undefined) throw new Refusal('unknown', 'a call of nothing');
    const target = this.evaluate(left, scope);
    if (!(right instanceof Atom)) return this.apply(target, this.#all(args, scope));
    if (target instanceof ElixirMap && args.length === 0) return fieldOf(target, right.name);
    if (!(target instanceof Atom)) throw new Refusal('unknown', `${inspect(target)}.${right.name}`);
    const call = { name: right.name, args, ...at };
    const expanded = this.#macro(target, call, `${right.name}/${args.length}`);
    if (expanded !== null) return this.evaluate(expanded, scope);
    return this.remote(target, right.name, this.#all(args, scope));
  }

  match(pattern: Quoted, value: Value, scope: Scope): boolean {
    return matchPattern(pattern, value, scope, this);
  }

  apply(fun: Value, args: readonly Value[]): Value {
    if (!(fun instanceof Fun)) throw exception('BadFunctionError', `expected a function, got: ${inspect(fun)}`);
    if (fun.arity !== args.length) throw exception('BadArityError', `a function of ${fun.arity} got ${args.length}`);
    return this.budget.deeper(() => fun.call(args));
  }

  remote(module: Atom, name: string, args: readonly Value[]): Value {
    const key = `${name}/${args.length}`;
    const user = this.userModule(module.name);
    const definition = user?.functions.get(key);
    if (user && definition?.visibility === 'public') return this.#run(user, name, definition, args);
    const host: HostModule | undefined = user ? undefined : libraryModule(module.name);
    const known = host?.functions[key];
    if (!known) throw new Refusal('unknown', `${inspect(module)}.${key}`);
    return this.budget.deeper(() => known(args, this));
  }

  exports(module: Atom, name: string, arity: number): boolean {
    const key = `${name}/${arity}`;
    const user = this.userModule(module.name);
    if (user) return user.functions.get(key)?.visibility === 'public';
    return libraryModule(module.name)?.functions[key] !== undefined;
  }

  userModule(name: string): UserModule | null {
    const known = this.#modules.get(name);
    if (known) return known;
    const path = libraryModule(name) ? null : this.#index.take(name);
    if (path === null) return null;
    this.load(path);
    return this.#modules.get(name) ?? null;
  }

  hasModule(name: string): boolean {
    return this.#modules.has(name) || this.#index.has(name);
  }

  defineModule(module: UserModule): void {
    this.#modules.set(module.name, module);
  }

  /** Runs the first clause that takes the arguments. */
  #run(
    module: UserModule,
    name: string,
    { clauses }: Definition,
    args: readonly Value[],
    caller: Lexical | null = null,
  ): Value {
    for (const { params, guard, body, lexical } of clauses) {
      const scope = new Scope(caller === null ? lexical : { ...lexical, caller });
      const fits = params.every((param, index) => this.match(param, args[index] as Value, scope));
      if (fits && (guard === null || this.#holds(guard, scope))) return this.evaluate(body, scope);
    }
    const signature = `${module.name.replace('Elixir.', '')}.${name}/${args.length}`;
    throw exception('FunctionClauseError', `no function clause matching in ${signature}`);
  }

  /** A guard that raises does not hold. */
  #holds(guard: Quoted, scope: Scope): boolean {
    try {
      return isTruthy(this.evaluate(guard, scope));
    } catch (error) {
      if (error instanceof Raised) return false;
      throw error;
    }
  }

  project(): Atom {
    if (this.#project === null) {
      const defined = this.load(this.#mixfile);
      const name = defined instanceof Tuple ? (defined.items[1] as Value | undefined) : undefined;
      if (!(name instanceof Atom)) throw new Refusal('unreadable', `${this.#mixfile}: no project`);
      this.#project = name;
    }
    return this.#project;
  }

  expandAlias(parts: readonly Quoted[], scope: Scope): Atom {
    const [first, ...rest] = parts;
    const head = first instanceof Atom ? aliased(first.name, scope.lexical) : this.#moduleName(first, scope);
    const names = rest.map((part) => (part instanceof Atom ? part.name : ''));
    return Atom.of([head, ...names].join('.'));
  }

  #moduleName(quoted: Quoted | undefined, scope: Scope): string {
    const value = quoted === undefined ? null : this.evaluate(quoted, scope);
    if (value instanceof Atom) return value.name;
    throw new Refusal('unknown', 'an alias of no module');
  }

  expandOnce(quoted: Quoted, scope: Scope): Quoted | null {
    if (!(quoted instanceof Tuple) || quoted.items.length !== 3) return null;
    const [head, meta, args] = quoted.items as [Quoted, Quoted, Quoted];
    if (!(head instanceof Atom) || !isList(args)) return null;
    const call = { name: head.name, args: args as readonly Quoted[], meta, scope };
    const key = `${head.name}/${args.length}`;
    const { module, imports } = scope.lexical;
    const own = module?.macros.get(key);
    if (module && own) return this.#expand(module, head.name, own, call.args, scope);
    for (const entry of imports.toReversed()) {
      const expanded = this.#macro(entry.module, call, key);
      if (expanded !== null) return expanded;
    }
    return null;
  }
}

const dot = Atom.of('.');
const bar = Atom.of('|');

/** Both sides of `a | b`. */
function consOf(item: Quoted): [Quoted, Quoted] | null {
  if (!(item instanceof Tuple) || item.items.length !== 3 || item.items[0] !== bar) return null;
  const args = item.items[2] as readonly Quoted[];
  return [args[0] as Quoted, args[1] as Quoted];
}

function fieldOf(map: ElixirMap, name: string): Value {
  const value = field(map, name);
  if (value === undefined) throw exception('KeyError', `key :${name} not found in: ${inspect(map)}`);
  return value;
}

function aliased(name: string, { aliases }: Lexical): string {
  return aliases.get(name) ?? (name === 'Elixir' ? name : `Elixir.${name}`);
}

/** Throws a `Refusal` for what does not parse. */
function readText(text: string, path: string): Quoted {
  try {
    return quotedText(text);
  } catch (error) {
    if (error instanceof UnreadableText) throw new Refusal('unreadable', `${path}: ${error.message}`);
    throw error;
  }
}
