import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { explained, makeDirectories } from './settle.ts';
import { bytesOf, stateAt } from './state.ts';
import { inRoot, type Worktree } from './worktree.ts';

/** A file put aside before it was overwritten. */
export interface Copy {
  /** Relative to the project's root. */
  readonly path: string;
  /** Absolute path of the copy; nothing ever removes it. */
  readonly copy: string;
}

/**
 * Puts copies of files aside, each under the hash of its content, so that no copy overwrites another.
 *
 * @throws UpgradeError `disk-full`, `read-only`, `write-failed`
 */
export function keepCopies(worktree: Worktree, paths: readonly string[]): readonly Copy[] {
  return paths.flatMap((path) => {
    const bytes = bytesOf(stateAt(worktree.machine.disk, join(worktree.base, path)) ?? { kind: 'absent' });
    return bytes === null ? [] : [{ path: inRoot(worktree, path), copy: keepCopy(worktree, path, bytes) }];
  });
}

function keepCopy(worktree: Worktree, path: string, bytes: Uint8Array): string {
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
