import type { Progress } from '../pristine/sources/source.ts';
import { compareVersions, isStable, releaseLine } from '../pristine/versions.ts';
import type { LoadedProject } from './load.ts';
import { isUnobtained, type TextSources } from './text-sources.ts';

/**
 * Makes a target known that the snapshots do not have, from what a source generates for it. Where no source has it, and none was
 * named, planning says that a version that was asked for is unknown; the newest is then the newest of the snapshots.
 */
export async function growth(
  loaded: LoadedProject,
  wanted: string,
  sources: TextSources,
  progress: Progress,
): Promise<(loaded: LoadedProject) => LoadedProject> {
  const target = await unknownTarget(loaded, wanted, sources);
  if (target === null) return (same) => same;
  const { newerVersion, withVersion } = await import('./newer-version.ts');
  const opened = await sources.opened();
  try {
    const added = await newerVersion(loaded, target, opened);
    return (one) => withVersion(one, added);
  } catch (error) {
    if (sources.isNamed || !isUnobtained(error)) throw error;
    progress(`Phoenix ${target} is left out: ${error.message}`);
    return (same) => same;
  }
}

/**
 * A target that the snapshots do not know: one that is named, or the newest that a source has, of all or of a minor. Sources are
 * asked for their versions only where the newest is wanted.
 */
async function unknownTarget(
  { detection }: LoadedProject,
  wanted: string,
  sources: TextSources,
): Promise<string | null> {
  const { history } = detection;
  const unknown = (version: string) => (history.indexOf(version) === -1 ? version : null);
  if (!sources.isWanted) return null;
  if (isStable(wanted)) return unknown(wanted);
  if (wanted !== 'latest' && !/^\d+\.\d+$/.test(wanted)) return null;
  const { knownVersions } = await import('../pristine/sources/select.ts');
  const offered = (await knownVersions(await sources.opened())).keys();
  const fitting = [...history.versions, ...offered].filter((one) => wanted === 'latest' || releaseLine(one) === wanted);
  const newest = fitting.sort(compareVersions).at(-1);
  return newest === undefined ? null : unknown(newest);
}
