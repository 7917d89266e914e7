import { describe, expect, test } from 'vitest';
import { fixtureNames, repository } from './fixture.ts';
import { phxUpgrade } from './program.ts';

const aim = ['--source', 'snapshots', '--offline'];

interface Shown {
  readonly id: string;
  readonly title: string;
}

describe.each(fixtureNames)('every id that the plan of the %s shows', (name) => {
  const directory = repository(name);

  test('is explained where the project is', async () => {
    const planned = await phxUpgrade(['plan', '--json', ...aim], directory);
    const steps: readonly Shown[] = JSON.parse(planned.stdout).steps;
    const topics = new Set((await phxUpgrade(['completion', 'steps'], '/')).stdout.split('\n'));
    // What has a topic is explained by it, and quickly; of the others each asks for a plan.
    const base = (id: string) => id.replace(/-(?:by-hand|files)$/, '');
    const own = steps.filter(({ id }) => !topics.has(base(id)));
    for (const { id, title } of [
      ...own.slice(0, 1),
      ...steps.slice(0, 3),
      ...steps.filter(({ id }) => id !== base(id)),
    ]) {
      const { code, stdout } = await phxUpgrade(['explain', id, ...aim], directory);
      expect([code, stdout.includes(own.some((one) => one.id === id) ? title : base(id))], id).toEqual([0, true]);
    }
  });

  test('is completed once a person has seen it', async () => {
    const seen = await phxUpgrade(['plan', '--all', '--json', ...aim], directory, {}, [], true);
    const steps: readonly Shown[] = JSON.parse(seen.stdout).steps;
    const completed = await phxUpgrade(['completion', 'steps'], directory);
    expect(completed.stdout.trim().split('\n')).toEqual(steps.map(({ id }) => id).sort());
  });
});

test('an id that is nowhere says where ids are explained', async () => {
  const { code, stderr } = await phxUpgrade(['explain', 'supervision-order'], '/');
  expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([4, expect.stringContaining('in the directory of its project')]);
});
