import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

/** No file that a person edits is larger, in bytes: dumps and images are not read into memory. */
const largest = 16 * 1024 * 1024;

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
/** Windows cannot open a file and refuse a link. */
export const refusesLinks = O_NOFOLLOW > 0;
/** A link is an error, and a FIFO that nobody writes to does not keep its reader waiting. */
const itself = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/**
 * The bytes of a regular file, undefined for what else stands there, null where it cannot be opened. It is asked about only
 * once it is open: nothing takes its place in between, and thousands of files are read with a call less for each.
 */
export function contentsOf(full: string): Uint8Array | undefined | null {
  const file = opened(full);
  if (file === null) return null;
  try {
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= largest ? readBytes(file, stats.size) : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/**
 * The bytes of a file of a project, links inside the root followed: null where nothing is there, undefined for what is no
 * regular file, cannot be opened, or lies outside.
 */
export function contentsWithin(root: string, path: string): Uint8Array | undefined | null {
  const full = join(root, path);
  if (lstatSync(full, { throwIfNoEntry: false }) === undefined) return null;
  const real = realPath(full);
  const base = realPath(root);
  return real !== null && base !== null && real.startsWith(base + sep) ? (contentsOf(real) ?? undefined) : undefined;
}

/** Where a path leads; null where it, or what it links to, is not there. */
export function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

function opened(full: string): number | null {
  try {
    return openSync(full, itself);
  } catch {
    return null;
  }
}

/** At most `size` bytes: fewer where the file has become shorter. */
function readBytes(file: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const got = readSync(file, bytes, length, size - length, null);
    if (got === 0) break;
    length += got;
  }
  return bytes.subarray(0, length);
}
