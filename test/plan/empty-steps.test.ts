import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadProject } from '../../src/library/load.ts';
import { openUpgrade } from '../../src/library/open.ts';
import { planProject } from '../../src/library/plan.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { describePristine, pristineRoot, readTree } from '../support/pristine.ts';
import { fixturePath, planOf } from '../support/projects.ts';

/** Ids of pending steps that leave nothing to do, to read or to run. */
function emptySteps({ steps }: Plan): string[] {
  const isEmpty = ({ edits, conflicts, findings, commands, changes }: Step) =>
    [edits, conflicts, findings, commands].every(({ length }) => length === 0) &&
    changes.every(({ verdict }) => verdict !== 'manual');
  return steps.filter((step) => step.status === 'pending' && isEmpty(step)).map(({ id }) => id);
}

const places = (plan: Plan, address: string) =>
  plan.steps.flatMap(({ id, changes }) =>
    changes.filter((change) => change.address === address).map(({ verdict }) => `${id} ${verdict}`),
  );

const longpoll = 'endpoint/socket//live.longpoll.connect_info.session';

test.each(['atelier', 'shop', 'bazaar'])('every pending step of %s has something to do', async (name) => {
  for (const to of ['1.7.14', '1.8.12']) {
    expect(emptySteps(planProject(await loadProject(fixturePath(name)), { to }))).toEqual([]);
  }
});

test('an option of a socket that another step adds is part of that step', async () => {
  const plan = planProject(await loadProject(fixturePath('atelier')), { to: '1.8.12' });
  expect(places(plan, longpoll)).toEqual(['live-dashboard pending']);
});

test('a new option of a socket that the project has taken out is declined with it', () => {
  const path = 'lib/shop_web/endpoint.ex';
  const tree = readTree(fixturePath('shop'));
  const socket = /^ {2}socket "\/live".*\n/m;
  const files = Object.fromEntries(tree.paths.map((one) => [one, tree.read(one) ?? '']));
  const without = (files[path] ?? '').replace(socket, '');
  expect(without).not.toBe(files[path]);
  expect(places(planOf(files, { to: '1.8.12' }), longpoll)).toEqual(['longpoll-fallback pending']);
  const plan = planOf({ ...files, [path]: without }, { to: '1.8.12' });
  expect(places(plan, longpoll)).toEqual(['longpoll-fallback declined']);
  expect(emptySteps(plan)).toEqual([]);
});

const pairs = [
  ['1.3.4', '1.8.12', 'default'],
  ['1.4.7', '1.7.14', 'no-ecto'],
  ['1.5.9', '1.8.12', 'default'],
  ['1.5.9', '1.7.14', 'umbrella'],
  ['1.6.2', '1.8.8', 'no-live'],
  ['1.7.0', '1.8.12', 'no-assets'],
  ['1.8.0', '1.8.12', 'mysql'],
] as const;

describePristine('every pending step of a generated project has something to do', () => {
  describe.each(['pack', 'snapshots'] as const)('with %s', (source) => {
    test.each(pairs)('%s to %s, %s', async (from, to, variant) => {
      const root = pristineRoot();
      const surroundings = { env: { PATH: process.env.PATH }, platform: process.platform, progress: () => undefined };
      const options = { from, to, source, pack: source === 'pack' ? root : undefined };
      const { plan } = await openUpgrade(join(root, 'pristine', from, variant), options, surroundings);
      expect(emptySteps(plan)).toEqual([]);
    });
  });
});
