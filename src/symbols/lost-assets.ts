import { lineAt } from '../elixir/position.ts';
import { type AssetImport, isAsset } from './assets/imports.ts';
import { AssetResolver } from './assets/resolve.ts';
import type { ProjectIndex } from './index.ts';
import type { Inconsistency, Transition } from './transition.ts';

/** Imports of scripts and style sheets that find nothing any more, and pages that ask for a picture that went. */
export function lostAssets(transition: Transition): Inconsistency[] {
  return [...lostImports(transition), ...lostFiles(transition)];
}

function lostImports({ before, after, changed }: Transition): Inconsistency[] {
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
      const lost = resolution === 'missing' ? then !== 'missing' : resolution === 'unknown' && then === 'defined';
      return lost ? [{ path, line, subject: specifier, message: `nothing answers to the import "${specifier}"` }] : [];
    });
  });
}

/** Files that were served as they are: a template, style sheet or module that names the address still wants them. */
function lostFiles({ before, after, changed }: Transition): Inconsistency[] {
  const gone = changed.flatMap((path) => (before.has(path) && !after.has(path) ? servedAs(path, after) : []));
  if (gone.length === 0) return [];
  const sources = after.paths.filter((path) => /\.(?:exs?|[hl]?eex)$/.test(path) || isAsset(path));
  return gone.flatMap((address) =>
    sources.flatMap((path) => {
      const line = lineOf(after, path, address);
      return line === null ? [] : [{ path, line, subject: address, message: `${address} is not there` }];
    }),
  );
}

/** `/images/phoenix.png` of a file that has gone from the folder of static files, and has not moved to the other one. */
function servedAs(path: string, after: ProjectIndex): string[] {
  const [, root = '', address] = /^(.*?)(?:priv|assets)\/static(\/.+)$/.exec(path) ?? [];
  if (address === undefined) return [];
  const isThere = ['priv', 'assets'].some((folder) => after.has(`${root}${folder}/static${address}`));
  return isThere ? [] : [address];
}

function lineOf(index: ProjectIndex, path: string, address: string): number | null {
  const text = index.read(path) ?? '';
  const at = text.indexOf(address);
  if (at === -1 || /[\w.-]/.test(text.charAt(at + address.length))) return null;
  return lineAt(text, at);
}
