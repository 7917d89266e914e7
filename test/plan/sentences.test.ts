import { expect, test } from 'vitest';
import { display } from '../../src/elixir/canonical.ts';
import { parse } from '../../src/elixir/parse.ts';
import { readable } from '../../src/plan/sentences.ts';
import { treeOf } from '../support/projects.ts';

const path = 'config/runtime.exs';
const at = { path, line: 1 };

/** The value of an expression as a fact has it. */
function factValue(code: string): string {
  const [expr] = parse(code).body;
  return expr ? display(expr) : '';
}

test('a message of the user stands in their words, whatever its spelling', () => {
  const code = `System.get_env("LOOM") || raise """
  LOOM is missing,
  for example "oak"
  """
`;
  const tree = treeOf({ [path]: `host = ${code}` });
  expect(factValue(code)).toMatch(/"#[0-9a-f]{12}"/);
  expect(readable(factValue(code), at, tree)).toBe(
    'System.get_env("LOOM") || raise("LOOM is missing, for example "oak"")',
  );
  expect(readable(factValue('raise "LOOM is missing, for example \\"oak\\""'), at, tree)).not.toContain('#');
});

test('what is nowhere in the file, or long, is folded', () => {
  const tree = treeOf({ [path]: `raise "${'warp and weft '.repeat(20)}"` });
  expect(readable(factValue('raise "of somebody else"'), at, tree)).toBe('raise("…")');
  expect(readable(factValue('raise "of somebody else"'), null, tree)).toBe('raise("…")');
  const long = readable(factValue(`raise "${'warp and weft '.repeat(20)}"`), at, tree);
  expect(long).toMatch(/^raise\("warp and weft .*…"\)$/);
  expect(long.length).toBeLessThan(100);
});

test('any other value is as it was', () => {
  const tree = treeOf({ [path]: 'import Config\n' });
  for (const value of ['[port: 4000]', '"#weft"', '~r/#[0-9]/']) expect(readable(value, at, tree)).toBe(value);
});
