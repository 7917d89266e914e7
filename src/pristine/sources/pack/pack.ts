import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UpgradeError } from '../../../errors/error.ts';
import { explained } from '../../directory.ts';
import { flagsFor } from '../../flags.ts';
import { sameNames } from '../../naming.ts';
import { renameProject } from '../../rename.ts';
import { compareVersions } from '../../versions.ts';
import { fitsToolchain, type Pristine, type PristineRequest, type PristineSource } from '../source.ts';
import { openDirectoryPack } from './directory-pack.ts';
import { encodePack } from './pack-encode.ts';
import { type PackEntry, PackRefusal } from './pack-format.ts';

/** A pack file, or a directory laid out `<version>/<variant>/`. Throws `no-such-pack` and `bad-pack`. */
export async function openPack(path: string): Promise<PristineSource> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new UpgradeError('no-such-pack', { path });
  return found.isDirectory() ? openDirectoryPack(path) : packSource(await readPack(path));
}

/** The entries of a pack file. Throws `bad-pack` with the reason, or `unreadable-file`. */
export async function readPack(path: string): Promise<PackEntry[]> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new UpgradeError(
      'unreadable-file',
      { path, reason: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
  const { decodePack } = await import('./pack-decode.ts');
  try {
    return decodePack(bytes);
  } catch (error) {
    if (error instanceof PackRefusal) throw new UpgradeError('bad-pack', { path, reason: error.message }, error);
    throw error;
  }
}

/** Writes a pack file whole or not at all; the same entries make the same bytes. */
export async function writePack(path: string, entries: readonly PackEntry[]): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    await writeFile(unfinished, encodePack(entries));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw explained(error, path);
  }
}

/** A source over entries that are in memory; a project made under other names is renamed. */
function packSource(entries: readonly PackEntry[]): PristineSource {
  const find = (part: PackEntry['part'], request: PristineRequest): Promise<Pristine | null> =>
    Promise.resolve(findEntry(entries, part, request));
  return {
    kind: 'pack',
    versions: () => Promise.resolve([...new Set(entries.map(({ version }) => version))].sort(compareVersions)),
    project: (request) => find('project', request),
    release: (request) => find('release', request),
  };
}

function findEntry(entries: readonly PackEntry[], part: PackEntry['part'], request: PristineRequest): Pristine | null {
  const wanted = flagsFor(request.version, request.flags).flags.join(' ');
  const fitting = entries.filter(
    (entry) =>
      entry.part === part &&
      entry.version === request.version &&
      entry.flags.join(' ') === wanted &&
      fitsToolchain(entry, request),
  );
  const found = fitting.find(({ names }) => sameNames(names, request.names)) ?? fitting[0];
  if (!found) return null;
  return {
    kind: 'pack',
    tree: renameProject(found.tree, request.version, found.names, request.names),
    toolchain: found.toolchain,
  };
}
