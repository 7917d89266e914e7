import { UpgradeError } from '../errors/error.ts';
import { nearest } from '../pristine/did-you-mean.ts';
import { compareVersions, releaseLine, resolveVersion } from '../pristine/versions.ts';

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
  const line = known.filter((version) => releaseLine(version) === releaseLine(wanted)).sort(compareVersions);
  const lines = [...new Set(known.map(releaseLine))];
  const near = line.at(-1) ?? nearest(wanted, [...known, ...lines, 'latest']);
  const hint = near === undefined ? {} : { hint: `Did you mean ${near}? phx-upgrade versions lists the known ones.` };
  return new UpgradeError('unknown-version', { version: wanted, ...hint });
}
