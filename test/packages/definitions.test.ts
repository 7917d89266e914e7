import { describe, expect, it } from 'vitest';
import { parse } from '../../src/elixir/parse.ts';
import { definedModules } from '../../src/packages/source/definitions.ts';
import { erlangModule } from '../../src/packages/source/erlang.ts';
import { packageRequirements } from '../../src/packages/source/requirements.ts';

function namesIn(body: string): Record<string, string> {
  const [module] = definedModules(parse(`defmodule Tide do\n${body}\nend\n`));
  return Object.fromEntries([...(module?.names ?? [])].map(([name, { kind }]) => [name, kind]));
}

function deprecatedIn(body: string): Record<string, string | null> {
  const [module] = definedModules(parse(`defmodule Tide do\n${body}\nend\n`));
  return Object.fromEntries([...(module?.names ?? [])].map(([name, one]) => [name, one.deprecated]));
}

describe('names that a module of a package defines', () => {
  it.each([
    ['each default gives one more arity', 'def rise(a, b \\\\ 1, c \\\\ 2), do: a', ['rise/1', 'rise/2', 'rise/3']],
    [
      'a bodiless head with its clauses is one',
      'def rise(a, b \\\\ 1)\ndef rise(a, b) when a > b, do: b',
      ['rise/1', 'rise/2'],
    ],
    ['a delegate', 'defdelegate ebb(a, b), to: Other', ['ebb/2']],
    ['several delegates in a list', 'defdelegate [ebb(a), flow(a, b)], to: Other', ['ebb/1', 'flow/2']],
    ['an operator', 'def a <> b, do: {a, b}', ['<>/2']],
    ['private ones are left out', 'defp ebb(a), do: a\ndefmacrop flow(a), do: a', []],
    [
      'both sides of a condition',
      'if Code.ensure_loaded?(Moon) do\n  def ebb(a), do: a\nelse\n  def flow(a), do: a\nend',
      ['ebb/1', 'flow/1'],
    ],
    [
      'a loop over a literal list',
      'for name <- [:ebb, :flow] do\n  def unquote(name)(a), do: a\nend',
      ['ebb/1', 'flow/1'],
    ],
    [
      'a loop over an attribute, by tuples',
      '@all [ebb: 1, flow: 2]\nfor {name, _} <- @all do\n  def unquote(name)(), do: 1\nend',
      ['ebb/0', 'flow/0'],
    ],
    [
      'Enum.each over words',
      'Enum.each(~w(ebb flow)a, fn name ->\n  def unquote(name)(a), do: a\nend)',
      ['ebb/1', 'flow/1'],
    ],
    [
      'what a quote holds is not its own',
      'defmacro __using__(_) do\n  quote do\n    def ebb(a), do: a\n  end\nend',
      ['__using__/1'],
    ],
  ])('%s', (_, body, names) => {
    expect(Object.keys(namesIn(body)).sort()).toEqual(names);
  });

  it('tells functions, macros and what is hidden apart', () => {
    const body =
      'def ebb(a), do: a\ndefmacro flow(a), do: a\ndefguard is_moon(a) when a\n@doc false\ndef swell(a), do: a\ndef wave(a), do: a\n@impl true\ndef init(a), do: a';
    expect(namesIn(body)).toEqual({
      'ebb/1': 'function',
      'flow/1': 'macro',
      'is_moon/1': 'macro',
      'swell/1': 'hidden',
      'wave/1': 'function',
      'init/1': 'hidden',
    });
  });

  it('keeps of a deprecation the name of what takes its place, and no word else', () => {
    const body = [
      '@deprecated "Use Moon.pull/2 instead of waiting"\ndef ebb(a), do: a',
      '@doc deprecated: "flow/1 had its day, call swell/2"\ndef flow(a), do: a',
      '@deprecated "Nobody needs it"\ndef wave(a), do: a',
      'def swell(a, b), do: a + b',
    ].join('\n');
    expect(deprecatedIn(body)).toEqual({ 'ebb/1': 'Moon.pull/2', 'flow/1': 'swell/2', 'wave/1': '', 'swell/2': null });
  });

  it('says where only running the code would tell', () => {
    const [module] = definedModules(
      parse('defmodule Tide do\n  for name <- names() do\n    def unquote(name)(a), do: a\n  end\nend\n'),
    );
    expect(module).toMatchObject({ open: true });
  });

  it('finds modules inside modules and under conditions, and protocols', () => {
    const source =
      'if Code.ensure_loaded?(Plug) do\n  defmodule Tide do\n    defmodule Low do\n      @moduledoc false\n    end\n  end\nend\ndefprotocol Tide.Safe do\n  def to_text(data)\nend\n';
    const modules = definedModules(parse(source));
    expect(modules.map(({ name, internal }) => [name, internal])).toEqual([
      ['Tide', false],
      ['Tide.Low', true],
      ['Tide.Safe', false],
    ]);
    expect([...(modules[2]?.names.keys() ?? [])]).toContain('to_text/1');
  });

  it('follows what use brings through the functions of the module', () => {
    const source =
      'defmodule Tide do\n  defmacro __using__(opts) do\n    quote do\n      import Moon\n      use Sun, only: 1\n      unquote(more(opts))\n    end\n  end\n\n  defp more(_) do\n    quote do\n      import Stars, except: [shine: 1]\n      def ebb(a), do: a\n    end\n  end\nend\n';
    expect(definedModules(parse(source))[0]?.brings).toEqual([
      'def ebb/1',
      'import Moon',
      'import Stars except: shine/1',
      'use Sun',
    ]);
  });
});

it('reads what an Erlang module exports', () => {
  const text =
    '%% -export([no/1]).\n-module(tide).\n-export([ebb/1,\n         flow/2]). % and\n-export([swell/0]).\nebb(A) -> A.\n';
  const module = erlangModule(text);
  expect(module?.name).toBe(':tide');
  expect([...(module?.names.keys() ?? [])]).toEqual(['ebb/1', 'flow/2', 'swell/0']);
});

it('reads what a package asks for as Hex would have it', () => {
  const mix = `defmodule Tide.MixProject do
  use Mix.Project
  @elixir "~> 1.14"

  def project do
    [app: :tide, version: "1.0.0", elixir: @elixir, deps: deps()]
  end

  defp deps do
    [
      moon_dep(),
      {:plug, "~> 1.14"},
      {:jason, "~> 1.0", optional: true},
      {:ex_doc, "~> 0.30", only: :docs},
      {:sun, path: "../sun"}
    ]
  end

  defp moon_dep do
    if path = System.get_env("MOON_PATH") do
      {:moon, path: path}
    else
      {:moon, "~> 2.0"}
    end
  end
end
`;
  const { name, elixir, deps } = packageRequirements(parse(mix));
  expect({ name, elixir, deps: Object.fromEntries(deps) }).toEqual({
    name: 'tide',
    elixir: '~> 1.14',
    deps: { moon: '~> 2.0', plug: '~> 1.14', jason: '~> 1.0 optional' },
  });
});
