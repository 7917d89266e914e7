import type { Mixfile } from '../elixir/mix/model.ts';
import type { FileTree } from '../project/tree.ts';
import { dialectOf } from '../templates/placed.ts';
import { readTemplate } from '../templates/tree.ts';
import type { AssetImport } from './assets/imports.ts';
import { changesOwners, EmbeddedFiles } from './embedded.ts';
import type { FileSymbols, ModuleSymbols } from './model.ts';
import { readFile } from './read-file.ts';
import { ReadFiles } from './read-files.ts';
import { templateReferences } from './references.ts';
import { Texts } from './texts.ts';

/**
 * What a project defines and needs, read as it is asked for: a file is parsed only when a name in it matters, and only
 * once for each text.
 */
export class ProjectIndex {
  static readonly #known = new WeakMap<FileTree, ProjectIndex>();
  readonly #texts: Texts;
  readonly #cache: ReadFiles;
  readonly #modules = new Map<string, ModuleSymbols | null>();
  readonly #tree: FileTree;
  #embedded: EmbeddedFiles | null;
  #deps: ReadonlySet<string> | undefined;
  #mixfiles: readonly { readonly path: string; readonly mixfile: Mixfile }[] | undefined;

  private constructor(tree: FileTree, texts: Texts, cache: ReadFiles, embedded: EmbeddedFiles | null) {
    this.#tree = tree;
    this.#texts = texts;
    this.#cache = cache;
    this.#embedded = embedded;
  }

  /** The index of a tree, made once for all who ask. */
  static of(tree: FileTree): ProjectIndex {
    const index = ProjectIndex.#known.get(tree) ?? new ProjectIndex(tree, Texts.of(tree), new ReadFiles(), null);
    ProjectIndex.#known.set(tree, index);
    return index;
  }

  /** The index of another state of the project, in which only the files at these paths differ. */
  changed(tree: FileTree, paths: readonly string[]): ProjectIndex {
    const texts = this.#texts.changed(tree, paths);
    const owners = paths.some((path) => changesOwners(path, this.#texts.get(path), texts.get(path)));
    return new ProjectIndex(tree, texts, this.#cache, owners ? null : this.#embedded);
  }

  has(path: string): boolean {
    return this.#tree.has(path);
  }

  /** The text of any file; undefined where it is absent or no text. */
  read(path: string): string | undefined {
    return this.#texts.get(path) ?? this.#tree.read(path);
  }

  /** What a script or style sheet imports. */
  importsOf(path: string): readonly AssetImport[] {
    const text = this.read(path);
    return text === undefined ? [] : this.#cache.imports(path, text);
  }

  /** Every `mix.exs` of the project and its apps. */
  get mixfiles(): readonly { readonly path: string; readonly mixfile: Mixfile }[] {
    this.#mixfiles ??= this.paths.flatMap((path) => {
      const text = /^(?:apps\/[^/]+\/)?mix\.exs$/.test(path) ? this.#texts.get(path) : undefined;
      return text === undefined ? [] : [{ path, mixfile: this.#cache.mixfile(text) }];
    });
    return this.#mixfiles;
  }

  /** Names of the deps that any of them lists. */
  get deps(): ReadonlySet<string> {
    this.#deps ??= new Set(this.mixfiles.flatMap(({ mixfile }) => mixfile.deps.map(({ name }) => name)));
    return this.#deps;
  }

  /** The text of an Elixir file or template. */
  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  get paths(): readonly string[] {
    return this.#tree.paths;
  }

  /** What an Elixir file defines and needs; for a template, what it needs. Nothing for other files and files that are absent. */
  file(path: string): FileSymbols {
    const text = this.#texts.get(path);
    if (text === undefined) return { path, modules: [], references: [] };
    if (!/\.exs?$/.test(path)) return this.#template(path, text);
    return this.#cache.symbols(path, text, () => readFile(path, text));
  }

  /** The module of that name, wherever it is defined. */
  module(name: string): ModuleSymbols | undefined {
    const known = this.#modules.get(name);
    if (known !== undefined) return known ?? undefined;
    const found = this.#findModule(name) ?? null;
    this.#modules.set(name, found);
    return found ?? undefined;
  }

  /** Paths of Elixir files and templates whose text has one of the words. */
  mentioning(words: readonly string[]): string[] {
    return this.#texts.mentioning(words);
  }

  /** Names of the modules that files define, and of those that take the files in as templates; each once. */
  modulesAt(paths: readonly string[]): ReadonlySet<string> {
    return new Set(
      paths.flatMap((path) => {
        const names = this.file(path).modules.map(({ name }) => name);
        const owner = this.embedded.moduleOf(path);
        return owner === undefined ? names : [...names, owner];
      }),
    );
  }

  /** Which module takes in which template. */
  get embedded(): EmbeddedFiles {
    this.#embedded ??= new EmbeddedFiles(this);
    return this.#embedded;
  }

  #findModule(name: string): ModuleSymbols | undefined {
    for (const path of this.#texts.defining(name.slice(name.lastIndexOf('.') + 1))) {
      const module = this.file(path).modules.find((one) => one.name === name);
      if (module) return module;
    }
    return undefined;
  }

  #template(path: string, text: string): FileSymbols {
    const dialect = dialectOf(path, true);
    if (dialect === null) return { path, modules: [], references: [] };
    const scope = this.embedded.moduleOf(path) ?? null;
    return this.#cache.symbols(`${path} in ${scope}`, text, () => {
      const context = { path, text, scope, aliases: new Map<string, string>() };
      return { path, modules: [], references: templateReferences(readTemplate(text, dialect), context) };
    });
  }
}
