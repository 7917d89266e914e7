import { modulesOf } from '../../elixir/module.ts';
import { parse } from '../../elixir/parse.ts';
import { fileHash } from '../../facts/extract/file.ts';
import { grouped } from '../../facts/grouped.ts';
import type { ProjectFiles } from './input.ts';

/**
 * By what a generated file is known when it does not stand where the generator writes it. Asked for only then: the
 * texts of many versions are many files.
 */
export interface Marks {
  /** Hashes of every text that any version wrote there. */
  readonly hashes: () => ReadonlySet<string>;
  /** Texts that versions wrote there. */
  readonly texts: () => readonly string[];
}

/** Share of lines that a moved and changed file must have in common with what some version wrote. */
const leastSimilarity = 0.6;
/** Fewer lines than this say too little. */
const leastLines = 6;

/** Finds where a project has what the generator writes. A file is found for one generated path at most. */
export class Locator {
  readonly #project: ProjectFiles;
  /** Project files at no generated path: only these can have been moved there. */
  readonly #loose: readonly string[];
  readonly #hashes = new Map<string, string>();
  #definitions: Map<string, string[]> | undefined;
  #byKind: Map<string, string[]> | undefined;

  constructor(project: ProjectFiles, generated: ReadonlySet<string>) {
    this.#project = project;
    const own = new Set([...generated].flatMap((path) => pathsOf(path, project)));
    this.#loose = project.tree.paths.filter((path) => !own.has(path));
  }

  /** Where a generated path is: there, in another layout, by its modules, moved, or moved and changed. */
  find(path: string, marks: Marks): string | null {
    const { tree } = this.#project;
    const known = pathsOf(path, this.#project).find((one) => tree.has(one));
    return known ?? this.#byModule(path, marks) ?? this.#byHash(path, marks) ?? this.#bySimilarity(path, marks);
  }

  #byModule(path: string, { texts }: Marks): string | null {
    if (!/\.exs?$/.test(path)) return null;
    for (const text of texts()) {
      const [module] = modulesOf(parse(text));
      const place = module && this.#placeOf(module.name);
      if (place !== undefined) return place;
    }
    return null;
  }

  /** The last of the loose files that define a module. Only those that speak of one so named are parsed. */
  #placeOf(module: string): string | undefined {
    const files = this.#defining().get(lastName(module)) ?? [];
    return files.findLast((path) => {
      const source = this.#project.sources.get(path);
      return source !== undefined && modulesOf(source).some(({ name }) => name === module);
    });
  }

  /** Loose files by the last part of the names that follow a `defmodule` in their text. */
  #defining(): Map<string, string[]> {
    if (this.#definitions) return this.#definitions;
    const definitions = new Map<string, string[]>();
    for (const path of this.#loose.filter((one) => /\.exs?$/.test(one))) {
      const text = this.#project.tree.read(path) ?? '';
      for (const [, name = ''] of text.matchAll(/\bdefmodule[\s(]+([\w.]+)/g)) {
        const module = lastName(name);
        const known = definitions.get(module);
        if (known) known.push(path);
        else definitions.set(module, [path]);
      }
    }
    this.#definitions = definitions;
    return definitions;
  }

  #byHash(path: string, marks: Marks): string | null {
    if (!isTelling(path)) return null;
    const hashes = marks.hashes();
    return this.#looseLike(path).find((one) => hashes.has(this.#hashOf(one))) ?? null;
  }

  /** Loose files that may be the file of a path. */
  #looseLike(path: string): readonly string[] {
    this.#byKind ??= grouped(this.#loose, kindOf);
    return this.#byKind.get(kindOf(path)) ?? [];
  }

  #hashOf(path: string): string {
    const { tree, names } = this.#project;
    const hash = this.#hashes.get(path) ?? fileHash(tree, path, names) ?? '';
    this.#hashes.set(path, hash);
    return hash;
  }

  #bySimilarity(path: string, { texts }: Marks): string | null {
    const { tree } = this.#project;
    if (/\.exs?$/.test(path) || !isTelling(path)) return null;
    const known = [...new Set(texts())].map(lineSet).filter((lines) => lines.size >= leastLines);
    let best: { place: string; share: number } | null = null;
    for (const place of known.length === 0 ? [] : this.#looseLike(path)) {
      const text = tree.read(place);
      const lines = lineSet(text ?? '');
      const share = Math.max(...known.map((one) => similarity(one, lines)));
      if (share >= leastSimilarity && share > (best?.share ?? 0)) best = { place, share };
    }
    return best?.place ?? null;
  }
}

/** Files that are alike in any two apps: an empty one, or one that only says what its place is for. */
function isTelling(path: string): boolean {
  return !/(^|\/)(\.gitkeep|\.formatter\.exs|\.gitignore|README\.md|test_helper\.exs)$/.test(path);
}

/** What a file keeps when it is moved: a module its name, and so its file; another its extension. */
function kindOf(path: string): string {
  return /\.exs?$/.test(path) ? baseName(path) : extension(path);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `Repo` of `Shop.Repo`. */
function lastName(module: string): string {
  return module.slice(module.lastIndexOf('.') + 1);
}

function extension(path: string): string {
  const name = baseName(path);
  return name.slice(name.indexOf('.', 1));
}

function lineSet(text: string): Set<string> {
  return new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length > 3),
  );
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((line) => b.has(line)).length;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

/** A place that a generated path may have: what differs from layout to layout, and the rest. */
interface Layout {
  readonly root: string;
  readonly rest: string;
}

/** A generated path in the layout that the generator has now, then in older ones; umbrella apps may be renamed. */
export function pathsOf(path: string, project: ProjectFiles): string[] {
  return layoutsOf(path, project).map(({ root, rest }) => root + rest);
}

/** Where a new file goes: into the layout that the project has. */
export function newPlace(path: string, project: ProjectFiles): string {
  const layouts = layoutsOf(path, project);
  const used = layouts.find(({ root }) => root === '' || project.tree.paths.some((file) => file.startsWith(root)));
  const { root, rest } = used ?? layouts[0] ?? { root: '', rest: path };
  return root + rest;
}

function layoutsOf(path: string, project: ProjectFiles): Layout[] {
  const { app, webApp } = project.names;
  const { member, inside } = memberOf(path, project);
  const web = webApp === app ? `${app}_web` : webApp;
  const root = ['lib', 'test'].find((one) => inside.startsWith(`${one}/${web}/`));
  if (root === undefined) return [{ root: member, rest: inside }];
  const rest = inside.slice(`${root}/${web}/`.length);
  // `lib/shop_web/…` was `web/…` before 1.3, and some keep it in `lib/shop/web/…`.
  const roots = [`${root}/${web}/`, `${root}/${app}/web/`, root === 'lib' ? 'web/' : 'test/web/'];
  return roots.map((one) => ({ root: member + one, rest }));
}

/** The umbrella app that a generated path lies in, under the directory that it really has. */
function memberOf(path: string, { umbrella, names, core, web }: ProjectFiles): { member: string; inside: string } {
  const members = umbrella ? [[names.webApp, web.directory] as const, [names.app, core.directory] as const] : [];
  for (const [app, directory] of members) {
    const prefix = `apps/${app}/`;
    if (path.startsWith(prefix)) return { member: `${directory}/`, inside: path.slice(prefix.length) };
  }
  return { member: '', inside: path };
}
