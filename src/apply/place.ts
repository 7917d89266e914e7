import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { ErrorCode } from '../errors/catalogue.ts';
import { UpgradeError } from '../errors/error.ts';
import type { Disk, Entry } from './machine.ts';

/** True when `path` is `directory` or lies below it; both absolute. */
function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/**
 * Absolute path that a change to `path` really touches: links to files and directories inside the root are
 * followed, the last one only with `follow` (a deletion removes the link and leaves its target).
 *
 * @param root real path of the project's root
 * @throws UpgradeError `outside-root`, `file-in-the-way`
 */
export function placeOf(disk: Disk, root: string, path: string, follow: boolean): string {
  if (!isInside(path)) throw new UpgradeError('outside-root', { path });
  const names = path.split('/');
  let place = root;
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    place = join(place, name);
    const entry = disk.look(place);
    if (entry === null) return join(place, ...names.slice(index + 1));
    if (entry.kind === 'link' && (follow || !last)) place = linkTarget(disk, root, place, path);
    if (!last) mustBeDirectory(disk.look(place), path);
  }
  return place;
}

/** Whether a path with `/` stays below the directory it is relative to, and out of git's own. */
export function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.split('/').some(isForbidden);
}

/**
 * Makes sure that paths of a journal still are what they were when it was written: a directory above one that has become a
 * link since would lead a write elsewhere.
 *
 * @param base real path that the paths are relative to
 * @throws UpgradeError `outside-root`
 */
export function mustStandThere(disk: Disk, base: string, paths: readonly string[]): void {
  const isLed = (path: string) => {
    const names = path.split('/').slice(0, -1);
    return names.some((_, index) => disk.look(join(base, ...names.slice(0, index + 1)))?.kind === 'link');
  };
  const led = paths.filter((path) => !isInside(path) || isLed(path));
  if (led.length > 0) throw new UpgradeError('outside-root', { path: led.join(', ') });
}

/** Git's own directory is no part of a project, and a name in it can be made to run code. */
function isForbidden(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.toLowerCase() === '.git' || name.includes('\0');
}

function linkTarget(disk: Disk, root: string, link: string, path: string): string {
  const target = disk.realPath(link);
  if (target === null || !isWithin(root, target)) throw new UpgradeError('outside-root', { path });
  return target;
}

function mustBeDirectory(entry: Entry | null, path: string): void {
  if (entry?.kind !== 'directory') throw new UpgradeError('file-in-the-way', { path });
}

/** The nearest directory above a path that exists. */
function nearestDirectory(disk: Disk, path: string): string {
  const parent = dirname(path);
  return disk.look(parent) === null && parent !== path ? nearestDirectory(disk, parent) : parent;
}

/** What stands in the way of writing at an absolute path, if anything does. */
export function obstacleAt(disk: Disk, place: string): ErrorCode | null {
  const entry = disk.look(place);
  if (entry?.kind === 'directory') return 'directory-in-the-way';
  if (entry?.kind === 'other') return 'file-in-the-way';
  if (entry !== null && !entry.writable) return 'read-only';
  return disk.look(nearestDirectory(disk, place))?.writable ? null : 'read-only';
}
