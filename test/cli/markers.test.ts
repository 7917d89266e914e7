import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';
import { git } from './built.ts';
import { repository, treeOf } from './fixture.ts';
import { phxUpgrade } from './program.ts';

const layout = 'lib/sample_app_web/components/layouts/root.html.heex';

/** A generated project whose owner has other classes in the layout. */
function restyled(): string {
  const project = join(scratch('restyled'), 'app');
  cpSync(join(pristineRoot(), 'pristine/1.7.14/default'), project, { recursive: true });
  const text = readFileSync(join(project, layout), 'utf8');
  writeFileSync(join(project, layout), text.replace(/class="[^"]*"/g, 'class="ours"'));
  git(project, 'init', '--quiet', '--initial-branch=main');
  git(project, 'add', '--all');
  git(project, 'commit', '--quiet', '--message=Start');
  return project;
}

test('theirs is taken for a value in conflict, as t does in the walk, and undo puts yours back', async () => {
  const project = repository('shop');
  const before = treeOf(project);
  const endpoint = join(project, 'lib/shop_web/endpoint.ex');
  const text = readFileSync(endpoint, 'utf8');
  const words = ['apply', '--step', 'static-gzip', '--source', 'snapshots'];
  expect((await phxUpgrade(words, project)).code).toBe(2);
  expect(treeOf(project)).toEqual(before);
  const { code, stdout } = await phxUpgrade([...words, '--conflicts', 'theirs'], project);
  expect(code).toBe(0);
  expect(stdout).toContain('static-gzip');
  expect(readFileSync(endpoint, 'utf8')).toBe(text.replace(/gzip: .*,$/m, 'gzip: not code_reloading?,'));
  expect((await phxUpgrade(['undo'], project)).code).toBe(0);
  expect(treeOf(project)).toEqual(before);
});

test('theirs is taken of steps that were asked for, and all that is safe asks for no conflict', async () => {
  const project = repository('bazaar');
  const words = ['apply', '--all', '--json', '--source', 'snapshots', '--conflicts', 'theirs'];
  const { applied, left } = JSON.parse((await phxUpgrade(words, project)).stdout);
  expect(applied).not.toContain('req-by-hand');
  expect(left).toContainEqual({ step: 'req-by-hand', reason: 'you and the generator changed it' });
});

describePristine('text that both sides changed', () => {
  test('is left as git leaves it after a merge, ends with 2, and undo takes it back', async () => {
    const project = restyled();
    const words = ['--pack', pristineRoot(), '--source', 'pack', '--to', '1.8.8'];
    const { steps } = JSON.parse((await phxUpgrade(['plan', '--json', ...words], project)).stdout);
    const step = steps.find(({ conflicts }: { conflicts: { path: string }[] }) =>
      conflicts.some(({ path }) => path === layout),
    );
    const { code, stdout } = await phxUpgrade(
      ['apply', '--step', step.id, '--conflicts', 'markers', ...words],
      project,
    );
    expect(code).toBe(2);
    expect(stdout).toContain(`Conflicts\n  ${layout}\n`);
    expect(git(project, 'status', '--porcelain', '--', layout)).toBe(`UU ${layout}\n`);
    expect(git(project, 'ls-files', '--unmerged', '--', layout).trim().split('\n')).toHaveLength(3);
    expect(readFileSync(join(project, layout), 'utf8')).toContain('<<<<<<< yours\n');
    expect((await phxUpgrade(['undo'], project)).code).toBe(0);
    expect(git(project, 'status', '--porcelain')).toBe('');
  });
});
