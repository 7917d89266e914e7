import { expect, test } from 'vitest';
import { PackageFacts } from '../../src/packages/facts.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';
import { newerModules } from '../../src/symbols/newer-modules.ts';

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
