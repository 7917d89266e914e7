import { join } from 'node:path';
import { z } from 'zod';
import { UpgradeError } from '../errors/error.ts';
import { explained } from './explained.ts';
import { makeJournals } from './journal.ts';
import type { Disk, Owner } from './machine.ts';
import type { Worktree } from './worktree.ts';

const ownerSchema = z.object({ pid: z.number().int(), host: z.string(), since: z.string() });

/**
 * Runs an action while this process alone may change the worktree's files. The lock is a directory that
 * comes into being with its content, by one rename; a lock whose process has ended is moved away.
 *
 * @throws UpgradeError `apply-running`; `disk-full`, `read-only`, `write-failed` when no lock can be made
 */
export async function withLock<T>(worktree: Worktree, action: () => Promise<T>): Promise<T> {
  const { disk, owner } = worktree.machine;
  const lock = lockPath(worktree);
  const mine = `${lock}-${owner.pid}`;
  explained(() => {
    makeJournals(worktree);
    removeLock(disk, mine);
    disk.makeDirectory(mine, 0o700);
    disk.create(join(mine, 'owner.json'), Buffer.from(JSON.stringify(owner)), 0o600);
  }, lock);
  if (!(take(disk, mine, lock) || (evict(worktree, lock) && take(disk, mine, lock)))) {
    removeLock(disk, mine);
    throw new UpgradeError('apply-running', { pid: holderOf(disk, lock)?.pid ?? '?', path: lock });
  }
  try {
    return await action();
  } finally {
    // Moved away first: an empty directory under the lock's name would be a lock to nobody.
    disk.rename(lock, mine);
    removeLock(disk, mine);
  }
}

/** The running process that holds the lock, this one included; null when none does. */
export function lockHolder(worktree: Worktree): Owner | null {
  const holder = holderOf(worktree.machine.disk, lockPath(worktree));
  return holder !== null && worktree.machine.isRunning(holder) ? holder : null;
}

/** Where the lock of a worktree lies. */
export function lockPath(worktree: Worktree): string {
  return join(worktree.journals, 'lock');
}

/** False when the lock is held: a directory with content is never replaced by a rename. */
function take(disk: Disk, mine: string, lock: string): boolean {
  try {
    disk.rename(mine, lock);
    return true;
  } catch (error) {
    if (disk.look(lock) === null) throw error;
    return false;
  }
}

/** Moves a dead process's lock away. False when its process lives, or another was quicker. */
function evict(worktree: Worktree, lock: string): boolean {
  const { disk, owner } = worktree.machine;
  const holder = holderOf(disk, lock);
  if (holder !== null && worktree.machine.isRunning(holder)) return false;
  const aside = `${lock}-stale-${owner.pid}`;
  removeLock(disk, aside);
  try {
    disk.rename(lock, aside);
  } catch {
    return false;
  }
  const moved = holderOf(disk, aside);
  if (moved !== null && worktree.machine.isRunning(moved)) {
    disk.rename(aside, lock); // a third process took the stale lock in between; this is its lock
    return false;
  }
  removeLock(disk, aside);
  return true;
}

function holderOf(disk: Disk, lock: string): Owner | null {
  const path = join(lock, 'owner.json');
  if (disk.look(path) === null) return null;
  try {
    return ownerSchema.parse(JSON.parse(Buffer.from(disk.read(path)).toString()));
  } catch {
    return null; // it went away between the two calls, or its process died while removing it
  }
}

function removeLock(disk: Disk, lock: string): void {
  if (disk.look(lock) === null) return;
  for (const name of disk.list(lock)) disk.remove(join(lock, name));
  disk.removeDirectory(lock);
}
