import { compareVersions, releaseLine } from '../pristine/versions.ts';

/** Where a stepwise upgrade stops: the newest version of each release line on the way, and the target. */
export function stopsBetween(from: string, to: string, versions: readonly string[]): string[] {
  const way = versions.filter((version) => compareVersions(version, from) > 0 && compareVersions(version, to) < 0);
  const lines = [...new Set(way.map(releaseLine))].filter((line) => line !== releaseLine(to));
  const stops = lines
    .filter((line) => line !== releaseLine(from))
    .flatMap((line) => way.findLast((version) => releaseLine(version) === line) ?? []);
  return [...stops, to];
}
