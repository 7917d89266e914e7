import { nearest } from '../errors/did-you-mean.ts';
import { UpgradeError } from '../errors/error.ts';
import { compareVersions, isStable, releaseLine, resolveVersion } from '../pristine/versions.ts';

/** The version that a person means, with a hint for one that is not known. Throws as `resolveVersion`. */
export function meantVersion(wanted: string, known: readonly string[]): string {
  try {
    return resolveVersion(wanted, known);
  } catch (error) {
    if (!(error instanceof UpgradeError) || error.code !== 'unknown-version') throw error;
    throw unknownVersion(wanted, known);
  }
}

/** The same, for what only a version with facts can do. */
export function knownVersion(wanted: string, known: readonly string[]): string {
  const version = meantVersion(wanted, known);
  if (!known.includes(version)) throw unknownVersion(wanted, known);
  return version;
}

function unknownVersion(wanted: string, known: readonly string[]): UpgradeError {
  const near = newestUpTo(wanted, known) ?? nearest(wanted, [...known, ...known.map(releaseLine), 'latest']);
  const hint = near === undefined ? {} : { hint: `Did you mean ${near}? phx-upgrade versions lists the known ones.` };
  return new UpgradeError('unknown-version', { version: wanted, ...hint });
}

/** The newest known version of the same release line, else the newest before it; none for what is no version. */
function newestUpTo(wanted: string, known: readonly string[]): string | undefined {
  const line = releaseLine(wanted);
  if (!isStable(`${line}.0`)) return undefined;
  const reached = (version: string) => releaseLine(version) === line || compareVersions(version, `${line}.0`) < 0;
  return known.filter(reached).sort(compareVersions).at(-1);
}
