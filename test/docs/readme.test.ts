import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { currentReadme } from '../../scripts/readme.ts';
import { freshBuild } from '../cli/built.ts';

beforeAll(freshBuild);

test('the README has the commands as declared, and what its examples print today (npm run readme)', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readme).toBe(currentReadme(readme));
});
