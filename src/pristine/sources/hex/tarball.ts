import { createHash, timingSafeEqual } from 'node:crypto';
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { UpgradeError } from '../../../errors/error.ts';
import { collision, isSafePath } from '../../safe-path.ts';
import type { PackageFiles } from './package.ts';
import { untrusted } from './registry.ts';

/** The largest package of Phoenix has 4 MB unpacked. */
const mostBytes = 64 << 20;
const mostFiles = 5_000;

/** A package as it is called in errors: `phx_new 1.8.0`. */
export interface PackageName {
  readonly name: string;
  readonly version: string;
}

/** Throws `package-untrusted` for a tarball that is not the one that the registry lists. */
export function verifyTarball(tarball: Uint8Array, checksum: Uint8Array, { name, version }: PackageName): void {
  const actual = createHash('sha256').update(tarball).digest();
  if (checksum.length !== actual.length || !timingSafeEqual(checksum, actual))
    throw untrusted(`${name} ${version}`, 'it is not what the registry lists: its SHA-256 differs');
}

/**
 * The files of a tarball: an outer tar with `VERSION`, `CHECKSUM`, `metadata.config` and `contents.tar.gz`
 * (hexpm/specifications, "Package tarball"). Throws `bad-package` for one that is damaged, too large, or has a path that
 * leads out of it.
 */
export async function unpackTarball(tarball: Uint8Array, name: PackageName): Promise<PackageFiles> {
  const outer = await filesOf(tarball, name);
  const [version, metadata, contents, checksum] = ['VERSION', 'metadata.config', 'contents.tar.gz', 'CHECKSUM'].map(
    (path) => outer.get(path),
  );
  if (!version || !metadata || !contents || !checksum) throw bad(name, 'a part is missing');
  const inner = createHash('sha256').update(version).update(metadata).update(contents).digest('hex');
  if (inner !== new TextDecoder().decode(checksum).trim().toLowerCase()) throw bad(name, 'its checksum differs');
  return filesOf(unzipped(contents, name), name);
}

function unzipped(contents: Uint8Array, name: PackageName): Uint8Array {
  try {
    return gunzipSync(contents, { maxOutputLength: mostBytes });
  } catch (error) {
    const isLarge = error instanceof RangeError;
    throw bad(name, isLarge ? `it unpacks to more than ${mostBytes >> 20} MB` : 'it is not compressed as it should be');
  }
}

async function filesOf(archive: Uint8Array, name: PackageName): Promise<Map<string, Uint8Array>> {
  const entries = await unpackTar(archive).catch(() => {
    throw bad(name, 'it is no tar archive');
  });
  if (entries.length > mostFiles) throw bad(name, `it has more than ${mostFiles} files`);
  const files = new Map<string, Uint8Array>();
  const links: [path: string, target: string][] = [];
  for (const { header, data } of entries) {
    if (header.type === 'directory') continue;
    if (header.type === 'symlink' && isSafePath(header.name)) {
      links.push([header.name, posix.join(posix.dirname(header.name), header.linkname ?? '')]);
      continue;
    }
    if (header.type !== 'file' || data === undefined) throw bad(name, `${header.name} is no plain file`);
    if (!isSafePath(header.name)) throw bad(name, `the path ${header.name} leads out of it`);
    files.set(header.name, data);
  }
  for (const [path, target] of links) {
    const bytes = files.get(target);
    if (bytes === undefined) throw bad(name, `${path} links to ${target}, which is not in it`);
    files.set(path, bytes);
  }
  const twice = collision([...files.keys()]);
  if (twice !== null) throw bad(name, `${twice} is there twice`);
  return files;
}

function bad({ name, version }: PackageName, reason: string): UpgradeError {
  return new UpgradeError('bad-package', { package: `${name} ${version}`, reason });
}
