import { describe, expect, it } from 'vitest';
import { listing, readConfig } from '../../../src/elixir/config/read.ts';
import { describePristine, pristineTree, pristineVersions } from '../../support/pristine.ts';
import { config, lines } from './project.ts';

const only = (text: string) => config({ 'config/config.exs': text });

describe('key paths', () => {
  it('takes the second argument and the pair as the same key', () => {
    expect(lines(only('config :phoenix, :json_library, Jason\nconfig :phoenix, json_library: Poison\n'))).toEqual([
      '!all phoenix.json_library = Jason',
      'all phoenix.json_library = Poison',
    ]);
  });

  it('descends nested keywords to their leaves', () => {
    const model = only('config :shop, ShopWeb.Endpoint, url: [host: "a", port: 80], http: [port: 4000]\n');
    expect(model.entries.map((entry) => entry.keyPath)).toEqual([
      ['shop', 'ShopWeb.Endpoint', 'url', 'host'],
      ['shop', 'ShopWeb.Endpoint', 'url', 'port'],
      ['shop', 'ShopWeb.Endpoint', 'http', 'port'],
    ]);
  });

  it('takes empty lists, mixed lists, repeated keys, maps and tuples as leaves', () => {
    const text = [
      'config :shop,',
      '  empty: [],',
      '  mixed: [:inet6, port: 1],',
      '  repeated: [a: 1, a: 2],',
      '  map: %{a: [b: 1]},',
      '  tuple: {:a, [b: 1]},',
      '  computed: ["#{x}": 1]',
      'config :shop, :none, []',
      'config :shop, []',
    ].join('\n');
    expect(lines(only(text))).toEqual([
      'all shop.empty = []',
      'all shop.mixed = [:inet6, port: 1]',
      'all shop.repeated = [a: 1, a: 2]',
      'all shop.map = %{a: [b: 1]}',
      'all shop.tuple = {:a, [b: 1]}',
      expect.stringContaining('all shop.computed = ['),
      'all shop.none = []',
    ]);
  });

  it('gives the ranges of pair, value, call and block', () => {
    const text = 'if config_env() == :prod do\n  config :shop, Shop.Repo, pool: [size: 5]\nend\n';
    const [entry] = only(text).entries;
    const slice = (range: { start: number; end: number } | null | undefined) =>
      range && text.slice(range.start, range.end);
    expect([entry?.ranges.pair, entry?.ranges.key, entry?.ranges.value].map(slice)).toEqual(['size: 5', 'size:', '5']);
    expect(slice(entry?.ranges.call)).toBe('config :shop, Shop.Repo, pool: [size: 5]');
    expect(slice(entry?.ranges.block)).toMatch(/^do\s.*\send$/s);
    expect([entry?.path, entry?.line]).toEqual(['config/config.exs', 2]);
  });

  it('shows secrets as one fixed word', () => {
    expect(
      lines(only('config :shop, live_view: [signing_salt: "k3y"], secret_key_base: "abc", token: "kept"\n')),
    ).toEqual([
      'all shop.live_view.signing_salt = "secret"',
      'all shop.secret_key_base = "secret"',
      'all shop.token = "kept"',
    ]);
  });
});

describe('bindings', () => {
  it('follows local names of the file and of enclosing blocks', () => {
    const text = [
      'host = System.get_env("HOST") || "shop.test"',
      'if config_env() == :prod do',
      '  size = 5',
      '  config :shop, url: [host: host], size: size',
      'end',
      'config :shop, size: size',
    ].join('\n');
    expect(lines(only(text))).toEqual([
      'prod shop.url.host = (System.get_env("HOST") || "shop.test")',
      'prod shop.size = 5',
      'all shop.size = size',
    ]);
  });

  it('keeps what a name stood for when it is bound again', () => {
    expect(lines(only('a = 1\nb = [a]\na = a + 1\nconfig :shop, a: a, b: b\n'))).toEqual([
      'all shop.a = (1 + 1)',
      'all shop.b = [1]',
    ]);
  });

  it('does not follow a name into another file', () => {
    const model = config({
      'config/config.exs': 'size = 3\nimport_config "more.exs"\n',
      'config/more.exs': 'config :shop, size: size\n',
    });
    expect(lines(model)).toEqual(['all shop.size = size']);
  });

  it('descends keywords behind a name', () => {
    expect(lines(only('repo = [pool_size: 3]\nconfig :shop, Shop.Repo, repo\n'))).toEqual([
      'all shop.Shop.Repo.pool_size = 3',
    ]);
  });
});

