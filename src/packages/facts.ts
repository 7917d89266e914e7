import type { ModuleDocument, NamesBySpan, PackageDocument } from './document.ts';
import { isIn, parseSpan, type Spanned, type VersionSpan, valueAt, versionOf } from './span.ts';

/** How a public name may be used. Hidden names are public to the compiler alone. */
export type NameKind = 'function' | 'macro' | 'hidden';

/** A requirement that a package passes on to an app. */
export interface PackageDep {
  readonly name: string;
  readonly requirement: string;
  readonly optional: boolean;
}

/** What one name of a module is, by version. */
export interface NameFacts {
  readonly kinds: readonly Spanned<NameKind>[];
  /** What to call instead, empty where the package names nothing. */
  readonly deprecated: readonly Spanned<string>[];
}

const nothing: NameFacts = { kinds: [], deprecated: [] };

/** The facts of one package, read from its document; each module when it is asked for. */
export class PackageFacts {
  readonly name: string;
  /** Every version that was read, rising. */
  readonly versions: readonly string[];
  readonly #document: PackageDocument;
  /** Released versions, rising, without pre-releases. */
  readonly releases: readonly string[];
  readonly #modules = new Map<string, ModuleFacts>();
  readonly #deps = new Map<string, readonly PackageDep[]>();
  readonly #depLists = new Map<string, readonly PackageDep[]>();
  readonly #depSpans: readonly (readonly [string, readonly Spanned<string>[]])[];

  constructor(document: PackageDocument) {
    this.#document = document;
    this.name = document.package;
    this.versions = document.versions.split(' ');
    this.releases = this.versions.filter((version) => versionOf(version).pre.length === 0);
    this.#depSpans = Object.entries(document.deps).map(([name, spans]) => [name, spanned(spans)]);
  }

  /** Whether facts reach a version: those older than the first that was read are not known. */
  knows(version: string): boolean {
    const [first] = this.versions;
    return first !== undefined && isIn({ since: first, until: null }, version);
  }

  /** The Elixir requirement of a version; undefined where it states none or is not known. */
  elixir(version: string): string | undefined {
    return valueAt(spanned(this.#document.elixir), version);
  }

  /** What a version asks of other packages: the same list for all versions that ask the same. */
  deps(version: string): readonly PackageDep[] {
    const known = this.#deps.get(version);
    if (known) return known;
    const deps = this.#depSpans.flatMap(([name, spans]) => {
      const text = valueAt(spans, version);
      if (text === undefined) return [];
      const optional = text.endsWith(' optional');
      return [{ name, requirement: optional ? text.slice(0, -' optional'.length) : text, optional }];
    });
    const key = JSON.stringify(deps);
    const list = this.#depLists.get(key) ?? deps;
    this.#depLists.set(key, list);
    this.#deps.set(version, list);
    return list;
  }

  /** Names of all modules that a version of the package has ever defined. */
  get modules(): string[] {
    return Object.keys(this.#document.modules);
  }

  /** The facts of a module; undefined where no version has defined it. */
  module(name: string): ModuleFacts | undefined {
    const document = Object.hasOwn(this.#document.modules, name) ? this.#document.modules[name] : undefined;
    if (document === undefined) return undefined;
    const facts = this.#modules.get(name) ?? new ModuleFacts(document);
    this.#modules.set(name, facts);
    return facts;
  }
}

/** What versions of a package say of one module. */
class ModuleFacts {
  readonly #document: ModuleDocument;
  readonly #imported = new Map<string, readonly string[]>();
  #names: Map<string, NameFacts> | null = null;
  #defined: readonly VersionSpan[] | undefined;

  constructor(document: ModuleDocument) {
    this.#document = document;
  }

  /** Spans in which the module is defined. They may overlap. */
  get defined(): readonly VersionSpan[] {
    const { functions = {}, macros = {}, hidden = {}, empty = [], open = [] } = this.#document;
    this.#defined ??= [functions, macros, hidden]
      .flatMap((spans) => Object.keys(spans))
      .concat(empty, open)
      .map(parseSpan);
    return this.#defined;
  }

  /** Spans of all functions and macros that are there for others. They may overlap. */
  get documented(): VersionSpan[] {
    const { functions = {}, macros = {} } = this.#document;
    return [functions, macros].flatMap((spans) => Object.keys(spans)).map(parseSpan);
  }

  /** Whether a version defines the module. */
  isDefined(version: string): boolean {
    return this.defined.some((span) => isIn(span, version));
  }

  /** Whether a version of the module defines names that its syntax does not tell. */
  isOpen(version: string): boolean {
    return (this.#document.open ?? []).some((span) => isIn(parseSpan(span), version));
  }

  /** Whether a version of the module is undocumented as a whole. */
  isInternal(version: string): boolean {
    return (this.#document.internal ?? []).some((span) => isIn(parseSpan(span), version));
  }

  /** What `name/arity` is, by version. */
  named(name: string): NameFacts {
    return this.#read().get(name) ?? nothing;
  }

  /** Every `name/arity` that any version has. */
  get names(): string[] {
    return [...this.#read().keys()];
  }

  /** The names that an import of the module brings in a version: all but those that begin with an underscore. */
  imported(version: string): readonly string[] {
    const known = this.#imported.get(version);
    if (known) return known;
    const imported = [...this.#read()].flatMap(([name, { kinds }]) =>
      !name.startsWith('_') && valueAt(kinds, version) !== undefined ? [name] : [],
    );
    this.#imported.set(version, imported);
    return imported;
  }

  /** What `use` of the module brings in a version: `import Plug.Conn`, `use Phoenix.Component`. */
  brings(version: string): string[] {
    return valueAt(spanned(this.#document.brings ?? {}), version)?.split('; ') ?? [];
  }

  #read(): Map<string, NameFacts> {
    if (this.#names) return this.#names;
    const { functions = {}, macros = {}, hidden = {}, deprecated = {} } = this.#document;
    const names = new Map<string, { kinds: Spanned<NameKind>[]; deprecated: Spanned<string>[] }>();
    const of = (name: string) => {
      const known = names.get(name) ?? { kinds: [], deprecated: [] };
      names.set(name, known);
      return known;
    };
    const kinds: [NameKind, NamesBySpan][] = [
      ['function', functions],
      ['macro', macros],
      ['hidden', hidden],
    ];
    for (const [value, spans] of kinds)
      for (const { name, span } of eachName(spans)) of(name).kinds.push({ ...span, value });
    for (const { name, span } of eachName(deprecated)) {
      const [own = '', value = ''] = name.split('=');
      of(own).deprecated.push({ ...span, value });
    }
    this.#names = names;
    return names;
  }
}

function eachName(spans: NamesBySpan): { name: string; span: VersionSpan }[] {
  return Object.entries(spans).flatMap(([text, names]) => {
    const span = parseSpan(text);
    return names.split(' ').map((name) => ({ name, span }));
  });
}

function spanned(spans: Readonly<Record<string, string>>): Spanned<string>[] {
  return Object.entries(spans).map(([text, value]) => ({ ...parseSpan(text), value }));
}
