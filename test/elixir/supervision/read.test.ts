import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/elixir/parse.ts';
import { applicationModule, readSupervision } from '../../../src/elixir/supervision/read.ts';

function application(start: string, rest = ''): string {
  return `defmodule Atelier.Application do
  use Application
${rest}
  def start(_type, _args) do
${start}
  end
end
`;
}

function read(start: string, rest = '') {
  const found = readSupervision(parse(application(start, rest)));
  if (!found) throw new Error('no application read');
  return found;
}

const names = (start: string, rest = '') => read(start, rest).children.map((child) => child.name);

describe('which file is the Application module', () => {
  it('goes by `use Application`, not by the name', () => {
    expect(applicationModule(parse('defmodule Kiln do\n  use Application\nend'))).toBe('Kiln');
    expect(applicationModule(parse('defmodule Kiln.Application do\n  use GenServer\nend'))).toBeNull();
    expect(readSupervision(parse('defmodule Kiln do\nend'))).toBeNull();
  });

  it('finds a nested module under its full name', () => {
    const text = 'defmodule Kiln do\n  defmodule Boot do\n    use Application\n  end\nend';
    expect(applicationModule(parse(text))).toBe('Kiln.Boot');
  });

  it('reads what is left of a file with a syntax error', () => {
    expect(() => readSupervision(parse('defmodule K do\n use Application\n def start(_, _) do\n [\n'))).not.toThrow();
  });
});

describe('how a child is spelled', () => {
  it('names the module of every form', () => {
    const { children } = read(`
    import Supervisor.Spec
    children = [
      Atelier.Repo,
      {Atelier.Clock, every: 5},
      Supervisor.child_spec({Task, &Atelier.warm/0}, id: :warm),
      %{id: :bell, start: {Atelier.Bell, :start_link, []}},
      supervisor(Atelier.Endpoint, []),
      worker(Atelier.Oven, [1], id: :oven),
      Plug.Cowboy.child_spec(scheme: :http),
      __MODULE__.Shelf,
      {__MODULE__, []}
    ]
    Supervisor.start_link(children, strategy: :one_for_one)`);
    expect(children.map(({ module, form }) => [module, form])).toEqual([
      ['Atelier.Repo', 'module'],
      ['Atelier.Clock', 'tuple'],
      ['Task', 'child_spec'],
      ['Atelier.Bell', 'map'],
      ['Atelier.Endpoint', 'supervisor'],
      ['Atelier.Oven', 'worker'],
      ['Plug.Cowboy', 'child_spec'],
      ['Atelier.Application.Shelf', 'module'],
      ['Atelier.Application', 'tuple'],
    ]);
  });

  it('follows aliases', () => {
    const start = '    Supervisor.start_link([Repo, Web, {Bell, []}], strategy: :one_for_one)';
    const aliases = '  alias Atelier.{Repo, Bell}\n  alias AtelierWeb.Endpoint, as: Web\n';
    expect(names(start, aliases)).toEqual(['Atelier.Repo', 'AtelierWeb.Endpoint', 'Atelier.Bell']);
  });

  it('counts children of one module', () => {
    expect(names('    Supervisor.start_link([{Finch, name: A}, {Finch, name: B}], [])')).toEqual(['Finch', 'Finch#2']);
  });

  it('shows a spec with the names bound before it', () => {
    const { children } = read(`
    topologies = [shop: [strategy: Gossip]]
    children = [{Cluster.Supervisor, [topologies, [name: Atelier.Cluster]]}]
    Supervisor.start_link(children, strategy: :one_for_one)`);
    expect(children[0]?.display).toBe('{Cluster.Supervisor, [[shop: [strategy: Gossip]], [name: Atelier.Cluster]]}');
  });

  it('tells the place of each child', () => {
    const start = '    children = [\n      A,\n      # second\n      B\n    ]\n    Supervisor.start_link(children, [])';
    const text = application(start);
    const children = readSupervision(parse(text))?.children ?? [];
    expect(children.map(({ line, range }) => [line, text.slice(range.start, range.end)])).toEqual([
      [6, 'A'],
      [8, 'B'],
    ]);
  });
});

