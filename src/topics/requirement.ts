import { compareVersions } from '../pristine/versions.ts';

/** The lowest version that a displayed requirement names (`"~> 0.3 or ~> 0.2.9"`: 0.2.9); 0.0.0 where it names none. */
export function lowestVersion(requirement: string | null): string {
  const versions = (requirement?.match(/\d+(?:\.\d+)+/g) ?? []).map(inThreeNumbers);
  return versions.sort(compareVersions)[0] ?? '0.0.0';
}

/** `1.8.0` for `1.8`. */
export function inThreeNumbers(version: string): string {
  return [...version.split('.'), '0', '0'].slice(0, 3).join('.');
}
