import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import { localMachine } from '../../src/apply/local-machine.ts';
import type { Owner } from '../../src/apply/machine.ts';
import { pending } from '../../src/apply/pending.ts';
import { undo } from '../../src/apply/recover.ts';
import { errorCode, picture, read, shop } from './support/project.ts';
import { contextOf, edited, plain, shopSteps } from './support/shop.ts';

function lockAs(root: string, owner: Owner): void {
  mkdirSync(join(root, '.git/phx-upgrade/lock'), { recursive: true });
  writeFileSync(join(root, '.git/phx-upgrade/lock/owner.json'), JSON.stringify(owner));
}

describe('two applies at once', () => {
  test('the second is refused while the first is at work, whatever it wants', async () => {
    const root = shop();
    const codes: string[] = [];
    const verify = async () => {
      codes.push(await errorCode(applyChanges(contextOf(root), shopSteps(), plain)));
      codes.push(await errorCode(undo(contextOf(root), { force: true })));
      expect((await pending(contextOf(root)))?.running).toBe(true);
      return null;
    };
    await applyChanges(contextOf(root), shopSteps(), { ...plain, verify });
    expect(codes).toEqual(['apply-running', 'apply-running']);
    expect(read(root, 'mix.exs')).toBe(edited.mixTwice);
  });

  test('many started together: one does the work', async () => {
    const root = shop();
    const runs = Array.from({ length: 6 }, () => errorCode(applyChanges(contextOf(root), shopSteps(), plain)));
    const codes = await Promise.all(runs);
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(
      codes.filter((code) => !['none', 'apply-running', 'changed-since-plan', 'dirty-worktree'].includes(code)),
    ).toEqual([]);
    expect(read(root, 'mix.exs')).toBe(edited.mixTwice);
  });

  test('a lock is lifted when its process has ended, or another process has its number now', async () => {
    const { owner } = localMachine();
    for (const dead of [
      { ...owner, pid: 2 ** 22 + 1 },
      { ...owner, since: '1' },
    ]) {
      const root = shop();
      lockAs(root, dead);
      await applyChanges(contextOf(root), shopSteps(), plain);
      expect(read(root, 'mix.exs')).toBe(edited.mixTwice);
    }
  });

  test('a lock from another computer is respected', async () => {
    const root = shop();
    lockAs(root, { ...localMachine().owner, host: 'elsewhere.test' });
    const before = picture(root);
    expect(await errorCode(applyChanges(contextOf(root), shopSteps(), plain))).toBe('apply-running');
    expect(picture(root)).toEqual(before);
  });
});
