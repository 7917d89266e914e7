import { describe, expect, test } from 'vitest';
import { readMixfile } from '../../../src/elixir/mix/read.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { pristineMixfiles } from '../../support/mixfiles.ts';
import { describePristine } from '../../support/pristine.ts';

function read(text: string) {
  return readMixfile(parse(text));
}

/** A mix.exs around the body of its module. */
function mixfile(body: string): string {
  return `defmodule Atelier.MixProject do\n  use Mix.Project\n${body}\nend\n`;
}

const shownDeps = (text: string) =>
  read(text).deps.map(({ name, requirement, options, condition }) => [
    name,
    requirement,
    Object.fromEntries(options.map((option) => [option.name, option.display])),
    condition,
  ]);

const shownKeys = (keys: readonly { path: readonly string[]; display: string }[]) =>
  Object.fromEntries(keys.map(({ path, display }) => [path.join('.'), display]));

describe('keys', () => {
  const text = mixfile(`
  @version "0.3.0"
  @paper [weight: 90]

  def project do
    name = "Atelier"

    [
      app: :atelier,
      version: @version,
      name: name,
      docs: docs(),
      test_coverage: [summary: [threshold: 80]],
      elixirc_paths: elixirc_paths(Mix.env()),
      paper: @paper,
      source_ref: "v#{@version}",
      deps: []
    ]
  end

  def application, do: [mod: {Atelier.Application, []}, extra_applications: [:logger]]

  def cli do
    [preferred_envs: ["press.test": :test, precommit: :test]]
  end

  defp docs, do: [main: "readme", extras: ["README.md"]]
  defp elixirc_paths(:test), do: ["lib", "test/support"]
  defp elixirc_paths(_env), do: ["lib"]
  defp unused(:x), do: nil`);

  test('of project/0 with attributes, variables and functions followed, nested keywords by their path', () => {
    expect(shownKeys(read(text).project)).toEqual({
      app: ':atelier',
      version: '"0.3.0"',
      name: '"Atelier"',
      'docs.main': '"readme"',
      'docs.extras': '["README.md"]',
      'test_coverage.summary.threshold': '80',
      elixirc_paths: 'elixirc_paths(Mix.env())',
      'paper.weight': '90',
      source_ref: '"v#{"0.3.0"}"',
      deps: '[]',
    });
  });

  test('of application/0 and cli/0', () => {
    expect(shownKeys(read(text).application)).toEqual({
      mod: '{Atelier.Application, []}',
      extra_applications: '[:logger]',
    });
    expect(shownKeys(read(text).cli)).toEqual({
      'preferred_envs.press.test': ':test',
      'preferred_envs.precommit': ':test',
    });
  });

  test('have their range and line', () => {
    const key = read(text).project.find(({ path }) => path[0] === 'version');
    expect(text.slice(key!.range.start, key!.range.end)).toBe('version: @version');
    expect(text.split('\n')[key!.line - 1]).toContain('version: @version');
  });

  test('call private functions with an argument, whose clauses are read', () => {
    expect(read(text).clauses.map(({ head, display }) => [head, display])).toEqual([
      ['elixirc_paths(:test)', '["lib", "test/support"]'],
      ['elixirc_paths(_env)', '["lib"]'],
    ]);
  });

  test('of an umbrella and of releases', () => {
    const umbrella = read(
      mixfile(`def project, do: [apps_path: "apps", releases: releases()]
      defp releases, do: [atelier: [applications: [shop: :permanent], steps: [:assemble, :tar]]]`),
    );
    expect(umbrella.appsPath).toBe('apps');
    expect(shownKeys(umbrella.releases)).toEqual({
      'atelier.applications.shop': ':permanent',
      'atelier.steps': '[:assemble, :tar]',
    });
  });

  test('that a function or a condition chooses, one by one', () => {
    const text = mixfile(`def project, do: [deps: deps()]
      defp deps do
        [
          ink_dep(),
          if(wax?(), do: {:wax, "~> 3.0"}, else: {:wax, "~> 2.0"})
        ]
      end
      defp ink_dep do
        if path = System.get_env("INK"), do: {:ink, path: path}, else: {:ink, "~> 1.0"}
      end`);
    expect(shownDeps(text)).toEqual([
      ['ink', null, { path: 'path' }, 'path = System.get_env("INK")'],
      ['ink', '~> 1.0', {}, 'not (path = System.get_env("INK"))'],
      ['wax', '~> 3.0', {}, 'wax?()'],
      ['wax', '~> 2.0', {}, 'not wax?()'],
    ]);
  });

  test('that cannot be read are named with their line', () => {
    const { unknown, project } = read(mixfile('def project do\n  [app: :atelier] ++ Press.keys()\nend'));
    expect(shownKeys(project)).toEqual({ app: ':atelier' });
    expect(unknown).toEqual([{ part: 'project', display: 'Press.keys()', line: 4 }]);
  });

  test('are none where there is no Mix project', () => {
    expect(read('defmodule Press do\n  def project, do: [a: 1]\nend\n').module).toBeNull();
    expect(read('').deps).toEqual([]);
    expect(read(mixfile('def project do')).deps).toEqual([]);
  });
});