describe('where the list of children is', () => {
  it.each([
    ['inline', '    Supervisor.start_link([A, B], strategy: :one_for_one)'],
    ['bound', '    children = [A, B]\n    Supervisor.start_link(children, strategy: :one_for_one)'],
    ['under another name', '    specs = [A, B]\n    opts = []\n    Supervisor.start_link(specs, opts)'],
    ['in steps', '    children = [A]\n    children = children ++ [B]\n    Supervisor.start_link(children, [])'],
    ['prepended', '    rest = [B]\n    children = [A | rest]\n    Supervisor.start_link(children, [])'],
    ['concatenated', '    children = Enum.concat([A], [B])\n    Supervisor.start_link(children, [])'],
    ['concatenated from a list', '    children = Enum.concat([[A], [B]])\n    Supervisor.start_link(children, [])'],
    ['flattened', '    children = List.flatten([A, [B]])\n    Supervisor.start_link(children, [])'],
    ['piped', '    [A, B] |> Supervisor.start_link(strategy: :one_for_one)'],
    ['filtered', '    children = [A, B] |> Enum.reject(&is_nil/1)\n    Supervisor.start_link(children, [])'],
    ['in a match', '    children = [A, B]\n    {:ok, pid} = Supervisor.start_link(children, [])\n    {:ok, pid}'],
    ['in a with', '    with {:ok, pid} <- Supervisor.start_link([A, B], []) do\n      {:ok, pid}\n    end'],
    ['without a start_link', '    children = [A, B]\n    Atelier.Top.start_link(children)'],
  ])('%s', (_, start) => {
    expect(names(start)).toEqual(['A', 'B']);
  });

  it('in a function of its own', () => {
    const rest = '  defp children do\n    [A, B]\n  end\n';
    expect(names('    Supervisor.start_link(children(), [])', rest)).toEqual(['A', 'B']);
    expect(names('    list = children()\n    Supervisor.start_link(list, [])', rest)).toEqual(['A', 'B']);
  });

  it('keeps conditions', () => {
    const { children } = read(`
    children = [A] ++ if(dev?(), do: [B], else: [C])
    children =
      if System.get_env("D") do
        children ++ [D]
      else
        children
      end

    Supervisor.start_link(children, [])`);
    expect(children.map(({ name, condition }) => [name, condition])).toEqual([
      ['A', null],
      ['B', 'dev?()'],
      ['C', 'not (dev?())'],
      ['D', 'System.get_env("D")'],
    ]);
    expect(read('    Supervisor.start_link([A, if(dev?(), do: B)], [])').children[1]).toMatchObject({
      module: 'B',
      condition: 'dev?()',
    });
  });

  it('keeps what a case decides', () => {
    const { children } = read(`
    extra =
      case role() do
        :web -> [Web]
        _ -> []
      end

    Supervisor.start_link([A] ++ extra, [])`);
    expect(children.map(({ name, condition }) => [name, condition])).toEqual([
      ['A', null],
      ['Web', 'match?(:web, role())'],
    ]);
  });
});

describe('children that nobody can look into', () => {
  it('are entries without a module', () => {
    const { children } = read(
      '    children = [A, clock(5), spec] ++ extra() ++ @more\n    Supervisor.start_link(children, [])',
    );
    expect(children.map(({ display, module }) => [display, module])).toEqual([
      ['A', 'A'],
      ['clock(5)', null],
      ['spec', null],
      ['extra()', null],
      ['@more', null],
    ]);
  });

  it('stand beside the list that a function was given', () => {
    expect(names('    children = [A] |> add_bell()\n    Supervisor.start_link(children, [])')).toEqual([
      'A',
      'add_bell()',
    ]);
    expect(names('    children = [A]\n    Supervisor.start_link(add_bell(children), [])')).toEqual([
      'A',
      'add_bell(children)',
    ]);
  });
});

describe('what a function is given', () => {
  it('is no child when it is options', () => {
    const start = '    sizes = [pool: 5]\n    Supervisor.start_link([A] ++ ovens(sizes), [])';
    expect(names(start)).toEqual(['A', 'ovens(sizes)']);
  });
});

describe('what stands around the children', () => {
  it('reads the options, inline or bound', () => {
    const inline = read('    Supervisor.start_link([A], strategy: :one_for_all, name: Atelier.Supervisor)');
    const bound = read(
      '    opts = [strategy: :one_for_all, name: Atelier.Supervisor]\n    Supervisor.start_link([A], opts)',
    );
    for (const { options } of [inline, bound]) {
      expect(options.map(({ path, display }) => [...path, display])).toEqual([
        ['strategy', ':one_for_all'],
        ['name', 'Atelier.Supervisor'],
      ]);
    }
  });

  it('knows config_change/3 and the import of Supervisor.Spec', () => {
    const bare = read('    Supervisor.start_link([A], [])');
    expect([bare.configChange, bare.specImport]).toEqual([null, null]);
    const full = read(
      '    import Supervisor.Spec, warn: false\n    Supervisor.start_link([A], [])',
      '  def config_change(changed, _new, removed), do: Web.config_change(changed, removed)\n',
    );
    expect(full.configChange?.line).toBe(3);
    expect(full.specImport?.line).toBe(6);
  });
});
