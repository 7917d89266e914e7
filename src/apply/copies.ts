import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { makeDirectories } from './directories.ts';
import { explained } from './explained.ts';
import { bytesOf, type FileState, stateAt } from './state.ts';
import { inRoot, type Worktree } from './worktree.ts';

/** A file put aside before it was overwritten. */
export interface Copy {
  /** Relative to the project's root. */
  readonly path: string;
  /** Absolute path of the copy; nothing ever removes it. */
  readonly copy: string;
}

/** What stands at paths that are relative to the worktree's base; without those that are no files. */
export function standing(worktree: Worktree, paths: readonly string[]): ReadonlyMap<string, FileState> {
  return new Map(
    paths.flatMap((path) => {
      const state = stateAt(worktree.machine.disk, join(worktree.base, path));
      return state === undefined ? [] : [[path, state] as const];
    }),
  );
}

/**
 * Puts copies of files aside, each under the hash of its content, so that no copy overwrites another.
 *
 * @throws UpgradeError `disk-full`, `read-only`, `write-failed`
 */
export function keepCopies(worktree: Worktree, states: ReadonlyMap<string, FileState>): readonly Copy[] {
  return [...states].flatMap(([path, state]) => {
    const bytes = bytesOf(state);
    return bytes === null ? [] : [{ path: inRoot(worktree, path), copy: keepCopy(worktree, path, bytes) }];
  });
}

/**
 * Puts a copy of a file's bytes aside, and says where.
 *
 * @param path relative to the worktree's base
 * @throws UpgradeError `disk-full`, `read-only`, `write-failed`
 */
export function keepCopy(worktree: Worktree, path: string, bytes: Uint8Array): string {
  const { disk } = worktree.machine;
  const hash = createHash('sha256').update(bytes).digest('hex');
  const copy = join(worktree.journals, 'copies', hash.slice(0, 16), path);
  explained(() => {
    makeDirectories(disk, dirname(copy), 0o700);
    if (disk.look(copy) !== null) disk.remove(copy); // a run that was killed may have left half of it
    disk.create(copy, bytes, 0o600);
    disk.syncDirectory(dirname(copy));
  }, copy);
  return copy;
}
