import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { applyChanges } from '../../../src/apply/apply.ts';
import type { ApplyContext, Machine } from '../../../src/apply/machine.ts';
import { pending } from '../../../src/apply/pending.ts';
import { abort, resume } from '../../../src/apply/recover.ts';
import { asDeadProcess, mortal } from './mortal.ts';
import { errorCode, git, picture, scratch } from './project.ts';
import { contextOf, plain, shopSteps, unsynced } from './shop.ts';

/**
 * Files, the index, every branch, and the history without the times in it. What git would say of the state of the files follows
 * from these; each further question is a process, for each of a thousand deaths.
 */
export function whole(root: string) {
  return {
    files: picture(root),
    stages: git(root, 'ls-files', '-s'),
    history: git(root, 'log', '--all', '--topo-order', '--decorate=full', '--format=%D%n%s%n%T'),
  };
}

export function copyOf(root: string): string {
  const copy = join(scratch(), 'shop');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return copy;
}

/** Runs an action that dies at a point. False when it came to its end before that. */
export async function dies(
  root: string,
  at: number,
  action: (context: ApplyContext) => Promise<unknown>,
  living: Machine = unsynced(),
): Promise<boolean> {
  let died = false;
  const { machine } = mortal(asDeadProcess(living), at, () => {
    died = true;
  });
  const code = await errorCode(action(contextOf(root, machine)));
  if (!died) expect(code).toBe('none');
  return died;
}

export const finish = (context: ApplyContext) => resume(context);
export const giveUp = (context: ApplyContext) => abort(context, { force: false });

/**
 * After a death: whichever way is taken leads to one of the two whole states, and no third one is ever left
 * behind without word of it.
 */
export async function recovers(root: string, done: unknown, original: unknown): Promise<void> {
  const left = await pending(contextOf(root, unsynced()));
  if (left === null) {
    expect([done, original]).toContainEqual(whole(root));
    return;
  }
  expect(left.running).toBe(false);
  expect(await errorCode(applyChanges(contextOf(root, unsynced()), shopSteps(), plain))).toBe('unfinished-apply');
  const other = copyOf(root);
  await finish(contextOf(root, unsynced()));
  expect(whole(root)).toEqual(done);
  await giveUp(contextOf(other, unsynced()));
  expect(whole(other)).toEqual(original);
}
