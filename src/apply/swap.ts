import { basename, dirname, join } from 'node:path';
import { keyOf } from '../project/state-directory.ts';
import type { Disk } from './machine.ts';
import { type FileState, sameContent, stateAt } from './state.ts';

/** Where the new content of a place waits, whole and on the disk, until it is the place's turn. */
export function temporaryFor(place: string): string {
  return join(dirname(place), `.phx-upgrade-${keyOf(basename(place))}`);
}

/** Where what stood at a place waits until everything is written. */
function asideFor(place: string): string {
  return `${temporaryFor(place)}-old`;
}

/** A place, and what is known of it: the states that this program left there, or may leave. */
export interface Known {
  readonly place: string;
  readonly states: readonly FileState[];
}

function isKnown({ states }: Known, state: FileState | undefined): boolean {
  return states.some((known) => sameContent(state, known));
}

/**
 * Brings a state to a place if what stands there is known, and says whether it was. What stood there is first moved
 * aside by one rename and looked at only then, and the new file takes a name that nobody has: whatever somebody saves
 * before, between or after these two is never written over. A file waits under its `temporaryFor` name.
 */
export function swap(disk: Disk, known: Known, state: FileState): boolean {
  const { place } = known;
  const aside = asideFor(place);
  if (!isKnown(known, stateAt(disk, place))) return false;
  if (disk.look(place) !== null) {
    disk.rename(place, aside);
    if (!isKnown(known, stateAt(disk, aside))) {
      giveBack(disk, aside, place);
      return false;
    }
  }
  if (state.kind === 'file') return named(() => claim(disk, temporaryFor(place), place));
  return state.kind === 'absent' || named(() => disk.makeLink(place, state.to));
}

/**
 * Clears away what `swap` moved aside, when all is written or after a death in the midst of it: where the place is empty it
 * goes back there, and so does what somebody wrote into it after it was moved. False for what somebody else wrote: `keep` was
 * then called, if it could not go back, before it was removed.
 */
export function clearAside(disk: Disk, known: Known, isDone: boolean, keep: (aside: string) => void): boolean {
  const { place } = known;
  const aside = asideFor(place);
  const old = stateAt(disk, aside);
  if (old?.kind === 'absent') return true;
  if (isKnown(known, old) && (isDone || disk.look(place) !== null)) {
    disk.remove(aside);
    return true;
  }
  if (disk.look(place) === null) {
    giveBack(disk, aside, place);
    return isKnown(known, old);
  }
  if (isKnown(known, stateAt(disk, place))) disk.rename(aside, place);
  else {
    keep(aside);
    disk.remove(aside);
  }
  return false;
}

/** Puts what was moved aside back under its name, unless somebody took the name meanwhile. */
function giveBack(disk: Disk, aside: string, place: string): void {
  const entry = disk.look(aside);
  if (entry?.kind === 'file') named(() => claim(disk, aside, place));
  else if (disk.look(place) === null) disk.rename(aside, place);
}

/** File systems without a second name for a file, and files of others that may not get one. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Moves a file to a name that nobody has. Throws `EEXIST`, as the system does, where somebody has it. */
function claim(disk: Disk, from: string, to: string): void {
  try {
    disk.link(from, to);
  } catch (error) {
    if (!withoutLinks.has(codeOf(error))) throw error;
    if (disk.look(to) !== null) throw Object.assign(new Error('exists', { cause: error }), { code: 'EEXIST' });
    disk.rename(from, to);
    return;
  }
  disk.remove(from);
}

/** False where the name was taken. */
function named(take: () => void): boolean {
  try {
    take();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
