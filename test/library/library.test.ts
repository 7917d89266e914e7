import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply, detect, plan, UpgradeError } from '../../src/index.ts';
import { openUpgrade } from '../../src/library/open.ts';
import { ownEnvironment } from '../../src/library/run-environment.ts';
import { stopsBetween } from '../../src/plan/stepwise.ts';
import { bindery } from '../cli/bindery.ts';
import { committed } from '../cli/built.ts';

test('detect, plan and apply do what the commands do', async () => {
  const project = committed('library', bindery);
  expect((await detect(project)).project).toMatchObject({ app: 'bindery', phoenix: { locked: '1.6.16' } });
  const { from, to, steps } = await plan(project, { source: 'snapshots', to: '1.8' });
  expect([from, to.slice(0, 3)]).toEqual(['1.6.16', '1.8']);
  expect(steps.map(({ id }) => id)).toContain('elixir-requirement');
  const { applied } = await apply(project, { steps: ['elixir-requirement'], source: 'snapshots' });
  expect(applied).toEqual(['elixir-requirement']);
  expect(readFileSync(join(project, 'mix.exs'), 'utf8')).not.toContain('"~> 1.12"');
});

test('who waits hears what is read, compared and tried, in order, and when it is over', async () => {
  const heard: (string | null)[] = [];
  const environment = { ...ownEnvironment(), doing: (what: string | null) => void heard.push(what) };
  const { plan } = await openUpgrade(committed('heard', bindery), { source: 'snapshots' }, environment);
  expect(heard).toEqual([
    'reading the project',
    'finding the version that it was generated with',
    `comparing the project with Phoenix ${plan.to}`,
    'looking through its code and configuration',
    'trying each step on a copy in memory',
    null,
  ]);
});

test('what can be explained is thrown with its code, exit code and remedy', async () => {
  const refused = await plan('/', { source: 'snapshots' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UpgradeError);
  expect(refused).toMatchObject({ exit: 4, remedy: expect.stringContaining('Nothing was written.') });
});

test('a stepwise upgrade stops at the newest version of each line on the way', () => {
  const versions = ['1.4.0', '1.4.17', '1.5.0', '1.5.14', '1.6.0', '1.6.16', '1.7.0', '1.7.21'];
  expect(stopsBetween('1.4.0', '1.7.0', versions)).toEqual(['1.5.14', '1.6.16', '1.7.0']);
  expect(stopsBetween('1.6.0', '1.6.16', versions)).toEqual(['1.6.16']);
  expect(stopsBetween('1.7.21', '1.7.21', versions)).toEqual(['1.7.21']);
});

test('a stepwise upgrade stops at the newest version that has the project’s database, where the line has one', () => {
  const versions = ['1.3.5', '1.4.7', '1.4.8', '1.4.18', '1.5.14', '1.6.0'];
  expect(stopsBetween('1.3.5', '1.6.0', versions, ['--database mssql'])).toEqual(['1.4.8', '1.5.14', '1.6.0']);
  expect(stopsBetween('1.3.5', '1.6.0', versions, ['--database sqlite3'])).toEqual(['1.4.18', '1.5.14', '1.6.0']);
});
