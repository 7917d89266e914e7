import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import { localMachine } from '../../src/apply/local-machine.ts';
import { begunWith, rememberedOf } from '../../src/library/memory.ts';
import { recovered } from '../../src/library/recovered.ts';
import { asDeadProcess, Killed, mortal } from '../apply/support/mortal.ts';
import { git } from '../cli/built.ts';
import { richPlan } from '../support/plans.ts';
import { scratch } from '../support/pristine.ts';

test('of two apps in one repository, an apply that was stopped in one is taken back from the other, whose upgrade goes on', async () => {
  const [top, cache] = [scratch('two-apps'), scratch('cache')];
  const [shop, press] = [join(top, 'shop'), join(top, 'press')];
  for (const app of [shop, press]) {
    mkdirSync(app);
    writeFileSync(join(app, 'mix.exs'), ':before\n');
  }
  git(top, 'init', '--quiet', '--template=');
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--message', 'Start');
  for (const app of [shop, press]) {
    await (await rememberedOf(app, cache)).keep({ ...begunWith(richPlan, 'apply'), applies: 1 });
  }
  const file = { path: 'mix.exs', before: Buffer.from(':before\n'), after: Buffer.from(':after\n'), executable: false };
  const { machine } = mortal(asDeadProcess(localMachine()), 12, () => undefined);
  const how = { allowDirty: false, conflicts: [], commit: null };
  const dying = applyChanges({ machine, root: shop, cache }, [{ step: 'one', files: [file] }], how);
  await expect(dying).rejects.toBeInstanceOf(Killed);

  await recovered({ machine: localMachine(), root: press, cache }, 'take-back');
  expect(git(top, 'status', '--porcelain')).toBe('');
  expect((await rememberedOf(shop, cache)).memory).toBeNull();
  expect((await rememberedOf(press, cache)).memory?.applies).toBe(1);
});
