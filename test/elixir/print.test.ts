import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparable } from '../../src/elixir/canonical.ts';
import { parseElement, printText } from '../../src/elixir/print.ts';
import { describeMix, formatted } from '../support/mix.ts';

const words = fc.constantFrom('ink', 'paper', 'letterpress', 'a_rather_long_name_for_a_shelf', 'ok?');
const modules = fc.constantFrom('Shop', 'Atelier.Paper', 'AtelierWeb.Presses.Letterpress');

const leaves = fc.oneof(
  words.map((word) => `:${word}`),
  fc.constantFrom('true', 'nil', '12', '4_000', '1000000', '~w(a b c)', '~r/\\.(ex|heex)$/', '"#{ink} and paper"'),
  modules,
  words.map((word) => `"${word.repeat(3)}"`),
  words.map((word) => `System.get_env("${word.toUpperCase()}")`),
);

const { expression } = fc.letrec<{ expression: string; pair: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaves,
    fc.array(tie('expression'), { maxLength: 5 }).map((items) => `[${items.join(', ')}]`),
    fc.array(tie('pair'), { minLength: 1, maxLength: 5 }).map((pairs) => `[${pairs.join(', ')}]`),
    fc.array(tie('pair'), { minLength: 1, maxLength: 4 }).map((pairs) => `%{${pairs.join(', ')}}`),
    fc.tuple(tie('expression'), tie('pair'), tie('pair')).map((items) => `{${items.join(', ')}}`),
    fc.tuple(tie('expression'), tie('expression')).map((items) => `{${items.join(', ')}}`),
    fc.tuple(modules, words, tie('expression'), tie('pair')).map(([m, f, a, b]) => `${m}.${f}(${a}, ${b})`),
    fc.tuple(words, tie('expression'), tie('expression')).map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(leaves, leaves).map(([a, b]) => `${a} || ${b}`),
    fc.tuple(tie('expression')).map(([a]) => `fn x -> ${a} end`),
  ),
  pair: fc
    .tuple(fc.constantFrom('ink', 'paper', '"assets.press"', 'layout'), tie('expression'))
    .map(([key, value]) => `${key}: ${value}`),
}));

/** Statements as they stand in `mix.exs`, configuration and endpoints. */
const statements = fc.oneof(
  expression,
  fc
    .tuple(modules, fc.array(expression, { minLength: 1, maxLength: 5 }))
    .map(([m, values]) => `config :atelier, ${m}, ${values.map((value, at) => `key_${at}: ${value}`).join(', ')}`),
  fc.tuple(modules, expression).map(([m, value]) => `plug ${m}, ${value}`),
  expression.map((value) => `shelf = ${value}`),
);

describe('an expression is printed', () => {
  test('on one line when it fits, with room for what follows', () => {
    const text = `{:paper, "~> 1.0", only: [:dev, :test]}`;
    expect(printText(text, { indent: 6 })).toBe(text);
    expect(printText(text, { indent: 0, width: text.length })).toBe(text);
    expect(printText(text, { indent: 0, width: text.length, after: 1 })).toBe(
      '{:paper, "~> 1.0",\n only: [:dev, :test]}',
    );
  });

  test('from its column, indented from its line', () => {
    const text = '[ink: "black, dark and deep", paper: "laid"]';
    expect(printText(text, { indent: 2, column: 70 })).toBe(
      '[\n    ink: "black, dark and deep",\n    paper: "laid"\n  ]',
    );
  });

  test('with an operand of || on the next line', () => {
    const text = `${'ink'.repeat(20)} || ${'paper'.repeat(10)}`;
    expect(printText(text, { indent: 4 })).toBe(`${'ink'.repeat(20)} ||\n      ${'paper'.repeat(10)}`);
  });

  test('with heredocs moved along and literals as they were written', () => {
    expect(printText('raise """\n      no ink\n\n        at all\n      """', { indent: 2 })).toBe(
      'raise """\n  no ink\n\n    at all\n  """',
    );
    expect(printText('[~w[a b]a, 4_000, 1000000, \'ink\', ?a, :"a b"]', { indent: 0 })).toBe(
      '[~w[a b]a, 4_000, 1_000_000, \'ink\', ?a, :"a b"]',
    );
  });

  test('but not when that would lose a comment', () => {
    const text = '[\n  :a, # why\n  :b\n]';
    expect(printText(text, { indent: 0 })).toBe(text);
    expect(printText('not elixir ]', { indent: 0 })).toBe('not elixir ]');
  });

  test('and means the same, at any width', () => {
    fc.assert(
      fc.property(statements, fc.integer({ min: 10, max: 120 }), (text, width) => {
        const old = parseElement(text);
        const printed = printText(text, { indent: 0, width });
        const now = parseElement(printed);
        expect(now && comparable(now.expr)).toBe(old && comparable(old.expr));
        expect(printText(printed, { indent: 0, width })).toBe(printed);
      }),
    );
  });
});

describeMix('mix format', () => {
  test('writes random expressions in the same way', () => {
    const texts = fc.sample(statements, { numRuns: 400, seed: 1 });
    const printed = texts.map((text) => printText(text, { indent: 0 }));
    expect(printed).toEqual(formatted(texts));
  });
});