describe('deps', () => {
  test('in a function, with every way to write options', () => {
    const text = mixfile(`def project, do: [deps: deps()]
      defp deps do
        [
          {:ink, "~> 1.0"},
          # {:quill, "~> 9.9"},
          {:press, "~> 0.2", only: [:dev, :test], runtime: false},
          {:paper, "~> 2.0", [override: true]},
          {:fonts, github: "atelier/fonts", branch: "main", app: false},
          {:shop, in_umbrella: true},
          {:binding, path: "../binding"}
        ]
      end`);
    expect(shownDeps(text)).toEqual([
      ['ink', '~> 1.0', {}, null],
      ['press', '~> 0.2', { only: '[:dev, :test]', runtime: 'false' }, null],
      ['paper', '~> 2.0', { override: 'true' }, null],
      ['fonts', null, { github: '"atelier/fonts"', branch: '"main"', app: 'false' }, null],
      ['shop', null, { in_umbrella: 'true' }, null],
      ['binding', null, { path: '"../binding"' }, null],
    ]);
    const [ink] = read(text).deps;
    expect(text.slice(ink!.range.start, ink!.range.end)).toBe('{:ink, "~> 1.0"}');
    expect(text.slice(ink!.requirementRange!.start, ink!.requirementRange!.end)).toBe('~> 1.0');
    expect(text.split('\n')[ink!.line - 1]).toContain(':ink');
  });

  test('inline, in an attribute, as keywords, joined from several lists', () => {
    const text = mixfile(`@press_version "~> 0.2"
      @dev [{:press, @press_version, only: :dev}]
      def project do
        extra = [{:wax, "~> 3.0"}]
        [deps: [{:ink, "~> 1.0"}, paper: "~> 2.0"] ++ @dev ++ extra ++ more()]
      end
      defp more, do: [{:seal, "~> 4.0"}]`);
    expect(shownDeps(text)).toEqual([
      ['ink', '~> 1.0', {}, null],
      ['paper', '~> 2.0', {}, null],
      ['press', '~> 0.2', { only: ':dev' }, null],
      ['wax', '~> 3.0', {}, null],
      ['seal', '~> 4.0', {}, null],
    ]);
  });

  test('under conditions, which are noted', () => {
    const text = mixfile(`def project, do: [deps: deps() ++ deps(Mix.env())]
      defp deps do
        [{:ink, "~> 1.0"}] ++
          if System.get_env("CI"), do: [], else: [{:press, "~> 0.2"}]
      end
      defp deps(:dev), do: [{:paper, "~> 2.0"}]
      defp deps(_) do
        case System.get_env("WAX") do
          nil -> []
          _ -> [{:wax, "~> 3.0"}]
        end
      end`);
    expect(shownDeps(text)).toEqual([
      ['ink', '~> 1.0', {}, null],
      ['press', '~> 0.2', {}, 'not System.get_env("CI")'],
      ['paper', '~> 2.0', {}, 'Mix.env() == :dev'],
      ['wax', '~> 3.0', {}, 'Mix.env() == _ and System.get_env("WAX") == _'],
    ]);
  });

  test('that cannot be read are named with their line', () => {
    const text = mixfile(`def project, do: [deps: deps()]
      defp deps do
        [
          {:ink, ink_version()},
          private_dep(:wax)
        ] ++ Press.deps()
      end`);
    expect(shownDeps(text)).toEqual([['ink', null, {}, null]]);
    expect(read(text).unknown).toEqual([
      { part: 'deps', display: '{:ink, ink_version()}', line: 6 },
      { part: 'deps', display: 'private_dep(:wax)', line: 7 },
      { part: 'deps', display: 'Press.deps()', line: 8 },
    ]);
  });
});

