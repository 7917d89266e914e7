import type { Atom, Quoted } from '../quoted/term.ts';
import type { Value } from './values/value.ts';

/** A module whose functions and macros are called without its name. */
export interface Import {
  readonly module: Atom;
  /** `name/arity` of `only:`; null for all. */
  readonly only: ReadonlySet<string> | null;
  readonly except: ReadonlySet<string>;
}

/** What names mean at a place of the source. Directives make a new one. */
export interface Lexical {
  /** Full module name by its first part here. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The last counts first. */
  readonly imports: readonly Import[];
  /** Path of the source file. */
  readonly file: string;
  readonly module: UserModule | null;
  /** `name/arity` of the function evaluated; null in a module's body. */
  readonly function: string | null;
  /** Values of module attributes where the code was defined. */
  readonly attributes: ReadonlyMap<string, Value>;
  /** The place that a macro is called from. */
  readonly caller: Lexical | null;
}

/** What names mean at the top of a file. */
export function topLevel(file: string): Lexical {
  return {
    aliases: new Map(),
    imports: [],
    file,
    module: null,
    function: null,
    attributes: new Map(),
    caller: null,
  };
}

/** One clause of a function or macro. */
export interface Clause {
  readonly params: readonly Quoted[];
  readonly guard: Quoted | null;
  readonly body: Quoted;
  readonly lexical: Lexical;
}

export type Visibility = 'public' | 'private';

/** All clauses of one name and arity. */
export interface Definition {
  readonly visibility: Visibility;
  readonly clauses: Clause[];
}

/** A module of the evaluated code, as far as it is defined. */
export class UserModule {
  /** `Elixir.Shop.Repo` */
  readonly name: string;
  readonly file: string;
  readonly functions = new Map<string, Definition>();
  readonly macros = new Map<string, Definition>();
  readonly accumulating = new Set<string>();
  /** Replaced as a whole, so that a function keeps what it saw when it was defined. */
  attributes: ReadonlyMap<string, Value> = new Map();
  /** Fields of its struct with their defaults, in order. */
  struct: readonly (readonly [Value, Value])[] | null = null;

  constructor(name: string, file: string) {
    this.name = name;
    this.file = file;
  }

  /** Sets an attribute, or puts a value before those of an accumulating one. */
  setAttribute(name: string, value: Value): void {
    const before = this.attributes.get(name);
    const kept = this.accumulating.has(name) ? [value, ...(Array.isArray(before) ? before : [])] : value;
    this.attributes = new Map(this.attributes).set(name, kept);
  }

  define(kind: 'functions' | 'macros', key: string, visibility: Visibility, clause: Clause): void {
    const known = this[kind].get(key);
    if (known) known.clauses.push(clause);
    else this[kind].set(key, { visibility, clauses: [clause] });
  }
}
