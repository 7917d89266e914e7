import { memoryTree } from '../project/tree.ts';
import { ProjectIndex } from '../symbols/index.ts';
import { Resolver } from '../symbols/resolve.ts';
import type { RewriteFile } from './place.ts';

interface Known {
  readonly paths: readonly string[];
  readonly texts: readonly (string | undefined)[];
  readonly index: ProjectIndex;
}

/** Indexes made last: hundreds of files take the same few modules in. */
const recent: Known[] = [];
const remembered = 8;

interface Scope {
  readonly beside: readonly string[];
  readonly prefixes: readonly string[];
  readonly resolver: Resolver;
}

/** Asked for by each template of a file, of which a module may have thousands. */
const scopes = new WeakMap<RewriteFile, Scope>();

/** What holds in a file: looks up names in it, and in the files beside it that it takes in. */
export function scopeOf(file: RewriteFile, beside: readonly string[], prefixes: readonly string[]): Resolver {
  const known = scopes.get(file);
  if (known && sameList(known.beside, beside) && sameList(known.prefixes, prefixes)) return known.resolver;
  const resolver = resolverOf(file, beside, prefixes);
  scopes.set(file, { beside, prefixes, resolver });
  return resolver;
}

function resolverOf(
  { path, text, read }: RewriteFile,
  beside: readonly string[],
  prefixes: readonly string[],
): Resolver {
  const others = indexOf(
    beside.filter((one) => one !== path),
    read,
  );
  const own = memoryTree(new Map([[path, { bytes: Buffer.from(text) }]]));
  const tree = { ...own, paths: [...others.paths, path].sort() };
  return new Resolver(others.changed(tree, [path]), prefixes);
}

function indexOf(paths: readonly string[], read: RewriteFile['read']): ProjectIndex {
  const texts = paths.map(read);
  const known = recent.find((one) => sameList(one.paths, paths) && sameList(one.texts, texts));
  if (known) return known.index;
  const files = paths.flatMap((path, at) => {
    const text = texts[at];
    return text === undefined ? [] : [[path, { bytes: Buffer.from(text) }] as const];
  });
  const index = ProjectIndex.of(memoryTree(new Map(files)));
  recent.unshift({ paths, texts, index });
  recent.length = Math.min(recent.length, remembered);
  return index;
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
