import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { begunWith, type Remembered, rememberedOf, withApply, withMark } from '../../src/library/memory.ts';
import { isOpen } from '../../src/plan/sections.ts';
import { scratch, write } from '../apply/support/project.ts';
import { richPlan } from '../support/plans.ts';

/** Two clones of one project: what stands in its settings goes from one to the other. */
function clones() {
  const [mine, theirs, cache] = [scratch(), scratch(), scratch()];
  const settings = (root: string) => readFileSync(join(root, '.phx-upgrade.json'), 'utf8');
  const open = (root: string) => rememberedOf(root, join(cache, root === mine ? 'mine' : 'theirs'));
  return { mine, theirs, open, settings, pull: () => write(theirs, '.phx-upgrade.json', settings(mine)) };
}

async function started({ open, mine }: ReturnType<typeof clones>): Promise<Remembered> {
  write(mine, '.phx-upgrade.json', '{ "flags": ["--no-ecto"] }\n');
  const remembered = await open(mine);
  await remembered.keep({ ...begunWith(richPlan, 'start'), shared: true });
  return remembered;
}

test('an upgrade that is saved counts in every clone, with what was decided', async () => {
  const both = clones();
  const remembered = await started(both);
  const [step = ''] = remembered.memory?.steps ?? [];
  await withMark({ remembered, plan: richPlan }, step, { as: 'done', why: 'by the platform team' });
  both.pull();
  const { memory } = await both.open(both.theirs);
  expect(memory).toMatchObject({ start: richPlan.from, to: richPlan.to, applies: 0 });
  expect(memory?.marks).toEqual({ [step]: { as: 'done', why: 'by the platform team' } });
  expect(JSON.parse(both.settings(both.mine)).flags).toEqual(['--no-ecto']);
});

test('what one clone has applied is its own affair, and changes no file of the project', async () => {
  const both = clones();
  const remembered = await started(both);
  const before = both.settings(both.mine);
  await remembered.keep(remembered.memory && { ...remembered.memory, applies: 3 });
  expect(both.settings(both.mine)).toBe(before);
  expect((await both.open(both.mine)).memory?.applies).toBe(3);
});

test('an apply with another target leads the upgrade on, and forgets nothing of it', async () => {
  const { open, mine } = clones();
  const remembered = await open(mine);
  const [first, ...others] = richPlan.steps;
  if (first === undefined) throw new Error('The plan has no step.');
  await withApply({ remembered, plan: { ...richPlan, to: '1.7.21', steps: [first] } });
  await withApply({ remembered, plan: { ...richPlan, steps: others } });
  const { memory } = await open(mine);
  expect(memory).toMatchObject({ start: richPlan.from, to: richPlan.to, applies: 2 });
  expect(memory?.steps).toEqual(richPlan.steps.filter(isOpen).map(({ id }) => id));
});

test('who finishes it finishes it for all', async () => {
  const both = clones();
  const remembered = await started(both);
  both.pull();
  const other = await both.open(both.theirs);
  await other.keep(other.memory && { ...other.memory, applies: 1 });
  await remembered.keep(null);
  expect(JSON.parse(both.settings(both.mine))).toEqual({ flags: ['--no-ecto'] });
  both.pull();
  expect((await both.open(both.theirs)).memory).toBeNull();
});
