import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/elixir/parse.ts';
import { readWeb, webModule } from '../../../src/elixir/web/read.ts';

const dispatch = '  defmacro __using__(which) when is_atom(which) do\n    apply(__MODULE__, which, [])\n  end\n';

function read(body: string) {
  const found = readWeb(parse(`defmodule AtelierWeb do\n${body}\n${dispatch}end\n`));
  if (!found) throw new Error('no web module read');
  return found;
}

describe('the dispatch module', () => {
  it('is the one whose __using__ applies a function of its own', () => {
    expect(webModule(parse(`defmodule AtelierWeb do\n${dispatch}end`))).toBe('AtelierWeb');
    const other = 'defmodule Case do\n  defmacro __using__(_) do\n    quote do\n      import Case\n    end\n  end\nend';
    expect(webModule(parse(other))).toBeNull();
  });

  it('has sections with their lines in order', () => {
    const { sections } = read(`
  def controller do
    quote do
      use Phoenix.Controller, formats: [:html]
      # own
      import Atelier.Guards
      alias Atelier.Shelf, as: S
      unquote(routes())
      @layout :app
    end
  end

  defp routes do
    imports = 1

    quote location: :keep do
      require Logger
    end
  end`);
    expect(sections.map(({ name, private: hidden }) => [name, hidden])).toEqual([
      ['controller', false],
      ['routes', true],
    ]);
    expect(sections[0]?.lines.map(({ kind, name, display }) => [kind, name, display])).toEqual([
      ['use', 'use Phoenix.Controller', 'use(Phoenix.Controller, formats: [:html])'],
      ['import', 'import Atelier.Guards', 'import(Atelier.Guards)'],
      ['alias', 'alias Atelier.Shelf', 'alias(Atelier.Shelf, as: S)'],
      ['unquote', 'unquote routes()', 'unquote(routes())'],
      [null, '@layout(:app)', '@layout(:app)'],
    ]);
  });

  it('has functions with their values', () => {
    const { functions } = read('  def static_paths, do: ~w(css js)\n\n  def title(page) do\n    page.title\n  end');
    expect(functions.map(({ name, arity, display }) => [name, arity, display])).toEqual([
      ['static_paths', 0, '~w(css js)'],
      ['title', 1, 'page.title'],
    ]);
  });
});
