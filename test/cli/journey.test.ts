import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { git } from './built.ts';
import { repository } from './fixture.ts';
import { phxUpgrade } from './program.ts';

const aim = ['--to', '1.8.8', '--source', 'snapshots', '--offline'];

async function planned(directory: string, ...words: string[]) {
  return JSON.parse((await phxUpgrade(['plan', '--json', ...words], directory)).stdout);
}

function openIds(plan: { steps: { id: string; status: string }[] }): string[] {
  return plan.steps.filter(({ status }) => !['done', 'declined'].includes(status)).map(({ id }) => id);
}

test('an upgrade is counted from where it began until it is finished, however the lock moves', async () => {
  const directory = repository('shop');
  const before = await planned(directory, ...aim);
  expect(before.upgrade).toBeNull();
  const applied = await phxUpgrade(['apply', '--safe', ...aim], directory);
  expect(applied.stdout).toMatch(/: \d+ of \d+ done/);
  const path = join(directory, 'mix.lock');
  const lock = readFileSync(path, 'utf8');
  writeFileSync(path, lock.replace(/(:hex, :phoenix, ")[\d.]+/, '$11.8.8'));
  git(directory, 'commit', '--quiet', '--all', '--message', 'Part of the way');

  const midway = await planned(directory, '--source', 'snapshots', '--offline');
  expect(midway).toMatchObject({ from: before.from, to: '1.8.8' });
  expect(midway.project.flags.map(({ flag }: { flag: string }) => flag)).toEqual(
    before.project.flags.map(({ flag }: { flag: string }) => flag),
  );
  expect(midway.project.generatedBy.version).toBe(before.project.generatedBy.version);
  expect(midway.upgrade).toMatchObject({ start: before.from, of: openIds(before).length });
  expect(midway.upgrade.done).toBe(openIds(before).length - openIds(midway).length);

  const finished = await phxUpgrade(['upgrade', 'finish', '--json', '--source', 'snapshots', '--offline'], directory);
  expect(JSON.parse(finished.stdout).upgrade).toEqual(midway.upgrade);
  expect((await phxUpgrade(['upgrade', 'finish', '--source', 'snapshots'], directory)).stdout).toContain('No upgrade');
  expect((await planned(directory, ...aim)).from).toBe('1.8.8');
});

test('an apply that is undone leaves no upgrade behind', async () => {
  const directory = repository('shop');
  await phxUpgrade(['apply', '--safe', ...aim], directory);
  await phxUpgrade(['undo'], directory);
  expect((await planned(directory, ...aim)).upgrade).toBeNull();
});

test('what only a person can do blocks a step until it is marked as done, and nothing is written for it before', async () => {
  const directory = repository('atelier');
  const plan = await planned(directory, ...aim);
  const manual = new Set(
    plan.steps.filter(({ status }: { status: string }) => status === 'manual').map(({ id }: { id: string }) => id),
  );
  const blocked = plan.steps.find(
    ({ status, after }: { status: string; after: string[] }) =>
      status === 'pending' && after.some((id) => manual.has(id)),
  );
  if (blocked === undefined) throw new Error('The atelier has no step that waits for a person.');
  const refused = await phxUpgrade(['apply', '--step', blocked.id, ...aim], directory);
  expect(refused.code).toBe(2);
  expect(refused.stdout).toContain('mark');
  expect(git(directory, 'status', '--porcelain')).toBe('');

  expect((await phxUpgrade(['mark', 'no-such-step', 'done', '--why', 'x', ...aim], directory)).code).toBe(4);
  expect((await phxUpgrade(['mark', blocked.id, 'done', ...aim], directory)).code).toBe(4);
  for (const id of manual) {
    const marked = await phxUpgrade(['mark', String(id), 'done', '--why', 'by hand', ...aim], directory);
    expect(marked.stdout).toContain('done: by hand');
  }
  const after = await planned(directory, ...aim);
  expect(openIds(after).some((id) => manual.has(id))).toBe(false);
  expect((await phxUpgrade(['apply', '--step', blocked.id, ...aim], directory)).stdout).toContain(`✓ ${blocked.id}`);
});
