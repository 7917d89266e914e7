import type { Mixfile } from '../elixir/mix/model.ts';
import { readMixfile } from '../elixir/mix/read.ts';
import { parse } from '../elixir/parse.ts';
import { type AssetImport, importsOf } from './assets/imports.ts';
import type { FileSymbols } from './model.ts';

/** Files read before, by their text: states of one project share what they have in common. */
export class ReadFiles {
  readonly #symbols = new Map<string, Map<string, FileSymbols>>();
  readonly #imports = new Map<string, readonly AssetImport[]>();
  readonly #mixfiles = new Map<string, Mixfile>();

  /** By path and owner, then by text. */
  symbols(key: string, text: string, reading: () => FileSymbols): FileSymbols {
    const texts = this.#symbols.get(key) ?? new Map<string, FileSymbols>();
    this.#symbols.set(key, texts);
    const symbols = texts.get(text) ?? reading();
    texts.set(text, symbols);
    return symbols;
  }

  imports(path: string, text: string): readonly AssetImport[] {
    const imports = this.#imports.get(text) ?? importsOf(path, text);
    this.#imports.set(text, imports);
    return imports;
  }

  mixfile(text: string): Mixfile {
    const mixfile = this.#mixfiles.get(text) ?? readMixfile(parse(text));
    this.#mixfiles.set(text, mixfile);
    return mixfile;
  }
}
