import { expect, test } from 'vitest';
import { comparableText } from '../../src/elixir/canonical.ts';
import { parse } from '../../src/elixir/parse.ts';
import { sameWords } from '../../src/elixir/tokens.ts';
import { parseSettings } from '../../src/project/settings.ts';
import { readTemplate } from '../../src/templates/tree.ts';
import { everyNode } from '../../src/templates/walk.ts';

const heex = { heex: true, bodyBraces: true };
const openers = ['[', '(', '{', '%{', 'fn -> ', 'if x do ', '~s(', '"#{', '- ', 'f ', '[a: '];

test.each(openers)('%s, nested without end, is a problem and exhausts nothing', (opener) => {
  const text = opener.repeat(20_000);
  expect(parse(text).problems).not.toEqual([]);
  expect(sameWords(text, `${text}x`)).toBe(false);
});

test('what closes again but lies too deep is a problem, not an edit', () => {
  const text = '['.repeat(2000) + ']'.repeat(2000);
  expect(parse(text).problems).toEqual([{ line: 1, range: { start: 250, end: 3750 } }]);
  expect(comparableText(text)).toBe(text);
});

test('what a person nests is read', () => {
  const text = '['.repeat(200) + ']'.repeat(200);
  expect(parse(text).problems).toEqual([]);
  expect(comparableText(text)).toBe(text);
});

test.each([
  ['<div>', '</div>'],
  ['<% if x do %>', '<% end %>'],
  ['<.box>', '</.box>'],
])('a template of %s that lies too deep is unbalanced, and exhausts nothing', (open, close) => {
  const nested = (depth: number) => readTemplate(open.repeat(depth) + close.repeat(depth), heex);
  expect(nested(200).imbalances).toEqual([]);
  expect(nested(20_000).imbalances).not.toEqual([]);
  expect(everyNode(nested(20_000).nodes).length).toBeGreaterThan(20_000);
});

test('settings nested without end are refused like any others', () => {
  const depth = 50_000;
  expect(() => parseSettings(`{"from": ${'['.repeat(depth)}${']'.repeat(depth)}}`)).toThrow(
    expect.objectContaining({ code: 'bad-settings' }),
  );
});
