import type { Expr, Range } from '../ast.ts';

/**
 * Where a key is set: `all` is every build environment, `dev` one of them; `runtime` is runtime.exs in every
 * environment, `runtime:prod` in one.
 */
export type ConfigScope = string;

/** A condition around a call, other than on the environment. */
export interface ConfigCondition {
  /** `unless` is also the `else` of an `if`. */
  readonly kind: 'if' | 'unless' | 'case' | 'cond';
  /** What is tested, local bindings followed and tests of the environment left out. */
  readonly test: string;
  /** The pattern of the clause, for `case`. */
  readonly pattern: string | null;
  /** The same as an expression; what is left where the environment was tested too. */
  readonly expr: Expr;
  /** The `if`, `unless`, `case` or `cond` as a whole. */
  readonly range: Range;
}

/** One leaf of one `config` call, in one scope. */
export interface ConfigEntry {
  /** `['shop', 'ShopWeb.Endpoint', 'http', 'port']`. */
  readonly keyPath: readonly string[];
  /** The value as it stands in the call; a local name is not followed. */
  readonly value: Expr;
  /** One-line text of the value, bindings followed and conditions folded in: `if(System.get_env("TLS"), do: true)`. */
  readonly text: string;
  readonly scope: ConfigScope;
  /** The environment its own file asks for (`if config_env() == :prod`); null where the file as a whole is meant. */
  readonly environment: string | null;
  readonly conditions: readonly ConfigCondition[];
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly ranges: EntryRanges;
  /** A later call for the same key, scope and conditions wins. */
  readonly overridden: boolean;
  /** Environment variables that the value or its conditions read; `?` where the name is computed. */
  readonly variables: readonly string[];
  /** Whether it reads such variables while the project is being built: a running release never sees them. */
  readonly readsAtBuild: boolean;
}

/** Where the parts of an entry stand in the text of its file. */
export interface EntryRanges {
  /** `key: value`; null where the value is the third argument of `config`. */
  readonly pair: Range | null;
  /** The innermost key: of the pair, else the second argument. */
  readonly key: Range;
  readonly value: Range;
  readonly call: Range;
  /** The innermost `do … end` around the call. */
  readonly block: Range | null;
}

/** One file that the configuration is read from. */
export interface ConfigFile {
  readonly path: string;
  /** What an unconditional call in it sets. */
  readonly scopes: readonly ConfigScope[];
  /** How it gets `config`; null where it does neither. */
  readonly header: ConfigHeader | null;
}

/** The line that brings the macro `config` into a file. */
export interface ConfigHeader {
  readonly kind: 'import Config' | 'use Mix.Config';
  readonly line: number;
  readonly range: Range;
}

/** Something in a file that cannot be read without running it, or an import that leads nowhere. */
export interface ConfigNote {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A call of a function of some module, as a statement of its own. */
export interface ConfigCall {
  readonly path: string;
  readonly line: number;
  /** `Shop.Settings` and `load` of `Shop.Settings.load()`. */
  readonly module: string;
  readonly name: string;
}

/** An `import_config` that leads nowhere. */
export interface MissingImport {
  readonly path: string;
  readonly line: number;
  /** Path from the root of the file that is not there. */
  readonly imported: string;
  /** The import stands under `File.exists?`: nothing breaks. */
  readonly guarded: boolean;
}

/** A project's whole configuration, as far as it can be read without running it. */
export interface ConfigModel {
  /** Path of the file that is read at build time; `runtime.exs` and the files of the environments lie beside it. */
  readonly build: string;
  /** In the order in which they take effect, imports in their place. */
  readonly entries: readonly ConfigEntry[];
  readonly files: readonly ConfigFile[];
  readonly missing: readonly MissingImport[];
  readonly unknown: readonly ConfigNote[];
  /** Statements that call a function of a module, which may configure by itself. */
  readonly calls: readonly ConfigCall[];
  /** Lines with syntax errors. */
  readonly problems: readonly ConfigNote[];
  /** The build environments: dev, test, prod and those with a file of their own. */
  readonly environments: readonly string[];
}
