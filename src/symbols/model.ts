import type { Form } from './forms.ts';

/** A place in a file of the project; lines count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** A function, macro or component that a module defines, all its clauses of one number of arguments together. */
export interface DefinedFunction {
  readonly name: string;
  /** Fewest and most arguments: defaults make them differ. */
  readonly least: number;
  readonly most: number;
  readonly private: boolean;
  readonly macro: boolean;
  readonly line: number;
}

/** `use Module, :role`; `role` is null for other options or none. */
export interface UsedModule {
  readonly module: string;
  readonly role: string | null;
  /** Options that are `false`: `helpers` of `use Phoenix.Router, helpers: false`. */
  readonly off: readonly string[];
  readonly line: number;
}

/** `import Module`; `only` and `except` are names without arity, null where they are not given or not plain. */
export interface ImportedModule {
  readonly module: string;
  readonly only: ReadonlySet<string> | null;
  readonly except: ReadonlySet<string> | null;
  /** Whether it holds in the whole body, for names that can be told. */
  readonly isSure: boolean;
}

/** What a module's body, or a quote that other modules take in, brings into scope. */
export interface Scope {
  readonly uses: readonly UsedModule[];
  readonly imports: readonly ImportedModule[];
  /** Full names behind short ones. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** The name under which a module has the quote that a plain `use` of it brings. */
export const usingQuote = '__using__';

/** A function whose body is `quote do … end`, as those of `ShopWeb` are. */
export interface QuotedScope extends Scope {
  /** Functions of the same module that it unquotes. */
  readonly unquotes: readonly string[];
}

/** `embed_templates "page_html/*", suffix: "_html"`: patterns are paths without ending, below the root, with `*` for one segment. */
export interface EmbeddedTemplates {
  readonly pattern: string;
  readonly suffix: string;
}

/** A module of the project. */
export interface ModuleSymbols extends Scope {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly functions: readonly DefinedFunction[];
  readonly embeds: readonly EmbeddedTemplates[];
  /** Whether its body calls macros that may define functions. */
  readonly hasMacroCalls: boolean;
  /** `root:` of `use Phoenix.View` in the module or in what it uses, as far as it is text. */
  readonly viewRoot: string | null;
  readonly quotes: ReadonlyMap<string, QuotedScope>;
}

/** What one place of the project needs to be defined. */
export type Reference = Place & {
  /** Module in which the place stands, whose imports and aliases hold there; null in scripts and configuration. */
  readonly scope: string | null;
} /** `use`, `import`, a route: the module must be there. */ & (
    | { readonly kind: 'module'; readonly module: string }
    /** The name alone, which may be that of a process: it says nothing where no such module ever was. */
    | { readonly kind: 'mention'; readonly module: string }
    /** `Module.name(…)` or `&Module.name/1`; `arity` is null where it cannot be told. */
    | { readonly kind: 'function'; readonly module: string; readonly name: string; readonly arity: number | null }
    /** `<Module.name>` */
    | { readonly kind: 'component'; readonly module: string; readonly name: string }
    /** `name(…)`, `&name/1`, `<.name>` in the module of `scope`; a macro around it may give it a meaning of its own. */
    | { readonly kind: 'local'; readonly name: string; readonly arity: number }
    /** `unquote(name())` in a quote of the module of `scope`. */
    | { readonly kind: 'unquoted'; readonly name: string; readonly arity: number }
    /** `~p` */
    | { readonly kind: 'verified-route' }
    /** `use Module, :role` */
    | { readonly kind: 'role'; readonly module: string; readonly name: string }
    /** `{Module, :name}` or `{Module, "name.html"}` for a layout; `name` has no ending. */
    | { readonly kind: 'template'; readonly module: string; readonly name: string }
    /** `render(conn, :name)` of a controller. */
    | { readonly kind: 'page'; readonly controller: string; readonly name: string }
    /** Written as not every version of a package reads it. */
    | { readonly kind: 'form'; readonly form: Form }
    /** A LiveView or component without `render/1`, whose template lies beside it. */
    | { readonly kind: 'own-template'; readonly module: string }
  );

/** What one file defines and what it needs. */
export interface FileSymbols {
  readonly path: string;
  readonly modules: readonly ModuleSymbols[];
  readonly references: readonly Reference[];
}
