import { isAsset } from './assets/imports.ts';
import { AssetResolver } from './assets/resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** Imports of scripts and style sheets that find nothing any more. What a new import asks for another step may bring. */
export function lostAssets({ before, after, changed }: Transition): Inconsistency[] {
  const takesAway = changed.some(
    (path) => (isAsset(path) && !after.has(path)) || /(?:^|\/)(?:package\.json|mix\.exs|config\.exs)$/.test(path),
  );
  if (!takesAway) return [];
  const [old, now] = [new AssetResolver(before), new AssetResolver(after)];
  return after.paths.filter(isAsset).flatMap((path) => {
    const known = new Set(before.importsOf(path).map(({ specifier }) => specifier));
    return after.importsOf(path).flatMap(({ specifier, line }): Inconsistency[] => {
      const isDefined = (resolver: AssetResolver) => resolver.resolve(path, specifier) === 'defined';
      return known.has(specifier) && isDefined(old) && !isDefined(now)
        ? [{ path, line, subject: specifier, message: `nothing answers to the import "${specifier}"` }]
        : [];
    });
  });
}