describe('scopes', () => {
  it.each([
    ['if config_env() == :prod do\n  config :shop, a: 1\nend', ['prod shop.a = 1']],
    [
      'if Mix.env == :prod, do: config(:shop, a: 1), else: config(:shop, a: 2)',
      ['dev shop.a = 2', 'test shop.a = 2', 'prod shop.a = 1'],
    ],
    ['unless Mix.env() == :prod do\n  config :shop, a: 1\nend', ['dev shop.a = 1', 'test shop.a = 1']],
    ['if Mix.env() in [:dev, :test] do\n  config :shop, a: 1\nend', ['dev shop.a = 1', 'test shop.a = 1']],
    ['if config_env() in ~w(test prod)a do\n  config :shop, a: 1\nend', ['test shop.a = 1', 'prod shop.a = 1']],
    ['if config_env() not in [:dev] do\n  config :shop, a: 1\nend', ['test shop.a = 1', 'prod shop.a = 1']],
    ['if config_env() != :test and config_env() != :dev do\n  config :shop, a: 1\nend', ['prod shop.a = 1']],
    ['env = Mix.env()\nif env == :test do\n  config :shop, a: 1\nend', ['test shop.a = 1']],
    ['if not (Mix.env() == :dev) && Mix.env() != :test do\n  config :shop, a: 1\nend', ['prod shop.a = 1']],
    [
      'case config_env() do\n  :prod -> config :shop, a: 1\n  env when env in [:dev] -> config :shop, a: 2\n  _ -> config :shop, a: 3\nend',
      ['prod shop.a = 1', 'dev shop.a = 2', 'test shop.a = 3'],
    ],
    [
      'cond do\n  config_env() == :prod -> config :shop, a: 1\n  true -> config :shop, a: 2\nend',
      ['prod shop.a = 1', 'dev shop.a = 2', 'test shop.a = 2'],
    ],
  ])('reads %j', (text, expected) => {
    expect(lines(only(text)).sort()).toEqual([...expected].sort());
  });

  const releases = { 'config/config.exs': 'import Config\n', 'config/releases.exs': 'config :shop, b: 1\n' };

  it('marks releases.exs as production', () => {
    const model = config(releases);
    expect(lines(model)).toEqual(['runtime:prod shop.b = 1']);
    expect(model.entries.map((entry) => [entry.path, entry.environment])).toEqual([['config/releases.exs', null]]);
  });

  it('marks runtime.exs, beside which a release does not read releases.exs', () => {
    const model = config({
      ...releases,
      'config/runtime.exs': 'config :shop, a: 1\nif config_env() == :prod do\n  config :shop, a: 2\nend\n',
    });
    expect(lines(model)).toEqual(['runtime shop.a = 1', 'runtime:prod shop.a = 2']);
    expect(model.entries.map((entry) => [entry.path, entry.environment])).toEqual([
      ['config/runtime.exs', null],
      ['config/runtime.exs', 'prod'],
    ]);
  });
});

describe('other conditions', () => {
  it('folds them into the text and keeps them apart', () => {
    const text =
      'if config_env() == :prod and System.get_env("TLS") do\n  config :shop, tls: true\nelse\n  config :shop, tls: false\nend';
    const model = only(text);
    expect(lines(model)).toEqual([
      'dev shop.tls = false',
      'test shop.tls = false',
      'prod shop.tls = if(System.get_env("TLS"), do: true)',
      'prod shop.tls = unless(System.get_env("TLS"), do: false)',
    ]);
    expect(model.entries[2]?.conditions).toMatchObject([{ kind: 'if', test: 'System.get_env("TLS")', pattern: null }]);
    expect(model.entries.some((entry) => entry.overridden)).toBe(false);
  });

  it('nests them from the outside in, with names followed', () => {
    const text = 'tls = System.get_env("TLS")\nif tls do\n  unless System.get_env("OFF"), do: config(:shop, a: 1)\nend';
    expect(lines(only(text))).toEqual([
      'all shop.a = if(System.get_env("TLS"), do: unless(System.get_env("OFF"), do: 1))',
    ]);
  });

  it('reads case and cond', () => {
    const text = [
      'case System.get_env("MAIL") do',
      '  "smtp" -> config :shop, mail: :smtp',
      '  other -> config :shop, mail: other',
      'end',
      'cond do',
      '  System.get_env("X") -> config :shop, x: 1',
      '  true -> config :shop, x: 2',
      'end',
    ].join('\n');
    expect(lines(only(text))).toEqual([
      'all shop.mail = case(System.get_env("MAIL"), do: ("smtp" -> :smtp))',
      'all shop.mail = case(System.get_env("MAIL"), do: (other -> other))',
      'all shop.x = cond(do: (System.get_env("X") -> 1))',
      'all shop.x = 2',
    ]);
  });
});

