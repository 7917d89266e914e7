import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

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
