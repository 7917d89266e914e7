import { describe, expect, test } from 'vitest';
import { PackageFacts } from '../../src/packages/facts.ts';
import { faultsOf } from './faults.ts';

/** A package whose `use` imports `Kit.Hands`, which has had `haul/1` since 1.1.0. */
const kit = new PackageFacts({
  format: 1,
  package: 'kit',
  versions: '1.0.0 1.1.0 1.2.0',
  elixir: {},
  deps: {},
  modules: {
    Kit: { functions: { '1.0.0': 'sail/0' }, brings: { '1.0.0': 'import Kit.Hands' } },
    'Kit.Hands': { functions: { '1.0.0': 'reef/1', '1.1.0': 'haul/1' } },
  },
});
const owners: Readonly<Record<string, string>> = { Kit: 'kit', 'Kit.Hands': 'kit' };
const facts = {
  package: (name: string) => (name === 'kit' ? kit : null),
  definedBy: (module: string) => [owners[module] ?? []].flat(),
};

function quay(requirement: string): Record<string, string> {
  return {
    'mix.exs': `defmodule Quay.MixProject do\n  use Mix.Project\n  def project, do: [app: :quay, deps: [{:kit, "${requirement}"}]]\nend\n`,
  };
}

const crew = (lines: string, body = 'haul(rope)') =>
  `defmodule Quay.Crew do\n  ${lines}\n\n  def work(rope), do: ${body}\n\n  defp haul(rope), do: rope\nend\n`;

const messages = (...given: Parameters<typeof faultsOf>) =>
  faultsOf(...given).map(({ path, message }) => `${path}: ${message}`);

describe('a name that a package brings too', () => {
  const packages = { facts, locked: new Map<string, string>() };
  const doubtful = 'lib/quay/crew.ex: haul/1 may be that of Quay.Crew or that of Kit.Hands';

  test('once mix.exs asks for versions that have it', () => {
    const project = { ...quay('~> 1.0.0'), 'lib/quay/crew.ex': crew('import Kit.Hands') };
    expect(messages(project, quay('~> 1.1'), packages)).toEqual([doubtful]);
    expect(messages(project, quay('~> 1.0'), packages)).toEqual([]);
  });

  test('by what a use brings', () => {
    const project = { ...quay('~> 1.1'), 'lib/quay/crew.ex': crew('') };
    expect(messages(project, { 'lib/quay/crew.ex': crew('use Kit') }, packages)).toEqual([doubtful]);
    expect(messages(project, { 'lib/quay/crew.ex': crew('import Kit.Hands') }, packages)).toEqual([doubtful]);
  });

  test('not where the import leaves it out, nobody calls it, or the locked version lacks it', () => {
    const project = { ...quay('~> 1.1'), 'lib/quay/crew.ex': crew('') };
    const changes = [
      crew('import Kit.Hands, except: [haul: 1]'),
      crew('import Kit.Hands, only: [reef: 1]'),
      crew('use Kit', 'rope'),
    ];
    for (const text of changes) expect(messages(project, { 'lib/quay/crew.ex': text }, packages)).toEqual([]);
    const locked = { facts, locked: new Map([['kit', '1.0.0']]) };
    expect(messages({ ...project, ...quay('~> 1.0') }, { 'lib/quay/crew.ex': crew('use Kit') }, locked)).toEqual([]);
  });
});

describe('what a package defines by use', () => {
  const web = (quote: string) =>
    `defmodule QuayWeb do\n  def page do\n    quote do\n      ${quote}\n    end\n  end\n\n  defmacro __using__(which), do: apply(__MODULE__, which, [])\nend\n`;
  const page = (lines: string) => `defmodule QuayWeb.Page do\n  ${lines}\nend\n`;

  test('comes twice by a module and its quote', () => {
    const project = {
      'lib/quay_web.ex': web('import Kit'),
      'lib/quay_web/page.ex': page('use QuayWeb, :page\n  use Kit'),
    };
    const twice = ['lib/quay_web/page.ex: QuayWeb.Page uses Kit twice'];
    expect(messages(project, { 'lib/quay_web.ex': web('use Kit') })).toEqual(twice);
    const once = { ...project, 'lib/quay_web/page.ex': page('use QuayWeb, :page') };
    expect(
      messages(
        { ...once, 'lib/quay_web.ex': web('use Kit') },
        { 'lib/quay_web/page.ex': page('use QuayWeb, :page\n  use Kit') },
      ),
    ).toEqual(twice);
    expect(messages(once, { 'lib/quay_web.ex': web('use Kit') })).toEqual([]);
  });
});
