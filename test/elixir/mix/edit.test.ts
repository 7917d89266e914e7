import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { performer } from '../../../src/elixir/edited.ts';
import { mixEditors } from '../../../src/elixir/mix/edit.ts';
import type { MixOperation } from '../../../src/elixir/mix/operation.ts';
import { readMixfile } from '../../../src/elixir/mix/read.ts';
import { parse } from '../../../src/elixir/parse.ts';

const performMix = performer(mixEditors);

type Body<T> = T extends { path: string } ? Omit<T, 'path'> : never;

/** Carries an operation out, twice: the second time must change nothing. */
function perform(text: string, operation: Body<MixOperation>): string {
  const whole = { ...operation, path: 'mix.exs' } as MixOperation;
  const once = performMix(text, whole);
  if (!once.ok) return `refused: ${once.reason}`;
  expect(parse(once.text).problems).toEqual([]);
  expect(performMix(once.text, whole)).toEqual(once);
  return once.text;
}

const order = ['ink', 'paper', 'press', 'wax', 'seal'];

const file = `defmodule Atelier.MixProject do
  use Mix.Project

  def project do
    [
      app: :atelier,
      version: "0.3.0",
      elixir: "~> 1.12",
      deps: deps()
    ]
  end

  def application do
    [
      mod: {Atelier.Application, []},
      extra_applications: [:logger]
    ]
  end

  defp deps do
    [
      # what we print with
      {:ink, "~> 1.0"},
      {:press, "~> 0.2", only: [:dev, :test]}, # rented
      {:fonts,
       github: "atelier/fonts",
       branch: "main"},
      # {:quill, "~> 9.9"},
      {:seal, "~> 4.0"}
    ]
  end
end
`;

const edit = (old: string, now: string) => {
  expect(file).toContain(old);
  return file.replace(old, () => now);
};

describe('a requirement', () => {
  test('is set by its characters alone', () => {
    expect(perform(file, { kind: 'set-requirement', dep: 'press', requirement: '~> 1.0.2' })).toBe(
      edit('{:press, "~> 0.2",', '{:press, "~> 1.0.2",'),
    );
  });

  test('that stands in an attribute is set there, unless others share it', () => {
    const text = edit('{:ink, "~> 1.0"}', '{:ink, @ink}').replace('use Mix.Project', '$&\n  @ink "~> 1.0"');
    const shared = text.replace('{:seal, "~> 4.0"}', '{:seal, @ink}');
    expect(perform(text, { kind: 'set-requirement', dep: 'ink', requirement: '~> 2.0' })).toBe(
      text.replace('@ink "~> 1.0"', '@ink "~> 2.0"'),
    );
    expect(perform(shared, { kind: 'set-requirement', dep: 'ink', requirement: '~> 2.0' })).toBe(
      'refused: ink, seal share one requirement',
    );
  });

  test('is refused for a dep without one, an absent dep and one that stands twice', () => {
    const set = (text: string, dep: string) => perform(text, { kind: 'set-requirement', dep, requirement: '~> 9.0' });
    expect(set(file, 'fonts')).toBe('refused: fonts has no requirement');
    expect(set(file, 'quill')).toBe('refused: quill is no dep here');
    expect(set(edit('{:seal,', '{:ink, "~> 1.1"},\n      {:seal,'), 'ink')).toBe('refused: ink stands in lines 23, 29');
    expect(set('defmodule Atelier do\nend\n', 'ink')).toContain('refused: no module');
  });

  test('changes nothing else in a file that is laid out by hand, in columns, with CRLF and no last newline', () => {
    const text = [
      'defmodule Atelier.MixProject do',
      '  use Mix.Project',
      '  def project, do: [ app: :atelier, deps: deps() ]',
      '  defp deps, do: [',
      '    # press room',
      '    { :ink,    "~> 1.0"  },',
      '    { :press,  "~> 0.2",',
      '        only:  [ :dev ] } ]',
      'end',
    ].join('\r\n');
    expect(perform(text, { kind: 'set-requirement', dep: 'press', requirement: '~> 1.0' })).toBe(
      text.replace('"~> 0.2"', '"~> 1.0"'),
    );
  });
});

