import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { scratch } from '../support/pristine.ts';

const path = '../../.github/workflows/publish.yml';
const workflow = parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const { permissions, steps } = workflow.jobs.publish;

test('a version is published with provenance, by a tag alone, after all checks and a run of the package', () => {
  const runs: { run?: string; if?: string }[] = steps;
  const at = (text: string) => runs.findIndex(({ run }) => run?.includes(text));
  const publishing = runs.filter(({ run }) => run?.startsWith('npm publish'));
  expect(
    publishing.map((step) => [step.if, step.run?.includes('--provenance'), step.run?.endsWith('--dry-run')]),
  ).toEqual([
    ["github.event_name == 'push'", true, false],
    ["github.event_name != 'push'", true, true],
  ]);
  expect(workflow.on.push).toEqual({ tags: ['v*'] });
  expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  const order = ['npm run check-all', 'npm pack', 'phx-upgrade plan', 'GITHUB_REF_NAME', 'npm publish'].map(at);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order).not.toContain(-1);
});

test('nothing is published, nor tried, from a package that does not name its repository', () => {
  const runs: { run?: string; name?: string }[] = steps;
  const at = runs.findIndex(({ name }) => name === 'The package names this repository');
  const { run = '' } = runs[at] ?? {};
  const directory = scratch('package');
  const ends = (repository: object) => {
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'phx-upgrade', ...repository }));
    const env = { PATH: process.env.PATH, GITHUB_REPOSITORY: 'looms/phx-upgrade' };
    return spawnSync('bash', ['-e', '-c', run], { cwd: directory, env, encoding: 'utf8' });
  };
  expect(ends({ repository: { type: 'git', url: 'git+https://github.com/looms/phx-upgrade.git' } }).status).toBe(0);
  expect(ends({}).stdout).toContain('repository.url is none; provenance needs git+https://github.com/looms/');
  expect(ends({ repository: { url: 'git+https://github.com/else/phx-upgrade.git' } }).status).toBe(1);
  expect(at).toBeLessThan(runs.findIndex((step) => step.run?.startsWith('npm publish')));
});
