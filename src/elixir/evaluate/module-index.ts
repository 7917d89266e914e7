import type { FileMap } from './file-map.ts';

const definition = /^\s*defmodule\s+([A-Z][\w.]*)/gm;

/** Which file defines which module; a file is given out once, as loading it defines all that it has. */
export class ModuleIndex {
  readonly #files: FileMap;
  readonly #sources: readonly string[];
  #paths: Map<string, string> | null = null;

  constructor(files: FileMap, sources: readonly string[]) {
    this.#files = files;
    this.#sources = sources;
  }

  /** Path of the file with this module, `Elixir.Shop.Repo`, unless it was given out before. */
  take(module: string): string | null {
    this.#paths ??= this.#read();
    const path = this.#paths.get(module);
    if (path === undefined) return null;
    for (const [name, known] of [...this.#paths]) if (known === path) this.#paths.delete(name);
    return path;
  }

  /** Whether a file defines this module, given out or not. */
  has(module: string): boolean {
    this.#paths ??= this.#read();
    return this.#paths.has(module);
  }

  #read(): Map<string, string> {
    const paths = new Map<string, string>();
    for (const path of this.#sources) {
      const text = new TextDecoder().decode(this.#files.read(path));
      for (const [, name] of text.matchAll(definition)) paths.set(`Elixir.${name}`, path);
    }
    return paths;
  }
}
