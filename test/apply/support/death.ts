import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { applyChanges } from '../../../src/apply/apply.ts';
import { localMachine } from '../../../src/apply/local-machine.ts';
import type { ApplyContext, Machine } from '../../../src/apply/machine.ts';
import { pending } from '../../../src/apply/pending.ts';
import { abort, resume } from '../../../src/apply/recover.ts';
import { asDeadProcess, mortal } from './mortal.ts';
import { errorCode, git, picture, scratch } from './project.ts';
import { contextOf, plain, shopSteps } from './shop.ts';

/** Files, what git makes of them, and the history without the times in it. */
export function whole(root: string) {
  return {
    files: picture(root),
    status: git(root, 'status', '--porcelain'),
    stages: git(root, 'ls-files', '-s'),
    log: git(root, 'log', '--format=%s%n%T'),
    branches: git(root, 'branch', '--format=%(HEAD) %(refname)'),
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
  living: Machine = localMachine(),
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
  const left = await pending(contextOf(root));
  if (left === null) {
    expect([done, original]).toContainEqual(whole(root));
    return;
  }
  expect(left.running).toBe(false);
  expect(await errorCode(applyChanges(contextOf(root), shopSteps(), plain))).toBe('unfinished-apply');
  const other = copyOf(root);
  await finish(contextOf(root));
  expect(whole(root)).toEqual(done);
  await giveUp(contextOf(other));
  expect(whole(other)).toEqual(original);
}
