import { isAsset } from './assets/imports.ts';
import { AssetResolver, colocatedPackage, packageNames } from './assets/resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

/**
 * Imports of scripts and style sheets that find nothing any more. What a new import asks for another step may bring, but for what
 * a compiler writes: that is there by settings alone, whatever files come along.
 */
export function lostAssets(transition: Transition): Inconsistency[] {
  return [...importsLost(transition), ...compiledImports(transition)];
}

/** New imports of what LiveView's compiler writes, where nothing runs it or tells the bundler where to look. */
function compiledImports({ before, after, changed }: Transition): Inconsistency[] {
  const resolver = new AssetResolver(after);
  return changed.filter(isAsset).flatMap((path) => {
    if (!after.read(path)?.includes(colocatedPackage)) return [];
    const known = new Set(before.importsOf(path).map(({ specifier }) => specifier));
    return after.importsOf(path).flatMap(({ specifier, line }): Inconsistency[] => {
      const lacking =
        specifier.startsWith(colocatedPackage) && !known.has(specifier) ? resolver.colocatedLacks() : null;
      const message = `nothing answers to the import "${specifier}" without ${lacking}`;
      return lacking === null ? [] : [{ path, line, subject: lacking, message }];
    });
  });
}

function importsLost(transition: Transition): Inconsistency[] {
  const { before, after, changed } = transition;
  const takesAway = changed.some(
    (path) => (isAsset(path) && !after.has(path)) || /(?:^|\/)(?:package\.json|mix\.exs|config\.exs)$/.test(path),
  );
  if (!takesAway) return [];
  const words = wordsGone(transition);
  const [old, now] = [new AssetResolver(before), new AssetResolver(after)];
  const mentions = (path: string) => words.some((word) => after.read(path)?.includes(word));
  return after.paths.filter(isAsset).flatMap((path) => {
    if (!mentions(path)) return [];
    const known = new Set(before.importsOf(path).map(({ specifier }) => specifier));
    return after.importsOf(path).flatMap(({ specifier, line }): Inconsistency[] => {
      const isDefined = (resolver: AssetResolver) => resolver.resolve(path, specifier) === 'defined';
      return known.has(specifier) && isDefined(old) && !isDefined(now)
        ? [{ path, line, subject: specifier, message: `nothing answers to the import "${specifier}"` }]
        : [];
    });
  });
}

/** A word of each import of something that went: only the files that have one in their text are read. */
function wordsGone({ before, after, changed }: Transition): string[] {
  const files = changed.filter((path) => before.has(path) && !after.has(path)).map(importedAs);
  const listed = changed
    .filter((path) => path.endsWith('package.json'))
    .flatMap((path) => {
      const left = packageNames(after.read(path) ?? '');
      return packageNames(before.read(path) ?? '').filter((name) => !left.includes(name));
    });
  const deps = [...before.deps].filter((name) => !after.deps.has(name));
  return [...files, ...listed, ...deps, colocatedPackage];
}

/** `socket` of `js/socket.js`, `reset` of `_reset.scss`; an `index` is imported by any path to its folder. */
function importedAs(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/^_/, '');
  const stem = name.replace(/\..*$/, '');
  return stem === 'index' ? '' : stem;
}