describe('reading the environment at build time', () => {
  it('sees it in the value, through a name and in a condition', () => {
    const text = [
      'url = System.fetch_env!("DB")',
      'config :shop, a: System.get_env("A"), b: url, c: 1',
      'if System.get_env("C"), do: config(:shop, d: 1)',
      'config :shop, e: "x-#{System.get_env(name)}", f: :os.getenv(\'F\')',
    ].join('\n');
    const found = only(text).entries.map((entry) => [entry.keyPath[1], entry.readsAtBuild, entry.variables.join()]);
    expect(found).toEqual([
      ['a', true, 'A'],
      ['b', true, 'DB'],
      ['c', false, ''],
      ['d', true, 'C'],
      ['e', true, '?'],
      ['f', true, 'F'],
    ]);
  });

  it('finds nothing wrong in runtime.exs', () => {
    const [entry] = config({ 'config/runtime.exs': 'config :shop, a: System.get_env("A")\n' }).entries;
    expect([entry?.readsAtBuild, entry?.variables]).toEqual([false, ['A']]);
  });
});

describe('imports', () => {
  it('follows the environment, for each file that there is', () => {
    const model = config({
      'config/config.exs': 'import_config "#{config_env()}.exs"\n',
      'config/dev.exs': 'config :shop, a: 1\n',
      'config/test.exs': 'config :shop, a: 2\n',
      'config/staging.exs': 'import_config "database.exs"\n',
      'config/prod.exs': 'import_config "database.exs"\nimport_config "prod.secret.exs"\n',
      'config/database.exs': 'config :shop, db: 1\n',
    });
    expect(model.environments).toEqual(['dev', 'test', 'prod', 'staging']);
    expect(lines(model)).toEqual(['dev shop.a = 1', 'test shop.a = 2', 'prod shop.db = 1', 'staging shop.db = 1']);
    expect(model.missing).toEqual([
      { path: 'config/prod.exs', line: 2, imported: 'config/prod.secret.exs', guarded: false },
    ]);
    expect(model.files.find((file) => file.path === 'config/database.exs')?.scopes).toEqual(['prod', 'staging']);
    expect(model.unknown).toEqual([]);
  });

  it('follows wildcards into the apps of an umbrella', () => {
    const model = config({
      'config/config.exs': 'use Mix.Config\nimport_config "../apps/*/config/config.exs"\n',
      'apps/shop/config/config.exs': 'import_config "#{Mix.env}.exs"\n',
      'apps/shop/config/dev.exs': 'config :shop, a: 1\n',
      'apps/shop/config/test.exs': '',
      'apps/shop/config/prod.exs': '',
      'apps/shop_web/config/config.exs': 'config :shop_web, b: 1\n',
      'apps/shop_web/mix.exs': '',
    });
    expect(lines(model)).toEqual(['dev shop.a = 1', 'all shop_web.b = 1']);
    expect([model.missing, model.unknown]).toEqual([[], []]);
    expect(model.files[0]?.header).toMatchObject({ kind: 'use Mix.Config', line: 1 });
  });

  it.each([
    'for file <- Path.wildcard("config/parts/*.exs") do\n  import_config file\nend',
    'for file <- "parts/*.exs" |> Path.expand(__DIR__) |> Path.wildcard(), do: import_config(file)',
    'import_config "parts/*.exs"',
    'import_config "**/one.exs"',
    'import_config Path.join(__DIR__, "parts/one.exs")',
    'import_config Path.join([__DIR__, "parts", "one.exs"])',
    'if File.exists?(Path.join(__DIR__, "parts/one.exs")) do\n  import_config "parts/one.exs"\nend',
    'File.exists?("config/parts/one.exs") && import_config("parts/one.exs")',
  ])('follows %j', (text) => {
    const model = config({ 'config/config.exs': text, 'config/parts/one.exs': 'config :shop, a: 1\n' });
    expect(lines(model)).toEqual(['all shop.a = 1']);
    expect(model.unknown).toEqual([]);
  });

  it('notes an import that a guard keeps from failing', () => {
    const model = only('if File.exists?("config/local.exs") do\n  import_config "local.exs"\nend');
    expect(model.missing).toEqual([
      { path: 'config/config.exs', line: 2, imported: 'config/local.exs', guarded: true },
    ]);
  });

  it('keeps the condition of an import', () => {
    const model = config({
      'config/config.exs': 'if System.get_env("CI"), do: import_config("ci.exs")',
      'config/ci.exs': 'config :shop, a: 1',
    });
    expect(lines(model)).toEqual(['all shop.a = if(System.get_env("CI"), do: 1)']);
  });

  it('ends in a cycle', () => {
    const model = config({
      'config/config.exs': 'import_config "other.exs"\nconfig :shop, a: 1\n',
      'config/other.exs': 'import_config "config.exs"\nconfig :shop, b: 1\n',
    });
    expect(lines(model)).toEqual(['all shop.b = 1', 'all shop.a = 1']);
  });

  it('never leaves the root', () => {
    const model = config({ 'config/config.exs': 'import_config "../../other/config.exs"\n' });
    expect(model.unknown).toMatchObject([{ path: 'config/config.exs', line: 1 }]);
  });
});

