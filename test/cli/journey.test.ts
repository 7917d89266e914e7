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
  const inTheWay = new Set<string>();
  const follow = (id: string): void => {
    const step = plan.steps.find((one: { id: string }) => one.id === id);
    if (manual.has(id)) inTheWay.add(id);
    for (const earlier of step?.after ?? []) follow(earlier);
  };
  follow(blocked.id);
  for (const id of inTheWay) {
    const marked = await phxUpgrade(['mark', String(id), 'done', '--why', 'by hand', ...aim], directory);
    expect(marked.stdout).toContain('done: by hand');
  }
  const after = await planned(directory, ...aim);
  expect(openIds(after).some((id) => inTheWay.has(id))).toBe(false);
  expect((await phxUpgrade(['apply', '--step', blocked.id, ...aim], directory)).stdout).toContain(`✓ ${blocked.id}`);
});

test('step by step: what is answered with y is carried out, d and s are remembered, and what later work stands on stays', async () => {
  const directory = repository('shop');
  const ids = ['logger-warning', 'swoosh-local', 'fly-health-check', 'code-reloader-listener', 'test-pool-size'];
  // What is marked leaves the plan, and stands among the marks.
  const chosen = ids.flatMap((id) => ['--step', id]);
  const run = await phxUpgrade(['apply', '--interactive', ...chosen, ...aim], directory, {}, [
    ...['d', 'the load balancer checks it'],
    ...['x', 'y'],
    'y',
    ...['s', 'not for us'],
    'q',
  ]);
  expect(run.stdout).toContain('Applied 2 steps');
  expect(run.stderr).toContain('carry it out, with what it needs');
  const plan = await planned(directory, '--source', 'snapshots', '--offline');
  const statusOf = (id: string) => plan.steps.find((one: { id: string }) => one.id === id)?.status;
  expect(ids.map(statusOf)).toEqual(['done', 'done', undefined, undefined, 'pending']);
  expect(plan.upgrade.marks).toEqual([
    { step: 'fly-health-check', as: 'done', why: 'the load balancer checks it' },
    { step: 'code-reloader-listener', as: 'skip', why: 'not for us' },
  ]);

  expect((await phxUpgrade(['undo', '--step', 'logger-warning'], directory)).stdout).toContain('logger-warning');
  const again = await planned(directory, '--source', 'snapshots', '--offline');
  const open = openIds(again);
  expect([open.includes('logger-warning'), open.includes('swoosh-local')]).toEqual([true, false]);
  expect((await phxUpgrade(['undo', '--step', 'heroicons'], directory)).code).toBe(4);

  await phxUpgrade(['mark', 'code-reloader-listener', 'open', '--source', 'snapshots'], directory);
  expect(openIds(await planned(directory, '--source', 'snapshots', '--offline'))).toContain('code-reloader-listener');
});

test('who finishes early is told how to take it up again, and who finishes a leg that the way goes on', async () => {
  const directory = repository('shop');
  const leg = ['--to', '1.7.24', '--source', 'snapshots', '--offline'];
  await phxUpgrade(['upgrade', 'start', ...leg], directory);
  const { code, stdout } = await phxUpgrade(['upgrade', 'finish', ...leg.slice(2)], directory);
  expect(code).toBe(0);
  const { locked } = (await planned(directory, ...leg)).project.phoenix;
  expect(stdout).toContain(`phx-upgrade upgrade start --from ${locked} --to 1.7.24 takes them up again`);
  expect(stdout).toMatch(
    /Phoenix 1\.8\.\d+ is ahead: phx-upgrade plan shows the way there, once 1\.7\.24 is in mix\.lock/,
  );
});
