import type { FileTree } from '../project/tree.ts';
import { dialectOf } from '../templates/placed.ts';
import { readTemplate } from '../templates/tree.ts';
import { EmbeddedFiles } from './embedded.ts';
import type { FileSymbols, ModuleSymbols, Reference } from './model.ts';
import { readFile } from './read-file.ts';
import { templateReferences } from './references.ts';

/** Files read before, by path, with the text they had: states of one project share what they have in common. */
export type FileCache = Map<string, { readonly text: string; readonly symbols: FileSymbols }>;

/**
 * What a project defines and needs, read as it is asked for: a file is parsed only when a name in it matters, and only
 * once for each text.
 */
export class ProjectIndex {
  readonly tree: FileTree;
  readonly #cache: FileCache;
  readonly #modules = new Map<string, ModuleSymbols | null>();
  #sources: readonly { readonly path: string; readonly text: string }[] | null = null;
  #embedded: EmbeddedFiles | null = null;

  constructor(tree: FileTree, cache: FileCache = new Map()) {
    this.tree = tree;
    this.#cache = cache;
  }

  /** An index of another state of the same project. */
  of(tree: FileTree): ProjectIndex {
    return new ProjectIndex(tree, this.#cache);
  }

  /** What an Elixir file defines and needs; for a template, what it needs. Nothing for other files and files that are absent. */
  file(path: string): FileSymbols {
    const text = this.tree.read(path);
    if (text === undefined) return { path, modules: [], references: [] };
    if (!/\.exs?$/.test(path)) return this.#template(path, text);
    const known = this.#cache.get(path);
    if (known?.text === text) return known.symbols;
    const symbols = readFile(path, text);
    this.#cache.set(path, { text, symbols });
    return symbols;
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
    if (words.length === 0) return [];
    return this.#texts()
      .filter(({ text }) => words.some((word) => text.includes(word)))
      .map(({ path }) => path);
  }

  /** Names of the modules whose body takes the template in, and the function that it becomes there. */
  get embedded(): EmbeddedFiles {
    this.#embedded ??= new EmbeddedFiles(this);
    return this.#embedded;
  }

  #findModule(name: string): ModuleSymbols | undefined {
    const last = name.slice(name.lastIndexOf('.') + 1);
    const definition = new RegExp(String.raw`def(?:module|protocol)\s+(?:[\w.]+\.)?${last.replace(/\W/g, '')}\b`);
    for (const { path, text } of this.#texts()) {
      if (!/\.exs?$/.test(path) || !definition.test(text)) continue;
      const module = this.file(path).modules.find((one) => one.name === name);
      if (module) return module;
    }
    return undefined;
  }

  #template(path: string, text: string): FileSymbols {
    const dialect = dialectOf(path, true);
    if (dialect === null) return { path, modules: [], references: [] };
    const scope = this.embedded.moduleOf(path)?.name ?? null;
    const context = { path, text, scope, aliases: new Map<string, string>() };
    const references: Reference[] = templateReferences(readTemplate(text, dialect), context);
    return { path, modules: [], references };
  }

  #texts(): readonly { readonly path: string; readonly text: string }[] {
    this.#sources ??= this.tree.paths.flatMap((path) => {
      const text = /\.(?:exs?|eex|heex|leex)$/.test(path) ? this.tree.read(path) : undefined;
      return text === undefined ? [] : [{ path, text }];
    });
    return this.#sources;
  }
}
