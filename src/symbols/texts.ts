import type { FileTree } from '../project/tree.ts';

/** A file whose names are indexed. */
export interface IndexedText {
  readonly path: string;
  readonly text: string;
}

/** Elixir sources and the templates that modules take in. */
export function isIndexed(path: string): boolean {
  return /\.(?:exs?|eex|heex|leex)$/.test(path);
}

/** The texts of one state of a project; a later state shares those of the files that did not change. */
export class Texts {
  readonly #byPath: ReadonlyMap<string, string>;
  /** Paths of the files that define a module whose name ends with the key. */
  readonly #definers: ReadonlyMap<string, readonly string[]>;

  private constructor(byPath: ReadonlyMap<string, string>, definers: ReadonlyMap<string, readonly string[]>) {
    this.#byPath = byPath;
    this.#definers = definers;
  }

  static of(tree: FileTree): Texts {
    const texts = new Map<string, string>();
    for (const path of tree.paths) {
      const text = isIndexed(path) ? tree.read(path) : undefined;
      if (text !== undefined) texts.set(path, text);
    }
    const definers = new Map<string, string[]>();
    for (const [path, text] of texts) for (const name of definedIn(path, text)) add(definers, name, path);
    return new Texts(texts, definers);
  }

  /** Those of a state in which only the files at these paths differ. */
  changed(tree: FileTree, paths: readonly string[]): Texts {
    const [texts, definers] = [new Map(this.#byPath), new Map(this.#definers) as Map<string, string[]>];
    for (const path of paths.filter(isIndexed)) {
      const text = tree.read(path);
      if (text === undefined) texts.delete(path);
      else {
        texts.set(path, text);
        for (const name of definedIn(path, text)) add(definers, name, path);
      }
    }
    return new Texts(texts, definers);
  }

  get(path: string): string | undefined {
    return this.#byPath.get(path);
  }

  /** Paths of files whose text has one of the words. */
  mentioning(words: readonly string[]): string[] {
    if (words.length === 0) return [];
    const found: string[] = [];
    for (const [path, text] of this.#byPath) if (words.some((word) => text.includes(word))) found.push(path);
    return found;
  }

  /** Paths of files that may define a module with this last part of its name. */
  defining(lastPart: string): readonly string[] {
    return (this.#definers.get(lastPart) ?? []).filter((path) => this.#byPath.has(path));
  }
}

function definedIn(path: string, text: string): string[] {
  if (!/\.exs?$/.test(path)) return [];
  const names = [...text.matchAll(/\bdef(?:module|protocol)\s+([\w.]+)/g)];
  return names.map(([, name = '']) => name.slice(name.lastIndexOf('.') + 1));
}

function add(definers: Map<string, readonly string[]>, name: string, path: string): void {
  const known = definers.get(name) ?? [];
  if (!known.includes(path)) definers.set(name, [...known, path]);
}
