import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edited } from '../../src/elixir/edited.ts';
import { parse } from '../../src/elixir/parse.ts';

const linesOf = (text: string) => parse(text).problems.map(({ line }) => line);

describe('reserved words where no block wants them', () => {
  it.each([
    ['an end behind a whole module', 'defmodule Shop do\n  def open?, do: true\nend\nend\n', 4],
    ['an end behind a match', 'name = 1\nend\n', 2],
    ['an end in a list', 'pair = [1, end]\n', 1],
    ['an else of nothing', 'open()\nelse\n  close()\n', 2],
    ['a do alone', 'do\n', 1],
  ])('%s is a problem', (_, text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });

  it('tells the problems in the order of the text', () => {
    expect(linesOf('end\nx = )\n')).toEqual([1, 2]);
  });

  it.each([
    'if open?, do: 1, else: 2\n',
    'Shop.end(:do) && shop.after && %{end: 1, else: 2}.end\n',
    '[:do, :end, "end": 1, after: 2] ++ ~w(do end)a\n',
    'case x do\n  1 -> :one\nend\n',
    'Enum.map(xs, &Kernel.and(&1, true))\n',
    'try do\n  1\nrescue\n  _ -> 2\nafter\n  3\nend\n',
    '# end\n"""\nend\n"""\n',
  ])('has none in %j', (text) => {
    expect(parse(text).problems).toEqual([]);
  });
});

/** Nested modules and functions as lines, one `end` for every `do`. */
const balanced = fc
  .letrec<{ block: string[]; body: string[] }>((tie) => ({
    block: tie('body').map((body) => ['describe :shop do', ...body, 'end']),
    body: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<string[]>(['open()'], ['if a, do: 1, else: 2'], ['items.end'], ['# end'], ['fn -> 1 end']),
      fc.tuple(tie('block'), tie('body')).map((parts) => parts.flat()),
    ),
  }))
  .block.chain((lines) => fc.record({ lines: fc.constant(lines), at: fc.nat(lines.length) }));

it('offers no edit that puts in an end too many, wherever it goes', () => {
  fc.assert(
    fc.property(balanced, ({ lines, at }) => {
      const whole = lines.join('\n');
      expect(parse(whole).problems).toEqual([]);
      const start = lines.slice(0, at).join('\n').length;
      expect(edited(whole, [{ start, end: start, text: '\nend\n' }])).toMatchObject({ ok: false });
    }),
  );
});

describe('what an operator stands between', () => {
  const shape = (text: string) => parse(text).body[0];

  it.each([
    ['&(&1 == x)', '&', { kind: 'binary', operator: '==' }],
    ['&String.trim/1', '&', { kind: 'binary', operator: '/' }],
    ['not(open?)', 'not', { kind: 'block' }],
    ['@limit', '@', { kind: 'identifier', name: 'limit' }],
  ])('%s is one operand', (text, operator, operand) => {
    expect(shape(text)).toMatchObject({ kind: 'unary', operator, operand });
  });

  it.each([
    ['1 not  in list', 'not in'],
    ['a\n|> b()', '|>'],
    ['a # first\n|> b()', '|>'],
    ['a |> # second\n  b()', '|>'],
    ['x when y', 'when'],
    ['1..(2)', '..'],
  ])('%j has two', (text, operator) => {
    expect(shape(text)).toMatchObject({ kind: 'binary', operator });
  });
});

it('comments are known wherever they stand, in the order of the text', () => {
  const text = 'a # one\n|> b(c: # two\n  1) # three\n# four\nd(x[# five\n:y])\n';
  expect(parse(text).comments.map(({ start, end }) => text.slice(start, end))).toEqual([
    '# one',
    '# two',
    '# three',
    '# four',
    '# five',
  ]);
});
