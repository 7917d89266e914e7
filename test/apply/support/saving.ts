import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disk, Machine } from '../../../src/apply/machine.ts';

/** How an editor saves a file. */
export const manners = {
  'into the file that is there': (path: string, text: string) => writeFileSync(path, text),
  'by a rename': (path: string, text: string) => {
    writeFileSync(`${path}~`, text);
    renameSync(`${path}~`, path);
  },
};

export type Save = (path: string, text: string) => void;

/** A machine before whose `at`th call of the disk somebody does something. */
export function disturbed(
  machine: Machine,
  at: number,
  disturb: () => void,
): { machine: Machine; reached: () => boolean } {
  let count = 0;
  const { disk } = machine;
  const after = <Args extends unknown[], Result>(call: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      if (count++ === at) disturb();
      return call(...args);
    };
  };
  const watched: Disk = {
    look: after(disk.look),
    read: after(disk.read),
    readLink: after(disk.readLink),
    realPath: after(disk.realPath),
    list: after(disk.list),
    create: after(disk.create),
    makeLink: after(disk.makeLink),
    link: after(disk.link),
    makeDirectory: after(disk.makeDirectory),
    rename: after(disk.rename),
    remove: after(disk.remove),
    removeDirectory: after(disk.removeDirectory),
    syncDirectory: after(disk.syncDirectory),
  };
  return { machine: { ...machine, disk: watched }, reached: () => count > at };
}

/** Saves a text, also where the directory is not there. */
export function saved(save: Save, root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  save(join(root, path), text);
}

/** Texts of all files below a directory, which need not exist. */
export function textsBelow(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
