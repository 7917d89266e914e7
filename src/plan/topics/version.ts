/** Order of two versions of the generator; pre-releases do not occur among them. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `since` ≤ version < `until`; no `until` means for ever. */
export function isDuring(version: string, since: string, until: string | null): boolean {
  return compareVersions(version, since) >= 0 && (until === null || compareVersions(version, until) < 0);
}

/** The lowest version that a displayed requirement names (`"~> 0.3 or ~> 0.2.9"`: 0.2.9), null where it has none. */
export function lowestVersion(requirement: string | null): string | null {
  const versions = requirement?.match(/\d+(?:\.\d+)+/g) ?? [];
  return versions.reduce<string | null>(
    (lowest, version) => (lowest === null || compareVersions(version, lowest) < 0 ? version : lowest),
    null,
  );
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}
