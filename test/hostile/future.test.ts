import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openUpgrade } from '../../src/library/open.ts';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';

const surroundings = { env: { PATH: process.env.PATH }, platform: process.platform, progress: () => undefined };

/** A pack with a version that no snapshot knows: the newest, with a key, a file and a requirement more. */
function future(): string {
  const pack = scratch('future');
  for (const [from, to] of [
    ['1.7.10', '1.7.10'],
    ['1.8.12', '1.9.0'],
  ] as const) {
    mkdirSync(join(pack, to));
    cpSync(join(pristineRoot(), 'pristine', from, 'default'), join(pack, to, 'default'), { recursive: true });
  }
  const project = join(pack, '1.9.0/default');
  const mixfile = readFileSync(join(project, 'mix.exs'), 'utf8');
  writeFileSync(join(project, 'mix.exs'), mixfile.replace(/(:phoenix, )"[^"]*"/, '$1"~> 1.9.0"'));
  writeFileSync(join(project, 'NOVELTY.md'), '# Novelty\n');
  appendFileSync(join(project, 'config/test.exs'), '\nconfig :sample_app, :novelty, true\n');
  return pack;
}

describePristine('a version that came after the snapshots', () => {
  const path = () => join(pristineRoot(), 'pristine/1.7.10/default');

  test('is planned for from a pack that has it, whole and with its text', async () => {
    const { plan, replan, loaded } = await openUpgrade(
      path(),
      { to: '1.9.0', source: 'pack', pack: future() },
      surroundings,
    );
    expect([plan.from, plan.to, plan.source.to]).toEqual(['1.7.10', '1.9.0', 'pack']);
    expect(plan.account.hunks).toBeGreaterThan(50);
    const counted = plan.account.leftOut.reduce((sum, { hunks }) => sum + hunks, plan.account.covered);
    expect(counted).toBe(plan.account.hunks);
    const changes = plan.steps.flatMap(({ changes }) => changes);
    expect(changes).toContainEqual(
      expect.objectContaining({ address: 'config/test/sample_app.novelty', verdict: 'pending', target: 'true' }),
    );
    expect(changes).toContainEqual(expect.objectContaining({ address: 'deps/phoenix', target: '"~> 1.9.0"' }));
    expect(plan.steps.flatMap(({ edits }) => edits.map((edit) => edit.path))).toContain('NOVELTY.md');
    expect(replan(loaded.project.tree).plan).toEqual(plan);
  });

  test('is unknown where nothing has it', async () => {
    await expect(openUpgrade(path(), { to: '1.9.0', source: 'snapshots' }, surroundings)).rejects.toMatchObject({
      code: 'unknown-version',
    });
    const pack = scratch('old');
    mkdirSync(join(pack, '1.7.10'));
    cpSync(path(), join(pack, '1.7.10/default'), { recursive: true });
    await expect(openUpgrade(path(), { to: '1.9.0', source: 'pack', pack }, surroundings)).rejects.toMatchObject({
      code: 'no-pristine-project',
    });
  });
});
