/**
 * Package facts as they are stored, one JSON file a package in `snapshots/packages/`. A span is text as in `span.ts`; names are joined
 * by spaces, since most names of a module share a span.
 */

/** Names by the span in which they are so: `{ "1.3.0..1.8.0": "get_flash/1 get_flash/2" }`. */
export type NamesBySpan = Readonly<Record<string, string>>;

export interface ModuleDocument {
  readonly functions?: NamesBySpan;
  readonly macros?: NamesBySpan;
  /** Public, but not documented: nobody should call them, and calls of them still work. */
  readonly hidden?: NamesBySpan;
  /** `get_flash/1=Phoenix.Flash.get/2`: what stands after `=` is what to call instead, where the package says so by name. */
  readonly deprecated?: NamesBySpan;
  /** What `use` of the module brings: `import Plug.Conn`, `use Phoenix.Component`, joined by `; `. */
  readonly brings?: NamesBySpan;
  /** Spans in which the module defines names that its syntax does not tell. */
  readonly open?: readonly string[];
  /** Spans in which the whole module is undocumented. */
  readonly internal?: readonly string[];
  /** Spans in which the module exists but defines nothing. */
  readonly empty?: readonly string[];
}

export interface PackageDocument {
  readonly format: 1;
  readonly package: string;
  /** Every version that was read, rising, joined by spaces; pre-releases among them. */
  readonly versions: string;
  /** The Elixir requirement by span. */
  readonly elixir: Readonly<Record<string, string>>;
  /** Requirements that reach an app, by dep and span; ` optional` follows where a dep is so. */
  readonly deps: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly modules: Readonly<Record<string, ModuleDocument>>;
}

/** `snapshots/packages/index.json`: which packages have ever defined which modules, so that only those are read. */
export interface PackageIndex {
  readonly format: 1;
  /** Modules of each package, joined by spaces. */
  readonly modules: Readonly<Record<string, string>>;
}
