import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Disk, Entry, FileOwner } from './machine.ts';

const anyWriteBit = 0o222;
const permissionBits = 0o7777;

/** Value of the call, or null where the path does not exist. */
function unlessMissing<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return null;
    throw error;
  }
}

function kindOf(stats: Stats): Entry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

function isAccessible(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function look(path: string): Entry | null {
  const stats = unlessMissing(() => lstatSync(path));
  if (stats === null) return null;
  const mode = stats.mode & permissionBits;
  const writable = stats.isSymbolicLink() || ((mode & anyWriteBit) !== 0 && isAccessible(path));
  return { kind: kindOf(stats), mode, writable, owner: { user: stats.uid, group: stats.gid } };
}

/** Runs the action on an open file and closes it also when the action fails. */
function withFile(path: string, flags: string, mode: number, action: (file: number) => void): void {
  const file = openSync(path, flags, mode);
  try {
    action(file);
  } finally {
    closeSync(file);
  }
}

/** Only root may give a file to another user; a group that one belongs to may be given by its members. */
function give(file: number, { user, group }: FileOwner): void {
  const { uid, gid } = fstatSync(file);
  if (uid === user && gid === group) return;
  for (const owner of [user, uid]) {
    try {
      fchownSync(file, owner, group);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
}

function create(path: string, bytes: Uint8Array, mode: number, owner?: FileOwner): void {
  withFile(path, 'wx', mode, (file) => {
    writeFileSync(file, bytes);
    if (owner !== undefined) give(file, owner); // before the mode, some bits of which it takes off
    fchmodSync(file, mode); // the umask took bits off when the file was opened
    fsyncSync(file);
  });
}

/** Some file systems (network mounts, Windows) cannot sync a directory, and keep its names safe in their own way. */
function syncDirectory(path: string): void {
  try {
    withFile(path, 'r', 0, fsyncSync);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes(code)) throw error;
  }
}

/** The file system of this computer. */
export const localDisk: Disk = {
  look,
  create,
  read: (path) => readFileSync(path),
  readLink: (path) => readlinkSync(path),
  realPath: (path) => unlessMissing(() => realpathSync(path)),
  list: (path) => readdirSync(path),
  makeLink: (path, to) => symlinkSync(to, path),
  link: (from, to) => linkSync(from, to),
  makeDirectory: (path, mode) => void mkdirSync(path, { mode }),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
  removeDirectory: (path) => rmdirSync(path),
  syncDirectory,
};