describe('an option of a dep', () => {
  test('is set, added and removed', () => {
    expect(perform(file, { kind: 'set-dep-option', dep: 'fonts', option: 'branch', value: '"next"' })).toBe(
      edit('branch: "main"', 'branch: "next"'),
    );
    expect(perform(file, { kind: 'set-dep-option', dep: 'fonts', option: 'app', value: 'false' })).toBe(
      edit('branch: "main"', 'branch: "main",\n       app: false'),
    );
    expect(perform(file, { kind: 'set-dep-option', dep: 'ink', option: 'runtime', value: 'Mix.env() == :dev' })).toBe(
      edit('{:ink, "~> 1.0"}', '{:ink, "~> 1.0", runtime: Mix.env() == :dev}'),
    );
    expect(perform(file, { kind: 'remove-dep-option', dep: 'press', option: 'only' })).toBe(
      edit(', only: [:dev, :test]', ''),
    );
    expect(perform(file, { kind: 'remove-dep-option', dep: 'ink', option: 'only' })).toBe(file);
  });

  test('stands in a list of its own, which goes with the last one', () => {
    const text = edit('{:ink, "~> 1.0"}', '{:ink, "~> 1.0", [only: :dev]}');
    expect(perform(text, { kind: 'set-dep-option', dep: 'ink', option: 'app', value: 'false' })).toBe(
      text.replace('[only: :dev]', '[only: :dev, app: false]'),
    );
    expect(perform(text, { kind: 'remove-dep-option', dep: 'ink', option: 'only' })).toBe(file);
  });

  test('that is shared or says where a dep comes from is not touched', () => {
    const shared = edit('{:ink, "~> 1.0"}', '{:ink, "~> 1.0", @dev}').replace(
      'use Mix.Project',
      '$&\n  @dev [only: :dev]',
    );
    expect(perform(shared, { kind: 'remove-dep-option', dep: 'ink', option: 'only' })).toBe(
      'refused: the options of ink are shared',
    );
    expect(perform(shared, { kind: 'set-dep-option', dep: 'ink', option: 'only', value: ':test' })).toBe(
      'refused: the options of ink are shared',
    );
    const only = edit('{:ink, "~> 1.0"}', '{:ink, path: "../ink"}');
    expect(perform(only, { kind: 'remove-dep-option', dep: 'ink', option: 'path' })).toContain('refused');
  });

  test('that makes the line too long breaks the dep', () => {
    const value = '"https://paper.example.org/letterpress.git"';
    const text = edit('{:ink, "~> 1.0"}', '{:ink, "~> 1.0", only: [:dev, :test], runtime: false}');
    expect(perform(text, { kind: 'set-dep-option', dep: 'ink', option: 'git', value })).toBe(
      edit('{:ink, "~> 1.0"}', `{:ink, "~> 1.0",\n       only: [:dev, :test], runtime: false, git: ${value}}`),
    );
  });
});