describe('calls for one key', () => {
  it('tells which one wins', () => {
    expect(
      lines(only('config :shop, a: 1\nconfig :shop, a: 2\nconfig :shop, a: [b: 3]\nconfig :shop, :a, 4\n')),
    ).toEqual(['!all shop.a = 1', '!all shop.a = 2', '!all shop.a.b = 3', 'all shop.a = 4']);
  });

  it('keeps what an empty list or another scope leaves standing', () => {
    const text =
      'config :shop, a: [b: 1]\nconfig :shop, a: []\nif config_env() == :dev, do: config(:shop, a: [b: 2])\n';
    expect(lines(only(text))).toEqual(['all shop.a.b = 1', 'all shop.a = []', 'dev shop.a.b = 2']);
  });
});

describe('what cannot be read', () => {
  it.each([
    'config app, a: 1',
    'for app <- [:a, :b] do\n  config app, a: 1\nend',
    'Enum.each([:a], fn app -> config(app, b: 1) end)',
    'import_config System.get_env("FILE")',
    'config :shop, options()',
    'Enum.each(files, &import_config/1)',
  ])('lists %j with its line', (text) => {
    const model = only(`import Config\n${text}\nconfig :shop, z: 1\n`);
    expect(model.unknown).toEqual([{ path: 'config/config.exs', line: 2, text: text.split('\n')[0] }]);
    expect(lines(model)).toEqual(['all shop.z = 1']);
  });

  it('reports a syntax error and reads the rest', () => {
    const model = only('import Config\nconfig :shop, a: 1\nconfig :shop, b: 2, )\nconfig :shop, c: 3\n');
    expect(model.problems).toEqual([{ path: 'config/config.exs', line: 3, text: 'config :shop, b: 2, )' }]);
    expect(lines(model)).toEqual(['all shop.a = 1', 'all shop.c = 3']);
  });

  it('survives a file of any content', () => {
    expect(only('<<<<<<< yours\nconfig :a, b: (\n').problems.length).toBeGreaterThan(0);
    expect(config({}).entries).toEqual([]);
  });
});

describePristine('every generated project', () => {
  it.each(pristineVersions())('%s is read whole', (version) => {
    for (const variant of ['default', 'umbrella']) {
      const tree = pristineTree(version, variant);
      const entry = { build: 'config/config.exs', runtime: 'config/runtime.exs' };
      const model = readConfig((path) => tree.read(path), listing(tree.paths), entry);
      expect(model.entries.length).toBeGreaterThan(30);
      expect([model.unknown, model.problems, model.missing]).toEqual([[], [], []]);
    }
  });
});

describe('bindings that use each other twice', () => {
  const doubling = (line: (index: number) => string) =>
    Array.from({ length: 40 }, (_, index) => line(index)).join('\n');

  it.each([
    ['lists', doubling((index) => `a${index + 1} = a${index} ++ a${index}`), 'a40'],
    ['keywords', doubling((index) => `a${index + 1} = [x: a${index}, y: a${index}]`), 'a40'],
    ['one name bound again', doubling(() => 'a0 = [a0, a0]'), 'a0'],
    ['one name bound again by thousands', Array(3000).fill('a0 = a0 ++ [1]').join('\n'), 'a0'],
  ])('%s are followed as far as any configuration is large', (_, bindings, name) => {
    const model = config({
      'config/config.exs': `import Config\na0 = [1]\n${bindings}\nconfig :shop, list: ${name}\n`,
    });
    expect(model.entries.length).toBeGreaterThan(0);
    expect(model.entries.every(({ text }) => text.length < 100_000)).toBe(true);
  });
});
