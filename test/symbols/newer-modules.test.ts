import { expect, test } from 'vitest';
import { PackageFacts } from '../../src/packages/facts.ts';
import { shippedPackages } from '../../src/packages/store.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';
import { newerModules } from '../../src/symbols/newer-modules.ts';
import { treeOf } from '../support/projects.ts';

/** A package that has had `Kit.Tide` since 1.2.0, and its `rise/1` since 1.3.0. */
const kit = new PackageFacts({
  format: 1,
  package: 'kit',
  versions: '1.0.0 1.2.0 1.3.0 2.0.0',
  elixir: {},
  deps: {},
  modules: {
    Kit: { functions: { '1.0.0': 'sail/0' } },
    'Kit.Tide': { functions: { '1.2.0': 'fall/1', '1.3.0': 'rise/1' } },
  },
});
const facts = {
  package: (name: string) => (name === 'kit' ? kit : null),
  definedBy: (module: string) => (module === 'Kit' || module === 'Kit.Tide' ? ['kit'] : []),
};

/** The forms in a file that the versions of a dep in `mix.exs` do not read, by the facts that ship. */
function formsMissing(text: string, dep: string, requirement: string): string[] {
  const mixfile = `defmodule Dock.MixProject do\n  use Mix.Project\n  def project, do: [app: :dock, deps: [{:${dep}, "${requirement}"}]]\nend\n`;
  const index = (dock: string) => ProjectIndex.of(treeOf({ 'mix.exs': mixfile, 'lib/dock.ex': dock }));
  const packages = { facts: shippedPackages, locked: new Map<string, string>() };
  const [before, after] = [index('defmodule Dock do\nend\n'), index(text)];
  const found = newerModules({ before, after, changed: ['lib/dock.ex'], own: ['Dock'], packages });
  return found.map(({ message }) => message);
}

/** What a file lacks that came to be `text`, beside a requirement and a lock of the package. */
function missing(text: string, requirement: string | null, locked = '1.0.0', before = 'defmodule Dock do\nend\n') {
  const deps = requirement === null ? '' : `{:kit, "${requirement}"}`;
  const mixfile = `defmodule Dock.MixProject do\n  use Mix.Project\n  def project, do: [app: :dock, deps: deps()]\n  defp deps do\n    [${deps}]\n  end\nend\n`;
  const index = (dock: string) =>
    ProjectIndex.of(
      memoryTree(
        new Map(
          Object.entries({ 'mix.exs': mixfile, 'lib/dock.ex': dock }).map(([path, own]) => [
            path,
            { bytes: Buffer.from(own) },
          ]),
        ),
      ),
    );
  const packages = { facts, locked: new Map([['kit', locked]]) };
  const found = newerModules({
    before: index(before),
    after: index(text),
    changed: ['lib/dock.ex'],
    own: ['Dock'],
    packages,
  });
  return found.map(({ line, message, isAllowed }) => ({ line, message, isAllowed }));
}

const tide = 'defmodule Dock do\n  def now(at), do: Kit.Tide.fall(at)\nend\n';

test('a module that no version of the requirement has', () => {
  expect(missing(tide, '~> 1.0.0')).toEqual([
    { line: 2, message: 'Kit.Tide.fall/1 is not there with kit ~> 1.0.0', isAllowed: false },
  ]);
});

test('a function that came after the module', () => {
  const rising = tide.replace('fall', 'rise');
  expect(missing(rising, '~> 1.2.0', '1.2.0')).toHaveLength(1);
  expect(missing(rising, '~> 1.3', '1.3.0')).toEqual([]);
});

test('what the requirement allows and the lock does not have yet is there after an update', () => {
  expect(missing(tide, '~> 1.0')).toEqual([
    { line: 2, message: 'Kit.Tide.fall/1 is not there with kit 1.0.0', isAllowed: true },
  ]);
});

test('a raised requirement that the lock does not meet counts, not the lock', () => {
  expect(missing(tide, '~> 2.0')).toEqual([]);
});

test('nothing is said of what was there before, of what is not listed, and of unknown modules', () => {
  expect(missing(`${tide}# more\n`, '~> 1.0.0', '1.0.0', tide)).toEqual([]);
  expect(missing(tide, null)).toEqual([]);
  expect(missing(tide.replace('Kit.Tide', 'Kat.Tide'), '~> 1.0.0')).toEqual([]);
});