test('aliases are lists, as Mix reads them', () => {
  const text = mixfile(`def project, do: [aliases: aliases()]
    defp aliases do
      [
        setup: ["deps.get", &seed/1],
        "press.run": "run --no-halt",
        wipe: &wipe/1,
        test: ~w(press.migrate test)
      ]
    end`);
  expect(read(text).aliases.map(({ name, display, tasks }) => [name, display, tasks])).toEqual([
    ['setup', '["deps.get", &seed / 1]', ['"deps.get"', '&seed / 1']],
    ['press.run', '["run --no-halt"]', ['"run --no-halt"']],
    ['wipe', '[&wipe / 1]', ['&wipe / 1']],
    ['test', '~w(press.migrate test)', ['"press.migrate"', '"test"']],
  ]);
});

describePristine('every generated mix.exs', () => {
  test('is read whole: each line that looks like a dep is one', () => {
    let files = 0;
    for (const [path, text] of pristineMixfiles()) {
      const { deps, unknown, module } = read(text);
      const lines = text.split('\n').flatMap((line, at) => (/^\s*(\[)?\{:\w+,/.test(line) ? [at + 1] : []));
      expect([path, deps.map(({ line }) => line)]).toEqual([path, lines]);
      expect([path, unknown]).toEqual([path, []]);
      expect(module).not.toBeNull();
      files += 1;
    }
    expect(files).toBeGreaterThan(1000);
  });
});

describe('deps that functions and branches put together', () => {
  test('by clauses that literals choose: each dep once, in the clause that its call takes', () => {
    const body = `
  def project, do: [app: :atelier, deps: deps(:base) ++ deps(:own)]
  defp deps(:own), do: [{:kiln, "~> 1.0"}]
  defp deps(:base), do: [{:phoenix, "~> 1.7.10"}, {:floki, ">= 0.30.0", only: :test}]
  defp deps(_), do: []`;
    expect(shownDeps(mixfile(body)).map(([name, , , condition]) => [name, condition])).toEqual([
      ['phoenix', null],
      ['floki', null],
      ['kiln', null],
    ]);
  });

  const body = (deps: string) =>
    mixfile(`  def project, do: [app: :atelier, deps: deps()]\n\n  defp deps do\n    ${deps}\n  end`);

  test.each([
    'List.flatten([{:ink, "~> 1.0"}, [{:paper, "~> 2.0"}], if(x(), do: [{:glue, "~> 3.0"}], else: [])])',
    '[{:ink, "~> 1.0"}, [{:paper, "~> 2.0"}], if(x(), do: [{:glue, "~> 3.0"}])] |> List.flatten()',
    'Enum.concat([[{:ink, "~> 1.0"}, {:paper, "~> 2.0"}], if(x(), do: [{:glue, "~> 3.0"}], else: [])])',
    'base = [{:ink, "~> 1.0"}, {:paper, "~> 2.0"}]\n    if x(), do: base ++ [{:glue, "~> 3.0"}], else: base',
  ])('%s', (deps) => {
    const read = shownDeps(body(deps));
    expect(read).toEqual([
      ['ink', '~> 1.0', {}, null],
      ['paper', '~> 2.0', {}, null],
      ['glue', '~> 3.0', {}, 'x()'],
    ]);
  });

  test.each([
    'pinned(base())',
    'Enum.map(base(), &pinned/1)',
    'for_target(:card, base() ++ more())',
    'base() -- [{:wax, "~> 4.0"}]',
    'deps_of(Mix.target(), base())',
  ])('what a function makes of them is not known, what it is given is: %s', (deps) => {
    const own =
      '  defp base, do: [{:ink, "~> 1.0"}, {:paper, "~> 2.0"}]\n  defp more, do: []\n  defp deps_of(_, deps), do: for(dep <- deps, do: pinned(dep))';
    const { deps: found, unknown } = read(mixfile(`  def project, do: [app: :atelier, deps: ${deps}]\n\n${own}`));
    expect(found.map(({ name, requirement }) => [name, requirement])).toEqual([
      ['ink', '~> 1.0'],
      ['paper', '~> 2.0'],
    ]);
    expect(unknown).toHaveLength(1);
  });

  test('lists that double at each line are left as they are', () => {
    const doubling = Array.from({ length: 40 }, (_, index) => `a${index + 1} = a${index} ++ a${index}`);
    const { deps, unknown } = read(body(['a0 = [{:ink, "~> 1.0"}]', ...doubling, 'a40'].join('\n    ')));
    expect(deps.length + unknown.length).toBeGreaterThan(0);
    expect(deps.length).toBeLessThan(20_000);
  });
});
