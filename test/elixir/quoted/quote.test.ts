import { describe, expect, test } from 'vitest';
import { UnreadableText } from '../../../src/elixir/quoted/escapes.ts';
import { quotedText } from '../../../src/elixir/quoted/quote.ts';
import type { Quoted, Tuple } from '../../../src/elixir/quoted/term.ts';
import { show } from './show.ts';

/** As `Code.string_to_quoted!` of Elixir 1.14 and 1.18 gives them. */
const cases: readonly [what: string, source: string, quoted: string][] = [
  ['numbers', '[1_000, 0o755, 0x1F, ?a, ?\\n, 1.5]', '[1000 493 31 97 10 float 1.5]'],
  ['atoms', '[:ok, :"a b", true, nil, :+]', '[:ok :a b :true :nil :+]'],
  ['a variable and calls', '[x, x(), f(1), f 1]', '[x (x) (f 1) (f 1)]'],
  ['remote calls', '[A.B.f(1), a.b, f.(1), :m.f()]', '[((. A.B :f) 1) ((. a :b)) ((. f) 1) ((. :m :f))]'],
  ['aliases', '[A.B, __MODULE__.C]', '[A.B (__aliases__ __MODULE__ :C)]'],
  ['a group of aliases', 'alias A.{B, C.D}', '(alias ((. A :{}) B C.D))'],
  ['tuples', '[{}, {1}, {1, 2}, {1, 2, 3}]', '[({}) ({} 1) {1 2} ({} 1 2 3)]'],
  ['keywords', '[1, a: 2, "b c": 3]', '[1 {:a 2} {:b c 3}]'],
  ['keywords of a call', 'f(1, a: 2)', '(f 1 [{:a 2}])'],
  ['maps', '[%{a: 1}, %{"k" => v}, %{m | a: 1}]', '[(%{} {:a 1}) (%{} {"k" v}) (%{} (| m [{:a 1}]))]'],
  ['an update by arrow', '%{m | "k" => 1}', '(%{} (| m [{"k" 1}]))'],
  ['an update of several keys by arrow', '%{m | "k" => 1, l => 2}', '(%{} (| m [{"k" 1} {l 2}]))'],
  ['ranges', '[1..2, 1..9//2, ..]', '[(.. 1 2) (..// 1 9 2) (..)]'],
  [
    'a negation alone',
    'f(&(!&1), (not a), fn -> !b end)',
    '(f (& (__block__ (! (& 1)))) (__block__ (not a)) (fn (-> [] (__block__ (! b)))))',
  ],
  ['what is spliced in alone', 'quote do unquote_splicing(a) end', '(quote [{:do (__block__ (unquote_splicing a))}])'],
  ['the type of a function', '@type f :: (a -> b)', '(@ (type (:: f [(-> [a] b)])))'],
  [
    'a delimiter inside a raw sigil',
    '[~S(a\\)b), ~S"""\n\\"""\n"""]',
    '[(sigil_S (<<>> "a)b") []) (sigil_S (<<>> "\\"\\"\\"\\n") [])]',
  ],
  ['structs', '[%A{}, %A{a: 1}]', '[(% A (%{})) (% A (%{} {:a 1}))]'],
  ['interpolation', '"a#{b}c"', '(<<>> "a" (:: ((. :Elixir.Kernel :to_string) b) binary) "c")'],
  [
    'an atom with interpolation',
    ':"#{a}_x"',
    '((. :erlang :binary_to_atom) (<<>> (:: ((. :Elixir.Kernel :to_string) a) binary) "_x") :utf8)',
  ],
  ['escapes', '"\\t\\x41\\u00e9\\u{1F600}\\s\\\\"', JSON.stringify('\tAé😀 \\')],
  ['a heredoc', '"""\n  a\n    b\n  c\\\n  """', JSON.stringify('a\n  b\nc')],
  ['charlists', "'ab'", '[97 98]'],
  [
    'sigils',
    '[~w(a b)a, ~s|a#{b}\\||]',
    '[(sigil_w (<<>> "a b") [97]) (sigil_s (<<>> "a" (:: ((. :Elixir.Kernel :to_string) b) binary) "|") [])]',
  ],
  ['operators', '[-1, not a, a not in b, a |> b, a && b]', '[(- 1) (not a) (not (in a b)) (|> a b) (&& a b)]'],
  ['access', 'a[:b][c]', '((. :Elixir.Access :get) ((. :Elixir.Access :get) a :b) c)'],
  ['attributes', '[@a, @b 1]', '[(@ a) (@ (b 1))]'],
  ['captures', '[&1, &f/1, &(&1 + 1)]', '[(& 1) (& (/ f 1)) (& (+ (& 1) 1))]'],
  ['functions', 'fn a, b when a > b -> a\n _, b -> b end', '(fn (-> [(when a b (> a b))] a) (-> [_ b] b))'],
  ['blocks', 'f a do\n  1\n  2\nelse\n  3\nend', '(f a [{:do (__block__ 1 2)} {:else 3}])'],
  [
    'clauses',
    'case a do\n  {:ok, b} when b -> c\n  _ -> nil\nend',
    '(case a [{:do [(-> [(when {:ok b} b)] c) (-> [_] :nil)]}])',
  ],
  ['no arguments', 'fn -> 1 end', '(fn (-> [] 1))'],
];

describe('quoted expressions', () => {
  test.each(cases)('%s', (_, source, quoted) => {
    expect(show(quotedText(source))).toBe(quoted);
  });

  test('know their line', () => {
    const [, second] = (quotedText('a\n\nf(b)') as Tuple<Quoted>).items[2] as readonly Quoted[];
    const [line] = (second as Tuple<Quoted>).items[1] as readonly Quoted[];
    expect((line as Tuple<Quoted>).items[1]).toBe(3);
  });

  test.each(['f(', '1 + )', '[1, 2', 'do end end', '99999999999999999999', '"\\xFF"'])('refuse %s', (source) => {
    expect(() => quotedText(source)).toThrow(UnreadableText);
  });
});
