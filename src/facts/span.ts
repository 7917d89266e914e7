import { compareVersions } from '../pristine/versions.ts';

/** The newest known version that is not newer than the wanted one; the oldest known one where all are newer. */
export function nearestKnown(wanted: string, versions: readonly string[]): string {
  return versions.filter((version) => compareVersions(version, wanted) <= 0).at(-1) ?? versions[0] ?? wanted;
}
