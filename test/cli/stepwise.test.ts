import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describePristine, pristineRoot, scratch } from '../support/pristine.ts';
import { contents, git } from './built.ts';
import { phxUpgrade } from './program.ts';

/** A generated project under git. */
function generated(version: string): string {
  const project = join(scratch('stepwise'), 'app');
  cpSync(join(pristineRoot(), 'pristine', version, 'default'), project, { recursive: true });
  git(project, 'init', '--quiet', '--initial-branch=main');
  git(project, 'add', '--all');
  git(project, 'commit', '--quiet', '--message=Start');
  return project;
}

/** A pack with the default projects of some versions. */
function packOf(...versions: string[]): string {
  const pack = scratch('pack');
  for (const version of versions) {
    cpSync(join(pristineRoot(), 'pristine', version, 'default'), join(pack, version, 'default'), { recursive: true });
  }
  return pack;
}

describePristine('--stepwise with a pack', () => {
  const words = ['--stepwise', '--from', '1.6.17', '--to', '1.8.12'];

  test('plans each leg with the text of its own versions, and its patches bring the project to the end', async () => {
    const project = generated('1.6.17');
    const pack = packOf('1.6.17', '1.7.24', '1.8.12');
    const { plans } = JSON.parse((await phxUpgrade(['plan', '--json', ...words, '--pack', pack], project)).stdout);
    expect(plans.map(({ from, to, source }: never) => ({ from, to, source }))).toEqual([
      { from: '1.6.17', to: '1.7.24', source: { from: 'pack', to: 'pack' } },
      { from: '1.7.24', to: '1.8.12', source: { from: 'pack', to: 'pack' } },
    ]);
    const { stdout } = await phxUpgrade(
      ['plan', '--format', 'patch', ...words, '--pack', pack, '--output', 'all.patch'],
      project,
    );
    expect(stdout).toBe('');
    git(project, 'apply', 'all.patch');
    rmSync(join(project, 'all.patch'));
    const target = contents(join(pristineRoot(), 'pristine/1.8.12/default'));
    expect(contents(project)).toMatchObject(target);
  });

  test('says in the plan of a leg that it has no text', async () => {
    const project = generated('1.6.17');
    const { stdout, stderr } = await phxUpgrade(
      ['plan', ...words, '--verbose', '--offline', '--pack', packOf('1.6.17', '1.8.12')],
      project,
    );
    const [first = '', second = ''] = stdout.split(/^(?=sample_app · )/m);
    expect(first).toMatch(/Made without generated text\. .*1\.7\.24/s);
    expect(second).not.toContain('Made without generated text');
    expect(stderr).toContain('Planned 1.6.17 → 1.7.24 without generated text.');
  });

  test('applies in one series of commits, and undo takes back all of it', async () => {
    const project = generated('1.6.17');
    const before = contents(project);
    const run = await phxUpgrade(['apply', '--all', '--commit', '--json', ...words, '--pack', pristineRoot()], project);
    expect([0, 2]).toContain(run.code);
    const { applied, commits } = JSON.parse(run.stdout);
    expect(commits).toHaveLength(applied.length);
    expect(git(project, 'rev-list', '--count', 'HEAD').trim()).toBe(String(commits.length + 1));
    expect(git(project, 'status', '--porcelain')).toBe('');
    // Rules for another Phoenix are no safe step: the file waits for the upgrade.
    expect(applied).not.toContain('agents-md');
    expect(applied.length).toBeGreaterThan(2);
    expect((await phxUpgrade(['undo'], project)).code).toBe(0);
    expect(contents(project)).toEqual(before);
  });
});
