import { type AssetImport, isAsset } from './assets/imports.ts';
import { AssetResolver } from './assets/resolve.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** Imports of scripts and style sheets that find nothing any more. What a new import asks for another step may bring. */
export function lostAssets({ before, after, changed }: Transition): Inconsistency[] {
  const own = changed.filter((path) => isAsset(path) && after.has(path));
  const takesAway = changed.some(
    (path) => (isAsset(path) && !after.has(path)) || /(?:^|\/)(?:package\.json|mix\.exs|config\.exs)$/.test(path),
  );
  const paths = takesAway ? after.paths.filter(isAsset) : own;
  if (paths.length === 0) return [];
  const [old, now] = [new AssetResolver(before), new AssetResolver(after)];
  return paths.flatMap((path) => {
    const known = new Set(before.importsOf(path).map(({ specifier }) => specifier));
    return after.importsOf(path).flatMap((one: AssetImport): Inconsistency[] => {
      const { specifier, line } = one;
      const resolution = now.resolve(path, specifier);
      const then = known.has(specifier) ? old.resolve(path, specifier) : null;
      const lost = then === 'defined' && resolution !== 'defined';
      return lost ? [{ path, line, subject: specifier, message: `nothing answers to the import "${specifier}"` }] : [];
    });
  });
}
