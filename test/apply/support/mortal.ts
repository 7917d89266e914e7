import type { Disk, Machine } from '../../../src/apply/machine.ts';

/** What the stand-in for a killed process throws from then on. */
export class Killed extends Error {}

/**
 * A machine whose process dies at the given write point: before each change of the disk, in the middle of each
 * file, and before and after each program it runs. Counts the points when `at` is never reached.
 */
export function mortal(machine: Machine, at: number, die: () => void): { machine: Machine; points: () => number } {
  let count = 0;
  let dead = false;
  const point = (half?: () => void): void => {
    if (dead) throw new Killed();
    if (count++ !== at) return;
    half?.();
    dead = true;
    die();
    throw new Killed();
  };
  const { disk } = machine;
  const changing = <Args extends unknown[]>(change: (...args: Args) => void) => {
    return (...args: Args): void => {
      point();
      change(...args);
    };
  };
  const mortalDisk: Disk = {
    ...disk,
    create: (path, bytes, mode, owner) => {
      point();
      point(() => disk.create(path, bytes.slice(0, bytes.length / 2), mode));
      disk.create(path, bytes, mode, owner);
    },
    makeLink: changing(disk.makeLink),
    link: changing(disk.link),
    makeDirectory: changing(disk.makeDirectory),
    rename: changing(disk.rename),
    remove: changing(disk.remove),
    removeDirectory: changing(disk.removeDirectory),
    syncDirectory: changing(disk.syncDirectory),
  };
  const git: Machine['git'] = async (cwd, args, options) => {
    const changes = !/^(rev-parse|ls-files|ls-tree|status|log|merge-base|check-|config)/.test(args[0] ?? '');
    if (changes) point();
    const result = await machine.git(cwd, args, options);
    if (changes) point();
    return result;
  };
  return { machine: { ...machine, disk: mortalDisk, git }, points: () => count };
}

/** The same machine under the number of a process that cannot exist, as a killed run leaves it in its lock. */
export function asDeadProcess(machine: Machine): Machine {
  return { ...machine, owner: { ...machine.owner, pid: 2 ** 22 + 1 } };
}
