import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { currentReadme, currentReference } from '../../scripts/readme.ts';
import { freshBuild } from '../cli/built.ts';

beforeAll(freshBuild);

const text = (name: string) => readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8');

test('the README has the commands as declared, and what its examples print today (npm run readme)', () => {
  const readme = text('README.md');
  expect(readme).toBe(currentReadme(readme));
});

test('docs/cli.md has the reference that the declarations make (npm run readme)', () => {
  const reference = text('docs/cli.md');
  expect(reference).toBe(currentReference(reference));
});
