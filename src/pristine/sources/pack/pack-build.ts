import { UpgradeError } from '../../../errors/error.ts';
import { flagsFor, flagsOfVariant, parseFlags, variantOf } from '../../flags.ts';
import { sampleNames } from '../../naming.ts';
import { obtain, obtainRelease } from '../select.ts';
import type { Pristine, PristineRequest, PristineSource, Progress } from '../source.ts';
import { readPack, writePack } from './pack.ts';
import type { PackEntry } from './pack-format.ts';

/** What `pack build` puts into a pack: every version with every set of flags, each project once. */
export interface PackOrder {
  readonly versions: readonly string[];
  readonly flagSets: readonly (readonly string[])[];
}

/**
 * The sets of flags in `default,no-ecto,umbrella+no-mailer`: names as packs use them, or flags in one set separated by
 * spaces. Throws `unknown-flag` and `bad-flag-value`.
 */
export function flagSetsOf(text: string): string[][] {
  return text.split(',').map((set) => {
    const words = set.trim().split(/\s+/);
    const flags = set.includes('--') ? parseFlags(words).flags : flagsOfVariant(set.trim());
    if (flags === null)
      throw new UpgradeError('unknown-flag', {
        flag: set.trim(),
        hint: 'Name sets as in default,no-ecto,umbrella+no-mailer.',
      });
    return [...flags];
  });
}

/** One project of a pack, for `pack list`. */
export interface PackedProject {
  readonly version: string;
  readonly variant: string;
  readonly flags: readonly string[];
  readonly part: PackEntry['part'];
  readonly toolchain: string;
  readonly files: number;
}

/** Makes a pack file from other sources, release files with it where they have them. Throws what `obtain` throws. */
export async function buildPack(
  path: string,
  order: PackOrder,
  sources: readonly PristineSource[],
  progress: Progress,
): Promise<PackedProject[]> {
  const entries: PackEntry[] = [];
  for (const request of requestsOf(order)) {
    progress(`packing Phoenix ${request.version} ${variantOf(request.flags)}`);
    entries.push(entryOf('project', request, await obtain(sources, request)));
    const release = await obtainRelease(sources, request);
    if (release) entries.push(entryOf('release', request, release));
  }
  await writePack(path, entries);
  return listPack(path);
}

/** The projects of a pack file. Throws `bad-pack`. */
export async function listPack(path: string): Promise<PackedProject[]> {
  return (await readPack(path)).map(packedProject);
}

/** Flags that a version lacks make no second copy of a project. */
function requestsOf({ versions, flagSets }: PackOrder): PristineRequest[] {
  const requests = new Map<string, PristineRequest>();
  for (const version of versions) {
    for (const wanted of flagSets) {
      const { flags } = flagsFor(version, wanted);
      requests.set(`${version} ${flags.join(' ')}`, { version, flags, names: sampleNames(flags) });
    }
  }
  return [...requests.values()];
}

function entryOf(
  part: PackEntry['part'],
  { version, flags, names }: PristineRequest,
  { tree, toolchain }: Pristine,
): PackEntry {
  return { version, flags, part, names, toolchain: toolchain ?? 'unknown', tree };
}

function packedProject({ version, flags, part, toolchain, tree }: PackEntry): PackedProject {
  return { version, variant: variantOf(flags), flags, part, toolchain, files: tree.paths.length };
}
