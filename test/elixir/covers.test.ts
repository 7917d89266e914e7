import { expect, test } from 'vitest';
import { coversValue } from '../../src/elixir/covers.ts';

test.each([
  ['[use(View, layout: a, container: b), import(X)]', '[use(View, layout: a), import(X)]', true],
  ['[pipe_through(:browser), own(:page), forward("/mail", P)]', '[pipe_through(:browser), forward("/mail", P)]', true],
  ['[import(X), use(View)]', '[use(View), import(X)]', false],
  ['[use(View, layout: c)]', '[use(View, layout: a)]', false],
  ['[use(View)]', '[use(View, layout: a)]', false],
  ['[]', '[use(View)]', false],
])('%s covers %s: %s', (value, wanted, expected) => {
  expect(coversValue(value, wanted)).toBe(expected);
});