describe('a dep is added', () => {
  test('behind the nearest before it, else before the nearest behind it, else at the end', () => {
    expect(perform(file, { kind: 'add-dep', text: '{:paper, "~> 2.0"}', order })).toBe(
      edit('{:ink, "~> 1.0"},', '{:ink, "~> 1.0"},\n      {:paper, "~> 2.0"},'),
    );
    expect(perform(file, { kind: 'add-dep', text: '{:quill, "~> 9.0"}', order: ['quill', 'ink'] })).toBe(
      edit('      # what we', '      {:quill, "~> 9.0"},\n      # what we'),
    );
    expect(perform(file, { kind: 'add-dep', text: '{:glue, "~> 1.1"}', order })).toBe(
      edit('{:seal, "~> 4.0"}', '{:seal, "~> 4.0"},\n      {:glue, "~> 1.1"}'),
    );
  });

  test('unless it is there, whatever its options', () => {
    expect(perform(file, { kind: 'add-dep', text: '{:fonts, "~> 2.0"}', order })).toBe(file);
  });

  test('with its options laid out for the place', () => {
    const options = 'github: "atelier/letterpress_and_more", tag: "v2.2.0", sparse: "presses", app: false, depth: 1';
    expect(perform(file, { kind: 'add-dep', text: `{:wax, ${options}}`, order })).toBe(
      edit('# rented', `# rented\n      {:wax,\n       ${options.replaceAll(', ', ',\n       ')}},`),
    );
  });

  test('in the column that the list keeps', () => {
    const text = edit('{:ink, "~> 1.0"}', '{:ink,   "~> 1.0"}').replace('{:seal, "~', '{:seal,  "~');
    expect(perform(text, { kind: 'add-dep', text: '{:wax, "~> 2.0"}', order })).toBe(
      text.replace('# rented', '# rented\n      {:wax,   "~> 2.0"},'),
    );
    expect(perform(text, { kind: 'add-dep', text: '{:parchment, "~> 2.0"}', order: ['parchment', 'seal'] })).toContain(
      '{:parchment, "~> 2.0"},\n',
    );
  });

  test('to the list that its neighbour stands in, never to one that counts only sometimes', () => {
    const text = `defmodule Atelier.MixProject do
  use Mix.Project
  @more [{:seal, "~> 4.0"}]
  def project do
    [deps: deps() ++ @more]
  end
  defp deps do
    if System.get_env("CI"), do: [{:ink, "~> 1.0"}], else: []
  end
end
`;
    expect(perform(text, { kind: 'add-dep', text: '{:paper, "~> 2.0"}', order })).toBe(
      text.replace('@more [', '@more [{:paper, "~> 2.0"}, '),
    );
    expect(perform(text.replace(' ++ @more', ''), { kind: 'add-dep', text: '{:paper, "~> 2.0"}', order })).toBe(
      'refused: the deps are not written as a list',
    );
  });

  test('to an empty list', () => {
    const text = file.replace(/\[\s*# what we[\s\S]*?\n {4}\]/, '[]');
    expect(perform(text, { kind: 'add-dep', text: '{:ink, "~> 1.0"}', order })).toBe(
      text.replace('[]\n  end\nend', '[{:ink, "~> 1.0"}]\n  end\nend'),
    );
  });
});

test('a dep that comes from elsewhere now is replaced in its place', () => {
  expect(
    perform(file, { kind: 'replace-dep', text: '{:press,\n         github: "atelier/press",\n   tag: "v2"}' }),
  ).toBe(edit('{:press, "~> 0.2", only: [:dev, :test]}', '{:press, github: "atelier/press", tag: "v2"}'));
  expect(perform(file, { kind: 'replace-dep', text: '{:quill, "~> 1.0"}' })).toBe('refused: quill is no dep here');
});

describe('a dep is removed', () => {
  test('with its own comments', () => {
    expect(perform(file, { kind: 'remove-dep', dep: 'press' })).toBe(
      edit('      {:press, "~> 0.2", only: [:dev, :test]}, # rented\n', ''),
    );
    expect(perform(file, { kind: 'remove-dep', dep: 'fonts' })).toBe(
      edit('      {:fonts,\n       github: "atelier/fonts",\n       branch: "main"},\n', ''),
    );
    expect(perform(file, { kind: 'remove-dep', dep: 'absent' })).toBe(file);
  });
});

describe('a key', () => {
  const set = (text: string, section: 'project' | 'application' | 'cli', keys: string[], value: string, names = ['']) =>
    perform(text, { kind: 'set-mix-key', section, keys, value, order: names });

  test('is set, where it is written', () => {
    expect(set(file, 'project', ['elixir'], '"~> 1.15"')).toBe(edit('"~> 1.12"', '"~> 1.15"'));
    const attribute = edit('"~> 1.12"', '@elixir').replace('use Mix.Project', '$&\n  @elixir "~> 1.12"');
    expect(set(attribute, 'project', ['elixir'], '"~> 1.15"')).toBe(attribute.replace('~> 1.12', '~> 1.15'));
    const twice = attribute.replace('version: "0.3.0"', 'version: @elixir');
    expect(set(twice, 'project', ['elixir'], '"~> 1.15"')).toBe('refused: elixir is written elsewhere too');
  });

  test('that is a list is changed element by element', () => {
    const text = edit('[:logger]', '[\n        :logger, # always\n        :crypto\n      ]');
    expect(set(text, 'application', ['extra_applications'], '[:logger, :runtime_tools, :crypto]')).toBe(
      text.replace('# always', '# always\n        :runtime_tools,'),
    );
  });

  test('is added in order, nested ones with the keys above them', () => {
    expect(set(file, 'project', ['listeners'], '[Phoenix.CodeReloader]', ['deps', 'listeners'])).toBe(
      edit('deps: deps()', 'deps: deps(),\n      listeners: [Phoenix.CodeReloader]'),
    );
    const nested = set(file, 'project', ['docs', 'main'], '"readme"', ['elixir', 'docs', 'deps']);
    expect(nested).toBe(edit('"~> 1.12",', '"~> 1.12",\n      docs: [main: "readme"],'));
    expect(set(nested, 'project', ['docs', 'logo'], '"seal.png"')).toBe(
      nested.replace('[main: "readme"]', '[main: "readme", logo: "seal.png"]'),
    );
  });

  test('makes cli/0 where there is none', () => {
    expect(set(file, 'cli', ['preferred_envs', 'precommit'], ':test')).toBe(
      edit(
        '  defp deps do',
        '  def cli do\n    [\n      preferred_envs: [precommit: :test]\n    ]\n  end\n\n  defp deps do',
      ),
    );
  });

  test('takes along to cli/0 what project/0 says of tasks: Mix would not read it there any more', () => {
    const text = edit(
      'elixir: "~> 1.12",',
      'elixir: "~> 1.12",\n      default_task: "phx.server",\n      preferred_cli_env: [\n        "test.watch": :test, # all day\n        credo: :test\n      ],',
    );
    expect(set(text, 'cli', ['preferred_envs', 'precommit'], ':test')).toBe(
      edit(
        '  defp deps do',
        `  def cli do
    [
      default_task: "phx.server",
      preferred_envs: [
        "test.watch": :test, # all day
        credo: :test,
        precommit: :test
      ]
    ]
  end

  defp deps do`,
      ),
    );
    const named = edit('"~> 1.12",', '"~> 1.12",\n      preferred_cli_env: cli_env(),').replace(
      '  defp deps do',
      '  defp cli_env, do: [credo: :test]\n\n  defp deps do',
    );
    expect(set(named, 'cli', ['preferred_envs', 'precommit'], ':test')).toBe(
      named
        .replace('      preferred_cli_env: cli_env(),\n', '')
        .replace('[credo: :test]', '[credo: :test, precommit: :test]')
        .replace(
          '  defp cli_env',
          '  def cli do\n    [\n      preferred_envs: cli_env()\n    ]\n  end\n\n  defp cli_env',
        ),
    );
    const unknown = edit('def project do\n    [', 'def project do\n    Press.keys() ++ [');
    expect(set(unknown, 'cli', ['preferred_envs', 'precommit'], ':test')).toBe(
      'refused: default_task may be set by what only running the file tells',
    );
  });

  test('is removed, and what is empty then', () => {
    expect(perform(file, { kind: 'remove-mix-key', section: 'project', keys: ['elixir'] })).toBe(
      edit('      elixir: "~> 1.12",\n', ''),
    );
    const nested = edit('"0.3.0",', '"0.3.0",\n      docs: [main: "readme"],');
    expect(perform(nested, { kind: 'remove-mix-key', section: 'project', keys: ['docs', 'main'] })).toBe(file);
    expect(perform(file, { kind: 'remove-mix-key', section: 'cli', keys: ['default_task'] })).toBe(file);
  });

  test('is refused where only running the file would tell', () => {
    const text = edit('def project do\n    [', 'def project do\n    Press.keys() ++ [');
    expect(set(text, 'project', ['listeners'], '[]')).toBe(
      'refused: listeners may be set by what only running the file tells',
    );
    expect(set(text, 'project', ['elixir'], '"~> 1.15"')).toBe(text.replace('~> 1.12', '~> 1.15'));
    const conditional = edit('deps: deps()\n    ]', 'deps: deps()\n    ] ++ if(ci?(), do: [docs: []], else: [])');
    expect(set(conditional, 'project', ['docs'], '[main: "x"]')).toBe('refused: docs is set only if ci?()');
  });
});

describe('an alias', () => {
  const names = ['setup', 'press.setup', 'test'];
  const set = (text: string, alias: string, value: string) =>
    perform(text, { kind: 'set-alias', alias, value, order: names });

  const aliased = set(file, 'setup', '["deps.get", "press.setup"]');

  test('makes aliases/0 and its key where they are missing', () => {
    expect(aliased).toBe(
      edit('      deps: deps()', '      aliases: aliases(),\n      deps: deps()').replace(
        /end\nend\n$/,
        'end\n\n  defp aliases do\n    [\n      setup: ["deps.get", "press.setup"]\n    ]\n  end\nend\n',
      ),
    );
  });

  test('is added in order, set task by task and removed', () => {
    const both = set(aliased, 'press.setup', '["press.install --if-missing"]');
    expect(both).toBe(
      aliased.replace('"press.setup"]', '"press.setup"],\n      "press.setup": ["press.install --if-missing"]'),
    );
    const own = both.replace('["deps.get", ', '[\n        # first things first\n        "deps.get",\n        ');
    expect(set(own, 'setup', '["deps.get", "press.oil", "press.setup"]')).toBe(
      own.replace('"deps.get",', '"deps.get",\n        "press.oil",'),
    );
    expect(perform(both, { kind: 'remove-alias', alias: 'press.setup' })).toBe(aliased);
  });

  test('of one task may be a string', () => {
    const text = aliased.replace('["deps.get", "press.setup"]', '"deps.get"');
    expect(set(text, 'setup', '["deps.get"]')).toBe(text);
    expect(set(text, 'setup', '["deps.get", "press.setup"]')).toBe(aliased);
  });
});

describe('a clause of a private function', () => {
  const text = edit(
    '  defp deps do',
    '  defp elixirc_paths(:test), do: ["lib", "test/support"]\n  defp elixirc_paths(_), do: ["lib"]\n\n  defp deps do',
  );

  test('is set, added before the one that takes anything, and removed', () => {
    expect(perform(text, { kind: 'set-clause', head: 'elixirc_paths(_)', body: '["lib", "web"]' })).toBe(
      text.replace('do: ["lib"]', 'do: ["lib", "web"]'),
    );
    const dev = perform(text, { kind: 'set-clause', head: 'elixirc_paths(:dev)', body: '["lib", "dev"]' });
    expect(dev).toBe(
      text.replace(
        '  defp elixirc_paths(_)',
        '  defp elixirc_paths(:dev), do: ["lib", "dev"]\n  defp elixirc_paths(_)',
      ),
    );
    expect(perform(dev, { kind: 'remove-clause', head: 'elixirc_paths(:dev)' })).toBe(text);
  });

  test('that does more than return a value is refused', () => {
    const long = text.replace(', do: ["lib"]', ' do\n    log()\n    ["lib"]\n  end');
    expect(perform(long, { kind: 'set-clause', head: 'elixirc_paths(_)', body: '["web"]' })).toContain('refused');
  });
});

test('the module is renamed where it is named', () => {
  expect(perform(file, { kind: 'rename-mix-module', name: 'Atelier.Mixfile' })).toBe(
    edit('defmodule Atelier.MixProject', 'defmodule Atelier.Mixfile'),
  );
});

describe('in any layout', () => {
  const names = fc.uniqueArray(fc.constantFrom(...order, 'glue', 'thread', 'needle'), { minLength: 1 });
  const gaps = fc.constantFrom('\n      ', '\n\n      ', '\n      # a word\n      ', ' ');
  const lists = fc
    .tuple(names, fc.infiniteStream(gaps), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([deps, between, newline, last]) => {
      const items = deps.map((name, at) => {
        const comma = at < deps.length - 1 ? ',' : '';
        return `{:${name}, "~> ${at}.0"}${comma}${(between.next().value as string).replace('\n      # a word', '')}`;
      });
      const text = `defmodule Atelier.MixProject do\n  use Mix.Project\n\n  def project do\n    [deps: deps()]\n  end\n\n  defp deps do\n    [\n      # head\n      ${items.join('')}]\n  end\nend${last ? '\n' : ''}`;
      return { text: text.replaceAll('\n', newline), deps };
    });
  const depNames = (text: string) => readMixfile(parse(text)).deps.map(({ name }) => name);
  const words = (text: string) => text.replace(/[\s,]/g, '');

  test('a dep that is added is there, once, and every other byte of meaning stays', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...order), ({ text, deps }, name) => {
        const tuple = `{:${name}, "~> 7.7"}`;
        const after = perform(text, { kind: 'add-dep', text: tuple, order });
        expect(depNames(after).toSorted()).toEqual([...new Set([...deps, name])].toSorted());
        expect(words(after).replace(words(tuple), '')).toBe(words(text));
        if (deps.includes(name)) expect(after).toBe(text);
      }),
    );
  });

  test('a dep that is removed is gone, and the others stay in order', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...order), ({ text, deps }, name) => {
        const after = perform(text, { kind: 'remove-dep', dep: name });
        expect(depNames(after)).toEqual(deps.filter((dep) => dep !== name));
      }),
    );
  });

  test('a requirement that is set changes its own characters only', () => {
    fc.assert(
      fc.property(lists, fc.nat(), ({ text, deps }, at) => {
        const dep = deps[at % deps.length]!;
        const after = perform(text, { kind: 'set-requirement', dep, requirement: '~> 77.7' });
        expect(after).toBe(text.replace(new RegExp(`(\\{:${dep}, )"[^"]*"`), '$1"~> 77.7"'));
      }),
    );
  });
});
