import { flagsFor } from '../pristine/flags.ts';
import { compareVersions, releaseLine } from '../pristine/versions.ts';

/**
 * Where a stepwise upgrade stops: the newest version of each release line on the way, and the target. Where a line lost
 * the project's database for some versions, the newest that has it.
 */
export function stopsBetween(
  from: string,
  to: string,
  versions: readonly string[],
  flags: readonly string[] = [],
): string[] {
  const way = versions.filter((version) => compareVersions(version, from) > 0 && compareVersions(version, to) < 0);
  const lines = [...new Set(way.map(releaseLine))].filter((line) => line !== releaseLine(to));
  const stops = lines
    .filter((line) => line !== releaseLine(from))
    .flatMap((line) => {
      const ofLine = way.filter((version) => releaseLine(version) === line);
      return ofLine.findLast((version) => hasDatabase(version, flags)) ?? ofLine.slice(-1);
    });
  return [...stops, to];
}

function hasDatabase(version: string, flags: readonly string[]): boolean {
  return flagsFor(version, flags).dropped.every(({ flag }) => !flag.startsWith('--database '));
}
