import { dirname } from 'node:path';
import type { Disk } from './machine.ts';

/** Makes a directory and those above it, and leaves their names on the disk. */
export function makeDirectories(
  disk: Disk,
  directory: string,
  mode: number,
  modes: ReadonlyMap<string, number> = new Map(),
): void {
  if (disk.look(directory) !== null) return;
  makeDirectories(disk, dirname(directory), mode, modes);
  disk.makeDirectory(directory, modes.get(directory) ?? mode);
  disk.syncDirectory(dirname(directory));
}

/** Removes a directory and those above it while they are empty, up to the base. */
export function prune(disk: Disk, base: string, directory: string, keep: ReadonlyMap<string, number>): void {
  if (directory === base || keep.has(directory)) return;
  if (disk.look(directory) !== null) {
    if (disk.list(directory).length > 0) return;
    disk.removeDirectory(directory);
  }
  prune(disk, base, dirname(directory), keep);
}
