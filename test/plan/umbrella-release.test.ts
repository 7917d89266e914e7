import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openUpgrade } from '../../src/library/open.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';

const surroundings = { env: { PATH: process.env.PATH }, platform: process.platform, progress: () => undefined };

/** A generated umbrella once all steps of its plan with text are carried out. */
async function upgraded(files: Readonly<Record<string, string>>) {
  const project = join(scratch('umbrella'), 'app');
  cpSync(join(pristineRoot(), 'pristine/1.6.17/umbrella'), project, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(project, path), text);
  const options = { to: '1.7.24', source: 'pack', pack: pristineRoot() } as const;
  const { plan, loaded } = await openUpgrade(project, options, surroundings);
  const done = performAll(
    new Workspace(loaded.project.tree),
    plan.steps.flatMap(({ operations }) => operations),
  );
  if ('reason' in done) throw new Error(done.reason);
  return done.tree();
}

describePristine('an umbrella', () => {
  test('that is deployed keeps the release that a step declares, and starts its web server', async () => {
    const tree = await upgraded({ 'fly.toml': 'app = "sample-app"\n' });
    expect(tree.read('mix.exs')).toContain('releases: [');
    expect(tree.read('config/runtime.exs')).toContain('PHX_SERVER');
    expect(tree.has('rel/overlays/bin/server')).toBe(true);
  });

  test('that nothing deploys is given no release files, as by the generator', async () => {
    const tree = await upgraded({});
    expect(tree.paths.filter((path) => path.startsWith('rel/'))).toEqual([]);
    expect(tree.read('mix.exs')).not.toContain('releases:');
  });
});
