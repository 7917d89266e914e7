import { basename, dirname, join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { keyOf } from '../project/state-directory.ts';
import type { Disk } from './machine.ts';
import { mustStandThere } from './place.ts';
import { bytesOf, type FileState, type Goal, sameState, stateAt } from './state.ts';
import { inRoot, type Worktree } from './worktree.ts';

/** A directory that stood before an apply: it comes back with its mode, and stays though it be empty. */
export interface KnownDirectory {
  readonly path: string;
  readonly mode: number;
}

/**
 * Brings files to the given states; what is there already is left alone, so that it can be repeated after a
 * crash at any point. Every new file is complete on the disk under a temporary name beside its place before
 * the first name changes: a full disk is found while nothing has been replaced. Directories are made, and
 * removed when their last file goes.
 *
 * @throws UpgradeError `outside-root` with nothing changed; `disk-full`, `read-only`, `write-failed`: some
 *   goals may then be reached and others not
 */
export function settle(worktree: Worktree, goals: readonly Goal[], known: readonly KnownDirectory[]): void {
  const { base } = worktree;
  const { disk } = worktree.machine;
  mustStandThere(
    disk,
    base,
    goals.map(({ path }) => path),
  );
  const modes = new Map(known.map(({ path, mode }) => [join(base, path), mode]));
  const places = goals.map(({ path, state }) => ({ path: inRoot(worktree, path), place: join(base, path), state }));
  const open = places.filter(({ place, state }) => !sameState(stateAt(disk, place), state));
  for (const { path, place } of places) explained(() => removeTemporary(disk, place), path);
  for (const { path, place, state } of open) explained(() => prepare(worktree, place, state, modes), path);
  // Deletions first: a rename then never leaves both names behind it.
  for (const { path, place, state } of open.toSorted((one, other) => rank(one.state) - rank(other.state))) {
    explained(() => carryOut(disk, place, state), path);
  }
  explained(() => {
    for (const { place, state } of places) if (state.kind === 'absent') prune(disk, base, dirname(place), modes);
    for (const directory of new Set(open.map(({ place }) => dirname(place)))) {
      if (disk.look(directory) !== null) disk.syncDirectory(directory);
    }
  });
  const missed = places.find(({ place, state }) => !sameState(stateAt(disk, place), state));
  if (missed) throw new UpgradeError('write-failed', { path: missed.path, reason: 'it reads back differently' });
}

function rank(state: FileState): number {
  return state.kind === 'absent' ? 0 : 1;
}

function temporaryFor(place: string): string {
  return join(dirname(place), `.phx-upgrade-${keyOf(basename(place))}`);
}

function removeTemporary(disk: Disk, place: string): void {
  const temporary = temporaryFor(place);
  if (disk.look(temporary) !== null) disk.remove(temporary);
}

/** Makes the directories of a place and, for a file, its bytes under a temporary name. */
function prepare(worktree: Worktree, place: string, state: FileState, modes: ReadonlyMap<string, number>): void {
  if (state.kind === 'absent') return;
  const { disk, umask } = worktree.machine;
  makeDirectories(disk, dirname(place), 0o777 & ~umask, modes);
  const bytes = bytesOf(state);
  if (bytes !== null && state.kind === 'file') disk.create(temporaryFor(place), bytes, state.mode);
}

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

function carryOut(disk: Disk, place: string, state: FileState): void {
  if (state.kind === 'file') {
    disk.rename(temporaryFor(place), place);
  } else {
    if (disk.look(place) !== null) disk.remove(place);
    if (state.kind === 'link') disk.makeLink(place, state.to);
  }
}

/** Removes a directory and those above it while they are empty, up to the base. */
function prune(disk: Disk, base: string, directory: string, keep: ReadonlyMap<string, number>): void {
  if (directory === base || keep.has(directory)) return;
  if (disk.look(directory) !== null) {
    if (disk.list(directory).length > 0) return;
    disk.removeDirectory(directory);
  }
  prune(disk, base, dirname(directory), keep);
}

/**
 * Runs an action on the disk and explains its failure.
 *
 * @throws UpgradeError `disk-full`, `read-only`, `write-failed`
 */
export function explained<T>(action: () => T, path = ''): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
    const code = String(error.code);
    const details = { path: path || ('path' in error ? String(error.path) : ''), reason: code };
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new UpgradeError('disk-full', details, error);
    const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
    throw new UpgradeError(denied ? 'read-only' : 'write-failed', details, error);
  }
}
