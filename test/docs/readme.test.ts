import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { currentReadme } from '../../scripts/readme.ts';
import { build } from '../cli/built.ts';

beforeAll(build);

test('the README has the commands as declared, and what its examples print today (npm run readme)', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readme).toBe(currentReadme(readme));
});