test('a form that no version of the requirement reads', () => {
  const view = (options: string) => `defmodule Dock do\n  use Phoenix.LiveView${options}\nend\n`;
  const named = view(', layout: {Dock.Layouts, :live}');
  expect(formsMissing(named, 'phoenix_live_view', '~> 0.17.5')).toEqual([
    'layout: {…, :name} of Phoenix.LiveView is not read by phoenix_live_view ~> 0.17.5',
  ]);
  expect(formsMissing(named, 'phoenix_live_view', '~> 0.18.0')).toEqual([]);
  expect(formsMissing(view(', layout: {Dock.Layouts, "live.html"}'), 'phoenix_live_view', '~> 0.17.5')).toEqual([]);
  const template = 'defmodule Dock do\n  def tide(assigns), do: ~H"<p :if={@high}>High</p>"\nend\n';
  expect(formsMissing(template, 'phoenix_live_view', '~> 0.17.5')).toHaveLength(1);
  expect(
    formsMissing('defmodule Dock do\n  use Gettext, backend: Dock.Words\nend\n', 'gettext', '~> 0.20.0'),
  ).toHaveLength(1);
  const root = 'defmodule Dock do\n  plug :put_root_layout, html: {Dock.Layouts, :root}\nend\n';
  expect(formsMissing(root, 'phoenix', '~> 1.6.0')).toHaveLength(1);
  expect(formsMissing(root, 'phoenix', '~> 1.7.0')).toEqual([]);
});

test('a package that nothing lists, locks or brings has no module', () => {
  const uses = 'defmodule Dock do\n  def sail, do: Kit.Tide.fall(1)\nend\n';
  const packages = (name: string) => (name === 'kit' ? kit : name === 'rig' ? rig : null);
  const rig = new PackageFacts({
    format: 1,
    package: 'rig',
    versions: '1.0.0',
    elixir: {},
    deps: { kit: { '1.0.0': '~> 1.0' } },
    modules: {},
  });
  const said = (deps: string, locked: [string, string][]) => {
    const mixfile = `defmodule Dock.MixProject do\n  use Mix.Project\n  def project, do: [app: :dock, deps: [${deps}]]\nend\n`;
    const index = (dock: string) => ProjectIndex.of(treeOf({ 'mix.exs': mixfile, 'lib/dock.ex': dock }));
    const known = { facts: { ...facts, package: packages }, locked: new Map(locked) };
    const [before, after] = [index('defmodule Dock do\nend\n'), index(uses)];
    const found = newerModules({ before, after, changed: ['lib/dock.ex'], own: ['Dock'], packages: known });
    return found.map(({ message, isAllowed }) => [message, isAllowed]);
  };
  expect(said('{:plug, "~> 1.14"}', [['plug', '1.15.0']])).toEqual([
    ['Kit.Tide.fall/1 is not there without kit', false],
  ]);
  expect(said('{:plug, "~> 1.14"}', [['kit', '1.2.0']])).toEqual([]);
  expect(said('{:rig, "~> 1.0"}', [['plug', '1.15.0']])).toEqual([]);
  expect(said('{:plug, "~> 1.14"}', [])).toEqual([]);
});

test('pages with no layouts: are for Phoenix 1.8: those before it look for a LayoutView', () => {
  const controller = (options: string) =>
    `defmodule Dock do\n  def controller do\n    quote do\n      use Phoenix.Controller, ${options}\n    end\n  end\nend\n`;
  const bare = controller('formats: [:html, :json]');
  expect(formsMissing(bare, 'phoenix', '~> 1.7.0')).toEqual([expect.stringContaining('without layouts:')]);
  expect(formsMissing(bare, 'phoenix', '~> 1.8.0')).toEqual([]);
  expect(formsMissing(controller('formats: [:html], layouts: [html: Dock.Layouts]'), 'phoenix', '~> 1.7.0')).toEqual(
    [],
  );
  expect(formsMissing(controller('formats: [:json]'), 'phoenix', '~> 1.7.0')).toEqual([]);
});
