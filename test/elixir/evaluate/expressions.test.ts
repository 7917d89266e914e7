import { describe, expect, test } from 'vitest';
import { valueFrom } from './machine.ts';

/** As Elixir 1.18 prints them. */
const cases: readonly [source: string, value: string][] = [
  // Data and patterns
  ['{:ok, [a | rest]} = {:ok, [1, 2, 3]}; {a, rest}', '{1, [2, 3]}'],
  ['%{a: x} = %{a: 1, b: 2}; x', '1'],
  ['"--" <> name = "--app"; name', '"app"'],
  ['a = 1; case 2 do ^a -> :same; other -> other end', '2'],
  ['case {1, 1} do {x, x} -> :twice; _ -> :other end', ':twice'],
  ['%{%{a: 1} | a: 2}', '%{a: 2}'],
  ['[{:a, 1}, b: 2]', '[a: 1, b: 2]'],
  ['{"a", :"b c", Foo.Bar, nil, 1.0}', '{"a", :"b c", Foo.Bar, nil, 1.0}'],
  ['~w(a b)a ++ ~w(c)', '[:a, :b, "c"]'],
  ['x = "b"; :"a#{x}"', ':ab'],
  ['"é#{1}#{:a}#{nil}#{["b", ?c]}"', '"é1abc"'],
  // Branches
  ['if nil, do: 1', 'nil'],
  ['unless nil do 1 else 2 end', '1'],
  ['cond do false -> 1; :a -> 2 end', '2'],
  ['case 3 do x when x > 5 -> :big; x when is_atom(x) or x == 3 -> :three end', ':three'],
  ['nil && 1 || 2', '2'],
  ['x = 1; if true do x = 2; x end; x', '1'],
  ['with {:ok, a} <- {:ok, 1}, {:ok, b} <- {:error, 2} do a + b else {:error, e} -> {:failed, e} end', '{:failed, 2}'],
  ['with {:ok, a} <- {:ok, 1}, b = a + 1 do b end', '2'],
  ['[3] |> Enum.map(& &1 + 1) |> hd()', '4'],
  ['1 in [1, 2] and 3 not in [1]', 'true'],
  ['match?({:a, _}, {:a, 1})', 'true'],
  // Functions
  ['f = fn 0 -> :zero; n when n > 0 -> :more end; [f.(0), f.(2)]', '[:zero, :more]'],
  ['f = &String.upcase/1; f.("a")', '"A"'],
  ['(&"#{&1}-#{&2}").(1, 2)', '"1-2"'],
  ['add = fn a, b -> a + b end; Enum.reduce([1, 2, 3], 0, add)', '6'],
  // Comprehensions
  ['for x <- [1, 2, 3], x != 2, y <- [:a, :b], do: {x, y}', '[{1, :a}, {1, :b}, {3, :a}, {3, :b}]'],
  ['for {:ok, x} <- [ok: 1, error: 2, ok: 3], into: %{}, do: {x, x}', '%{1 => 1, 3 => 3}'],
  ['for x <- [1, 2], reduce: 0 do acc -> acc + x end', '3'],
  ['for x <- [1, 1, 2], uniq: true, do: x', '[1, 2]'],
  // Errors
  ['try do raise "no" rescue e in RuntimeError -> e.message end', '"no"'],
  ['try do raise ArgumentError, message: "bad" rescue e in [KeyError, ArgumentError] -> e.message end', '"bad"'],
  ['try do throw :x catch y -> y end', ':x'],
  ['try do exit :stop catch :exit, why -> why after 1 end', ':stop'],
  ['try do Map.fetch!(%{}, :a) rescue KeyError -> :none end', ':none'],
];

describe('expressions', () => {
  test.each(cases)('%s', (source, value) => {
    expect(valueFrom(source)).toBe(value);
  });
});
