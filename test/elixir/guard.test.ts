import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/elixir/ast.ts';
import { parse } from '../../src/elixir/parse.ts';
import { tokensOf } from '../../src/elixir/tokens.ts';

/** Every operator, call, clause and container in brackets of its own: what binds to what. */
function shape(expr: Expr): string {
  const all = (list: readonly Expr[]) => list.map(shape).join(', ');
  switch (expr.kind) {
    case 'binary':
      return `(${shape(expr.left)} ${expr.operator} ${shape(expr.right)})`;
    case 'unary':
      return `(${expr.operator} ${shape(expr.operand)})`;
    case 'call':
      return `${shape(expr.target)}(${all(expr.args)})${expr.block ? ` do ${all(expr.block.body)} end` : ''}`;
    case 'clause':
      return `{${all(expr.args)}${expr.guard ? ` when ${shape(expr.guard)}` : ''} -> ${all(expr.body)}}`;
    case 'map':
    case 'list':
      return `[${all(expr.items)}]`;
    case 'keywords':
      return all(expr.pairs);
    case 'pair':
      return `${expr.name}: ${shape(expr.value)}`;
    case 'string':
    case 'sigil':
      return `"${expr.parts.map((part) => (typeof part === 'string' ? part : `#{${shape(part)}}`)).join('')}"`;
    case 'fn':
      return `fn ${all(expr.clauses)} end`;
    case 'dot':
      return `${shape(expr.left)}.${expr.right}`;
    case 'number':
      return expr.written;
    default:
      return 'name' in expr ? expr.name : expr.kind;
  }
}

const shapes = (text: string) => {
  const { body, problems } = parse(text);
  return { body: body.map(shape), problems };
};

describe('what the grammar misreads is read as Elixir reads it', () => {
  it.each([
    ['f(x..-1)', 'f((x .. (- 1)))'],
    ['f(open?..+1)', 'f((open? .. (+ 1)))'],
    ['f(g(y)..-n)', 'f((g(y) .. (- n)))'],
    ['f(0..-1//1)', 'f(((0 .. (- 1)) // 1))'],
  ])('a range %j', (text, wanted) => {
    expect(shapes(text)).toEqual({ body: [wanted], problems: [] });
  });

  it.each(['order', 'orders?', 'android', 'invalid', 'input', 'whenever', 'organisation_id', 'oracle!', 'inhalt_ß'])(
    'a clause that begins with %s does not continue the line before',
    (name) => {
      const text = `case x do\n  {:a, b} ->\n    {b, 1}\n\n  ${name} -> ${name}\nend`;
      expect(shapes(text)).toEqual({ body: [`case(x) do {tuple -> tuple}, {${name} -> ${name}} end`], problems: [] });
    },
  );

  it.each([
    ['a\nor b', '(a or b)'],
    ['a\nin b', '(a in b)'],
    ['a\n  not in b', '(a not in b)'],
  ])('%j is one expression', (text, wanted) => {
    expect(shapes(text)).toEqual({ body: [wanted], problems: [] });
  });

  it.each([
    ['%{key => a | b | c}', '[(key => (a | (b | c)))]'],
    ['%{map | key => value}', '[(map | (key => value))]'],
    ['%{map | key => a | b, other => c}', '[(map | (key => (a | b))), (other => c)]'],
    ['%{a :: b => c :: d}', '[((a :: b) => (c :: d))]'],
    ['[&f/1 | rest]', '[((& (f / 1)) | rest)]'],
    ['[&f/1 | &(a | b)]', '[((& (f / 1)) | (& (a | b)))]'],
    ['%{&f/1 => a | b}', '[((& (f / 1)) => (a | b))]'],
    ['%{map | key => a :: b}', '[(map | (key => (a :: b)))]'],
  ])('%j', (text, wanted) => {
    expect(shapes(text)).toEqual({ body: [wanted], problems: [] });
  });

  it.each([
    ['f(~S[\\\\], 1)', 'f("\\\\", 1)'],
    ['f(~S(a\\\\), ~S(\\)b))', 'f("a\\\\", "\\)b")'],
    ['~S"""\na\\\\"\n"""', '"\na\\\\"\n"'],
    ['~r/\\u/', '"\\u"'],
    ['f("~S[", ?\\\\, ~S[\\\\])', 'f("~S[", ?\\\\, "\\\\")'],
    ['f("#{~S[\\\\]}", "]")', 'f("#{"\\\\"}", "]")'],
    ['f(?", ~S[\\\\], a?("x"), \'"\')', 'f(?", "\\\\", a?("x"), charlist)'],
    ["f(~~~x, a =~ ~r{\\x}, '''\n~S[\n''', ~S{\\\\})", 'f((~~~ x), (a =~ "\\x"), charlist, "\\\\")'],
  ])('a sigil %j', (text, wanted) => {
    expect(shapes(text)).toEqual({ body: [wanted], problems: [] });
  });

  it('words are those of the text', () => {
    const text = 'case x do\n  {:a} -> {1}\n  # b\n  order -> ~S[\\\\]\nend';
    const words = tokensOf(text)?.code.map((token) => token.text);
    expect(words?.join(' ')).toBe('case x do { :a } -> { 1 } order -> ~ S [ \\\\ ] end');
  });
});

it('keeps how a literal and a clause are written', () => {
  const first = (text: string) => parse(text).body[0];
  expect(first('1_000')).toMatchObject({ kind: 'number', text: '1000', written: '1_000' });
  expect(first(':"a b#{c}"')).toMatchObject({ kind: 'atom', quoted: { open: '"', parts: ['a b', { name: 'c' }] } });
  expect(first("['a b': 1]")).toMatchObject({
    items: [{ pairs: [{ name: 'a b', quoted: { open: "'", parts: ['a b'] } }] }],
  });
  expect(first('Shop.{Cart, Item}')).toMatchObject({ kind: 'dot', group: [{ name: 'Cart' }, { name: 'Item' }] });
  expect(first('fn (a, b) when a > b -> a end')).toMatchObject({
    clauses: [{ args: [{ name: 'a' }, { name: 'b' }], guard: { operator: '>' }, parens: true, arrow: 21 }],
  });
  expect(first('fn a, b when c -> a end')).toMatchObject({
    clauses: [{ args: [{ name: 'a' }, { name: 'b' }], guard: { name: 'c' }, parens: false }],
  });
});
