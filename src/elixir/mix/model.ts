import type { Expr, Range } from '../ast.ts';

/** What a `mix.exs` states, as far as it can be read without running it. All ranges index the file's text. */
export interface Mixfile {
  /** The module that uses `Mix.Project`; null where a file has none. */
  readonly module: MixModule | null;
  /** Keys of `project/0`, nested keywords descended; `deps`, `aliases` and `releases` too, as they are written. */
  readonly project: readonly MixKey[];
  readonly application: readonly MixKey[];
  readonly cli: readonly MixKey[];
  /** Keys of every release: path `['shop', 'include_executables_for']`. */
  readonly releases: readonly MixKey[];
  readonly deps: readonly Dep[];
  readonly aliases: readonly MixAlias[];
  /** Clauses of the private functions that `project/0` calls with an argument, such as `elixirc_paths/1`. */
  readonly clauses: readonly MixClause[];
  /** Value of `apps_path`: set in the root of an umbrella. */
  readonly appsPath: string | null;
  /** What stands in the file but cannot be read without running it. */
  readonly unknown: readonly Unreadable[];
}

/** A function of `mix.exs` that returns keywords. */
export type MixSection = 'project' | 'application' | 'cli';

/** The module that defines a Mix project. */
export interface MixModule {
  readonly name: string;
  /** Range of the name itself. */
  readonly range: Range;
  readonly line: number;
}

/** One keyword entry. */
export interface MixKey {
  readonly path: readonly string[];
  /** The value, attributes, local variables and functions without arguments followed. */
  readonly value: Expr;
  /** The value as `display` writes it. */
  readonly display: string;
  /** Range of key and value as written in place. */
  readonly range: Range;
  /** Counts from 1. */
  readonly line: number;
}

/** One dep of `deps/0`. */
export interface Dep {
  readonly name: string;
  /** The requirement's text without quotes; null where the dep has none. */
  readonly requirement: string | null;
  /** The characters between the quotes, which may stand in a module attribute; null where there is none. */
  readonly requirementRange: Range | null;
  readonly options: readonly DepOption[];
  /** The tuple, or the pair of a dep written `phoenix: "~> 1.8"`. */
  readonly expr: Expr;
  readonly range: Range;
  readonly line: number;
  /** When the dep counts, `Mix.env() == :dev`; null for always. */
  readonly condition: string | null;
  /** The list that it stands in. */
  readonly list: Expr;
}

/** One option of a dep: `only: :dev`. */
export interface DepOption {
  readonly name: string;
  readonly value: Expr;
  readonly display: string;
  readonly range: Range;
  readonly line: number;
}

/** One alias of `aliases/0`. */
export interface MixAlias {
  readonly name: string;
  /** One display for each task, in order: as Mix reads it, a single task is a list of one. */
  readonly tasks: readonly string[];
  /** The list of tasks on one line. */
  readonly display: string;
  readonly value: Expr;
  readonly range: Range;
  readonly line: number;
}

/** One clause of a function that is called with an argument. */
export interface MixClause {
  readonly name: string;
  /** `elixirc_paths(:test)` */
  readonly head: string;
  /** The body on one line. */
  readonly display: string;
  readonly body: readonly Expr[];
  readonly range: Range;
  readonly line: number;
}

/** Something that only running `mix.exs` would tell. */
export interface Unreadable {
  /** Where it belongs: `deps`, `project`, `aliases`, … */
  readonly part: string;
  /** The expression on one line. */
  readonly display: string;
  readonly line: number;
}
