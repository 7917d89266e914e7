import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { UpgradeError } from '../../../errors/error.ts';
import { compareVersions } from '../../versions.ts';

/** An installer archive on this machine. */
export interface LocalArchive {
  readonly version: string;
  readonly path: string;
}

/**
 * Archives named on the command line, and every `phx_new-VERSION.ez` of a directory; a named one comes before
 * one of the directory. Throws `bad-archive` for a named file that is called otherwise.
 */
export async function localArchives(named: readonly string[], directory: string | undefined): Promise<LocalArchive[]> {
  const given = named.map((path) => {
    const version = versionOf(path);
    if (version === null) throw new UpgradeError('bad-archive', { path, reason: 'its name tells no version' });
    return { version, path: resolve(path) };
  });
  const listed = directory === undefined ? [] : await readdir(directory).catch(() => []);
  const found = listed.flatMap((name) => {
    const version = versionOf(name);
    return version === null ? [] : [{ version, path: resolve(join(directory ?? '', name)) }];
  });
  return [...given, ...found.sort((a, b) => compareVersions(a.version, b.version))];
}

function versionOf(path: string): string | null {
  return /^phx_new-(\d+\.\d+\.\d+)\.ez$/.exec(basename(path))?.[1] ?? null;
}

/** Short hash of an archive's bytes: two archives of one version must not share a cache entry. */
export async function archiveHash(path: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
      .slice(0, 12);
  } catch (error) {
    throw new UpgradeError('bad-archive', { path, reason: 'it cannot be read' }, error);
  }
}
