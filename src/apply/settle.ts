import { dirname, join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { keepCopy } from './copies.ts';
import { makeDirectories, prune } from './directories.ts';
import { explained } from './explained.ts';
import type { Disk } from './machine.ts';
import { mustStandThere } from './place.ts';
import { bytesOf, type FileState, type Goal, sameState, stateAt } from './state.ts';
import { clearAside, type Known, swap, temporaryFor } from './swap.ts';
import { inRoot, type Worktree } from './worktree.ts';

/** A directory that stood before an apply: it comes back with its mode, and stays though it be empty. */
export interface KnownDirectory {
  readonly path: string;
  readonly mode: number;
}

/** What an apply knows of the places that it touches. */
export interface Knowledge {
  readonly directories: readonly KnownDirectory[];
  /** By path, the states that may be replaced: any other is somebody's, and stays. */
  readonly states: ReadonlyMap<string, readonly FileState[]>;
}

interface Placed extends Goal, Known {}

/**
 * Brings files to the given states; what is there already is left alone, so that it can be repeated after a
 * crash at any point. Every new file is complete on the disk under a temporary name beside its place before
 * the first name changes: a full disk is found while nothing has been replaced. Directories are made, and
 * removed when their last file goes.
 *
 * @throws UpgradeError `outside-root` with nothing changed; `changed-while-applying` where somebody saved a file
 *   meanwhile, which is left as they saved it; `disk-full`, `read-only`, `write-failed`. Some goals may then be reached and
 *   others not
 */
export function settle(worktree: Worktree, goals: readonly Goal[], knowledge: Knowledge): void {
  const { base } = worktree;
  const { disk } = worktree.machine;
  const paths = goals.map(({ path }) => path);
  mustStandThere(disk, base, paths);
  const modes = new Map(knowledge.directories.map(({ path, mode }) => [join(base, path), mode]));
  const places = goals.map((goal) => placed(worktree, goal, knowledge.states));
  mustBeNobodys(cleared(worktree, places, false));
  const open = places.filter(({ place, state }) => !sameState(stateAt(disk, place), state));
  for (const one of open) explained(() => prepare(worktree, one, modes), one.path);
  const saved = carryOut(disk, open);
  mustBeNobodys([...saved, ...cleared(worktree, places, saved.length === 0)]);
  explained(() => {
    for (const { place, state } of places) if (state.kind === 'absent') prune(disk, base, dirname(place), modes);
    for (const directory of new Set(open.map(({ place }) => dirname(place)))) {
      if (disk.look(directory) !== null) disk.syncDirectory(directory);
    }
  });
  const missed = places.find(({ place, state }) => !sameState(stateAt(disk, place), state));
  if (missed) throw new UpgradeError('write-failed', { path: missed.path, reason: 'it reads back differently' });
}

/**
 * Puts back what a process that died in the midst of it had moved aside, so that what stands there can be judged.
 *
 * @throws UpgradeError as `settle`, but for `changed-while-applying`
 */
export function gather(worktree: Worktree, states: Knowledge['states']): void {
  const paths = [...states.keys()];
  mustStandThere(worktree.machine.disk, worktree.base, paths);
  const places = paths.map((path) => placed(worktree, { path, state: { kind: 'absent' } }, states));
  cleared(worktree, places, false);
}

function placed({ base }: Worktree, { path, state }: Goal, known: Knowledge['states']): Placed {
  return { path, place: join(base, path), state, states: [...(known.get(path) ?? []), state] };
}

function mustBeNobodys(saved: readonly string[]): void {
  if (saved.length > 0) throw new UpgradeError('changed-while-applying', { path: [...new Set(saved)].join(', ') });
}

/**
 * Removes what lies beside the places.
 *
 * @returns files that somebody wrote into after they were moved aside, with where they are if that is not their place
 */
function cleared(worktree: Worktree, places: readonly Placed[], isDone: boolean): string[] {
  const { disk } = worktree.machine;
  return places.flatMap((one) => {
    let name = inRoot(worktree, one.path);
    const keep = (aside: string) => {
      name += ` (another text of it is in ${keepCopy(worktree, one.path, disk.read(aside))})`;
    };
    const isOwn = explained(() => {
      removeTemporary(disk, one.place);
      return clearAside(disk, one, isDone, keep);
    }, one.path);
    return isOwn ? [] : [name];
  });
}

/** Paths that somebody changed meanwhile; it ends at the first. */
function carryOut(disk: Disk, open: readonly Placed[]): readonly string[] {
  // Deletions first: a rename then never leaves both names behind it.
  for (const one of open.toSorted((left, right) => rank(left.state) - rank(right.state))) {
    if (!explained(() => swap(disk, one, one.state), one.path)) return [one.path];
  }
  return [];
}

function rank(state: FileState): number {
  return state.kind === 'absent' ? 0 : 1;
}

function removeTemporary(disk: Disk, place: string): void {
  const temporary = temporaryFor(place);
  if (disk.look(temporary) !== null) disk.remove(temporary);
}

/** Makes the directories of a place and, for a file, its bytes under a temporary name. */
function prepare(worktree: Worktree, { place, state }: Placed, modes: ReadonlyMap<string, number>): void {
  if (state.kind === 'absent') return;
  const { disk, umask } = worktree.machine;
  makeDirectories(disk, dirname(place), 0o777 & ~umask, modes);
  const bytes = bytesOf(state);
  if (bytes !== null && state.kind === 'file') disk.create(temporaryFor(place), bytes, state.mode, state.owner);
}
