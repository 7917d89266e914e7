import type { Source } from '../elixir/ast.ts';
import type { Mixfile } from '../elixir/mix/model.ts';
import { readMixfile } from '../elixir/mix/read.ts';
import { parse } from '../elixir/parse.ts';
import type { FileTree } from './tree.ts';

/** The Elixir files of a tree, each parsed once, when it is first asked for. */
export class SourceFiles {
  readonly tree: FileTree;
  readonly #before: ReadonlyMap<string, Source | undefined>;
  readonly #parsed = new Map<string, Source | undefined>();
  readonly #mixfiles = new Map<string, Mixfile>();

  /** `before` is the project before some edits: what was parsed of it and did not change is taken over. */
  constructor(tree: FileTree, before?: SourceFiles) {
    this.tree = tree;
    this.#before = before ? before.#parsed : new Map();
  }

  /** The parsed file; undefined when it is absent or no text. */
  get(path: string): Source | undefined {
    if (!this.#parsed.has(path)) {
      const text = this.tree.read(path);
      const known = this.#before.get(path);
      this.#parsed.set(path, text === undefined ? undefined : known?.text === text ? known : parse(text));
    }
    return this.#parsed.get(path);
  }

  /** What a `mix.exs` states; empty where it is absent or defines no Mix project. */
  mixfile(path: string): Mixfile {
    const known = this.#mixfiles.get(path);
    if (known) return known;
    const mixfile = readMixfile(this.get(path) ?? parse(''));
    this.#mixfiles.set(path, mixfile);
    return mixfile;
  }

  /**
   * Files below a directory whose text names `marker`: those with the given base name first, of these the ones that
   * lie less deep, where the main one of several is. A cheap look at the text decides what is worth parsing.
   */
  *mentioning(directory: string, marker: string, likely: RegExp): Iterable<{ path: string; source: Source }> {
    const prefix = directory === '' ? '' : `${directory}/`;
    const files = this.tree.paths.filter((path) => path.startsWith(prefix) && isOwnSource(path.slice(prefix.length)));
    const expected = files.filter((path) => likely.test(path)).sort((a, b) => depth(a) - depth(b));
    for (const path of [...expected, ...files.filter((path) => !likely.test(path))]) {
      if (!this.tree.read(path)?.includes(marker)) continue;
      const source = this.get(path);
      if (source) yield { path, source };
    }
  }
}

function depth(path: string): number {
  return path.split('/').length;
}

/** Compiled sources of one app: not tests, not migrations, and not those of an umbrella's members. */
function isOwnSource(path: string): boolean {
  return path.endsWith('.ex') && !/^(apps|test|priv|assets|rel)\//.test(path);
}
