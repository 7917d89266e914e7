import { describe, expect, it } from 'vitest';
import { performConfig } from '../../../src/elixir/config/edit.ts';
import type { ConfigOperation } from '../../../src/elixir/config/operation.ts';

type Change =
  | { set: string; to: string; environment?: string; order?: string[]; salt?: string }
  | { remove: string; environment?: string }
  | { rename: string; to: string; keys?: string[]; environment?: string };

/** A key path with its parts parted by blanks: modules have dots in their names. */
const path = (text: string) => text.split(' ');

function operation(change: Change): ConfigOperation {
  const place = { path: 'config/config.exs', environment: change.environment ?? null };
  if ('remove' in change) return { kind: 'remove-config', ...place, keyPath: path(change.remove) };
  if ('rename' in change) {
    const { rename, to, keys } = change;
    return { kind: 'rename-config', ...place, from: path(rename), to: path(to), ...(keys && { keys }) };
  }
  const { set, to, order = [], salt } = change;
  return { kind: 'set-config', ...place, keyPath: path(set), value: to, order: order.map(path), ...(salt && { salt }) };
}

/** Performs changes one after another, each twice; the second time nothing may happen. */
function perform(text: string, ...changes: Change[]): string {
  return changes.reduce((before, change) => {
    const once = performConfig(before, operation(change));
    if (!once.ok) throw new Error(once.reason);
    expect(performConfig(once.text, operation(change))).toEqual(once);
    return once.text;
  }, text);
}

function reason(text: string, change: Change): string {
  const result = performConfig(text, operation(change));
  return result.ok ? `not refused: ${result.text}` : result.reason;
}

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('setting an existing key', () => {
  it('changes the characters of the value alone', () => {
    const text = lines('config :shop, ShopWeb.Endpoint,', '  http:   [port: 4000], # own port', '  url: [host: "a"]');
    expect(perform(text, { set: 'shop ShopWeb.Endpoint http port', to: '4001' })).toBe(text.replace('4000', '4001'));
  });

  it('leaves a value that is only spelled otherwise', () => {
    const text = lines('config :shop, words: ["a", "b"]');
    expect(perform(text, { set: 'shop words', to: '~w(a b)' })).toBe(text);
  });

  it('sets the call that wins', () => {
    expect(perform(lines('config :shop, a: 1', 'config :shop, a: 2'), { set: 'shop a', to: '3' })).toBe(
      lines('config :shop, a: 1', 'config :shop, a: 3'),
    );
  });

  it('finds the key under its environment only', () => {
    const text = lines('config :shop, a: 1', 'if config_env() == :prod do', '  config :shop, a: 2', 'end');
    expect(perform(text, { set: 'shop a', to: '3', environment: 'prod' })).toBe(text.replace('a: 2', 'a: 3'));
    expect(perform(text, { set: 'shop a', to: '3' })).toBe(text.replace('a: 1', 'a: 3'));
  });

  it('changes lists of several lines by element, comments kept', () => {
    const text = lines('config :shop,', '  patterns: [', '    # pages', '    ~r"a",', '    ~r"own" # mine', '  ]');
    expect(perform(text, { set: 'shop patterns', to: '[~r"a2", ~r"own", ~r"c"]' })).toBe(
      lines('config :shop,', '  patterns: [', '    # pages', '    ~r"a2",', '    ~r"own", # mine', '    ~r"c"', '  ]'),
    );
  });

  it('keeps words one a line', () => {
    const text = lines('config :css, shop: [', '  args: ~w(', '    --in=a', '    --out=b', '  )', ']');
    expect(perform(text, { set: 'css shop args', to: '~w(--in=c --out=b --watch)' })).toBe(
      lines('config :css, shop: [', '  args: ~w(', '    --in=c', '    --out=b', '    --watch', '  )', ']'),
    );
  });

  it('changes what a name was bound to where only this key uses it', () => {
    const text = lines(
      'six = if System.get_env("SIX"), do: [:inet6], else: []',
      '',
      'config :shop, Shop.Repo, socket_options: six',
    );
    const to = 'if(System.get_env("SIX") in ~w(true 1), do: [:inet6], else: [])';
    expect(perform(text, { set: 'shop Shop.Repo socket_options', to })).toBe(
      text.replace('get_env("SIX"),', 'get_env("SIX") in ~w(true 1),'),
    );
  });

  it('leaves a name alone that others use', () => {
    const text = lines('size = 5', 'config :shop, a: size, b: size');
    expect(perform(text, { set: 'shop a', to: '6' })).toBe(lines('size = 5', 'config :shop, a: 6, b: size'));
  });

  it('takes out the binding that nothing uses any more', () => {
    const text = lines(
      'import Config',
      '',
      '# how many',
      'size = System.get_env("N")',
      'n = String.to_integer(size)',
      '',
      'config :shop, a: n + 1',
    );
    expect(perform(text, { set: 'shop a', to: '6' })).toBe(lines('import Config', '', 'config :shop, a: 6'));
  });

  it('changes the condition where that is all that differs', () => {
    const text = lines('# to serve', 'if System.get_env("A") do', '  config :shop, server: true', 'end');
    expect(perform(text, { set: 'shop server', to: 'if(System.get_env("B"), do: true)' })).toBe(
      text.replace('"A"', '"B"'),
    );
  });
});

describe('adding a key', () => {
  it('puts it into the call with the longest matching key path, in the order of the target', () => {
    const text = lines(
      'config :shop, url: 1',
      '',
      'config :shop, ShopWeb.Endpoint,',
      '  url: [port: 80],',
      '  # own',
      '  secure: true',
    );
    const order = ['shop ShopWeb.Endpoint url host', 'shop ShopWeb.Endpoint url port', 'shop ShopWeb.Endpoint cache'];
    expect(
      perform(
        text,
        { set: 'shop ShopWeb.Endpoint url host', to: '"a"', order },
        { set: 'shop ShopWeb.Endpoint cache', to: ':on', order },
      ),
    ).toBe(
      lines(
        'config :shop, url: 1',
        '',
        'config :shop, ShopWeb.Endpoint,',
        '  url: [host: "a", port: 80],',
        '  cache: :on,',
        '  # own',
        '  secure: true',
      ),
    );
  });

  it('adds a call between its neighbours, else before the import, comments above it included', () => {
    const text = lines(
      'import Config',
      '',
      '# first',
      'config :a, x: 1',
      '',
      'config :c, x: 1',
      '',
      '# the environment',
      'import_config "#{config_env()}.exs"',
    );
    const order = ['a x', 'b B y', 'c x'];
    expect(perform(text, { set: 'b B y', to: '2', order }, { set: 'd :x y'.replace(':', ''), to: '3', order })).toBe(
      lines(
        'import Config',
        '',
        '# first',
        'config :a, x: 1',
        '',
        'config :b, B, y: 2',
        '',
        'config :c, x: 1',
        '',
        'config :d, :x, y: 3',
        '',
        '# the environment',
        'import_config "#{config_env()}.exs"',
      ),
    );
  });

  it('stays before the import even where its neighbour stands behind', () => {
    const text = lines('import Config', '', 'import_config "more.exs"', '', 'config :a, x: 1');
    expect(perform(text, { set: 'b x', to: '2', order: ['a x', 'b x'] })).toBe(
      lines('import Config', '', 'config :b, x: 2', '', 'import_config "more.exs"', '', 'config :a, x: 1'),
    );
  });

  it('uses the block of the environment, or makes one', () => {
    const block = lines('import Config', '', 'if config_env() == :prod do', '  config :a, x: 1', 'end');
    expect(perform(block, { set: 'b x', to: '2', environment: 'prod' })).toBe(
      block.replace('x: 1', 'x: 1\n\n  config :b, x: 2'),
    );
    expect(perform('import Config\n', { set: 'b x', to: '2', environment: 'prod' })).toBe(
      lines('import Config', '', 'if config_env() == :prod do', '  config :b, x: 2', 'end'),
    );
    expect(perform('use Mix.Config\n', { set: 'b x', to: '2', environment: 'prod' })).toContain(
      'if Mix.env() == :prod do',
    );
  });

  it('puts a conditional key under its condition', () => {
    const to = 'if(System.get_env("SERVE"), do: true)';
    const text = lines('import Config', '', 'if config_env() == :prod do', '  config :a, x: 1', 'end');
    expect(perform(text, { set: 'shop S server', to })).toBe(
      lines(
        'import Config',
        '',
        'if System.get_env("SERVE") do',
        '  config :shop, S, server: true',
        'end',
        '',
        'if config_env() == :prod do',
        '  config :a, x: 1',
        'end',
      ),
    );
  });

  it('binds a required variable to a name of its own, with its own message', () => {
    const to = '(System.get_env("DATABASE_URL") || raise("#0123456789ab"))';
    const text = perform('import Config\n', { set: 'shop Shop.Repo url', to, environment: 'prod' });
    expect(text).toBe(
      lines(
        'import Config',
        '',
        'if config_env() == :prod do',
        '  database_url =',
        '    System.get_env("DATABASE_URL") || raise "environment variable DATABASE_URL is missing"',
        '',
        '  config :shop, Shop.Repo, url: database_url',
        'end',
      ),
    );
    expect(perform(text, { set: 'shop Shop.Replica url', to, environment: 'prod' }).match(/get_env/g)).toHaveLength(1);
  });

  it('keeps the words of a message that is there', () => {
    const text = lines('url = System.get_env("DB") || raise "set DB, please"', '', 'config :shop, url: url');
    expect(perform(text, { set: 'shop url', to: '(System.get_env("DB") || raise("#0123456789ab"))' })).toBe(text);
  });

  it('writes a default inline', () => {
    const to = '(System.get_env("HOST") || "example.com")';
    expect(perform('import Config\n', { set: 'shop host', to })).toBe(
      lines('import Config', '', 'config :shop, host: System.get_env("HOST") || "example.com"'),
    );
  });

  it('takes the salt for a secret', () => {
    const change = { set: 'shop S live_view signing_salt', to: '"secret"' };
    expect(perform('import Config\n', { ...change, salt: 'Vq1' })).toContain('live_view: [signing_salt: "Vq1"]');
    expect(reason('import Config\n', change)).toMatch(/secret/);
  });

  it('keeps CRLF and a missing last newline', () => {
    const text = 'import Config\r\n\r\nconfig :a,\r\n  x: 1';
    const result = perform(text, { set: 'a y', to: '2' }, { set: 'b C z', to: '3' });
    expect(result).toBe('import Config\r\n\r\nconfig :a,\r\n  x: 1,\r\n  y: 2\r\n\r\nconfig :b, C, z: 3');
  });

  it('begins an empty file', () => {
    expect(perform('', { set: 'a x', to: '1' })).toBe('config :a, x: 1\n');
    expect(perform('# none yet\n', { set: 'a x', to: '1' })).toBe('# none yet\nconfig :a, x: 1\n');
  });
});

describe('removing a key', () => {
  it('leaves the last of several calls where only what that one overrides is to go', () => {
    const text = lines('config :logger, :console, format: "plain"', '', 'config :logger, :console, format: "mine"');
    const operation: ConfigOperation = {
      kind: 'remove-config',
      path: 'config/dev.exs',
      keyPath: ['logger', 'console', 'format'],
      environment: null,
      overridden: true,
    };
    const once = performConfig(text, operation);
    expect(once).toEqual({ ok: true, text: 'config :logger, :console, format: "mine"\n' });
    expect(performConfig(once.ok ? once.text : '', operation)).toEqual(once);
  });

  it('takes its own comment along, and no other', () => {
    const text = lines(
      'config :shop,',
      '  # one',
      '  a: 1,',
      '  # two',
      '  b: 2',
      '',
      '# apart',
      '',
      '# own',
      'config :x, c: 3',
      '',
      '# last',
      'config :y, d: 4',
    );
    expect(perform(text, { remove: 'shop a' }, { remove: 'x c' })).toBe(
      lines('config :shop,', '  # two', '  b: 2', '', '# apart', '', '# last', 'config :y, d: 4'),
    );
  });

  it('takes empty parents, the empty call and the empty block along', () => {
    const text = lines(
      'import Config',
      '',
      'if config_env() == :prod do',
      '  url = System.get_env("U")',
      '',
      '  config :shop, S, http: [opts: [url: url]]',
      'end',
    );
    expect(perform(text, { remove: 'shop S http opts url', environment: 'prod' })).toBe('import Config\n');
  });

  it('leaves a block that still has a comment', () => {
    const text = lines('if config_env() == :prod do', '  # nothing yet', '', '  config :shop, a: 1', 'end');
    expect(perform(text, { remove: 'shop a', environment: 'prod' })).toBe(
      lines('if config_env() == :prod do', '  # nothing yet', 'end'),
    );
  });

  it('removes every call that sets it', () => {
    expect(perform(lines('config :a, x: 1, y: 1', 'config :a, :x, 2'), { remove: 'a x' })).toBe('config :a, y: 1\n');
  });

  it('does nothing where the key is not', () => {
    expect(perform('config :a, x: 1\n', { remove: 'a y' })).toBe('config :a, x: 1\n');
  });
});

describe('renaming a key path', () => {
  const text = lines(
    '# Log lines.',
    'config :logger, :console,',
    '  # short',
    '  format: "$message\\n",',
    '  metadata: [:request_id, :shop_id],',
    '  level: :info',
  );

  it('changes the key in place', () => {
    expect(perform(text, { rename: 'logger console', to: 'logger default_formatter' })).toBe(
      text.replace(':console', ':default_formatter'),
    );
    const esbuild = lines(
      'config :esbuild,',
      '  version: "1",',
      '  default: [',
      '    # own loader',
      '    args: ~w(a)',
      '  ]',
    );
    expect(perform(esbuild, { rename: 'esbuild default', to: 'esbuild shop' })).toBe(
      esbuild.replace('default:', 'shop:'),
    );
  });

  it('moves only some of the keys, with their comments', () => {
    expect(
      perform(text, { rename: 'logger console', to: 'logger default_formatter', keys: ['format', 'metadata'] }),
    ).toBe(
      lines(
        '# Log lines.',
        'config :logger, :console, level: :info',
        '',
        'config :logger, :default_formatter,',
        '  # short',
        '  format: "$message\\n",',
        '  metadata: [:request_id, :shop_id]',
      ),
    );
  });

  it('moves keys to another application', () => {
    expect(perform(lines('config :a, x: 1, y: 2'), { rename: 'a x', to: 'b z' })).toBe(
      lines('config :a, y: 2', '', 'config :b, z: 1'),
    );
  });

  it('never runs into a key that is there', () => {
    expect(
      reason(`${text}config :logger, :default_formatter, level: :error\n`, {
        rename: 'logger console',
        to: 'logger default_formatter',
      }),
    ).toMatch(/set already/);
  });
});

describe('use Mix.Config', () => {
  it('becomes import Config, with the environment in its spelling', () => {
    const text = lines(
      'use Mix.Config',
      'if Mix.env == :prod do',
      '  config :a, x: Mix.env()',
      'end',
      'import_config "#{Mix.env}.exs"',
    );
    const done = performConfig(text, { kind: 'import-config', path: 'config/config.exs' });
    expect(done).toEqual({
      ok: true,
      text: lines(
        'import Config',
        'if config_env() == :prod do',
        '  config :a, x: config_env()',
        'end',
        'import_config "#{config_env()}.exs"',
      ),
    });
  });
});

describe('a new runtime.exs', () => {
  it('is made once', () => {
    const create = { kind: 'create-runtime-config', path: 'config/runtime.exs' } as const;
    const made = performConfig('', create);
    expect(made.ok && made.text).toMatch(/^# .*\nimport Config\n$/s);
    expect(performConfig('config :a, b: 1\n', create)).toEqual({ ok: true, text: 'config :a, b: 1\n' });
  });
});

describe('the layout of mix format', () => {
  it('brings the last option left to the line of its call', () => {
    expect(perform(lines('config :a, B,', '  x: 1,', '  y: 2'), { remove: 'a B x' })).toBe('config :a, B, y: 2\n');
  });

  it('leaves an option where the user put it', () => {
    const text = lines('config :a, B,', '  y: 2');
    expect(perform(text, { set: 'a B y', to: '3' })).toBe(text.replace('2', '3'));
  });

  it('parts a call that gets several lines from its neighbours', () => {
    const long = `"${'word '.repeat(17)}"`;
    expect(perform(lines('config :a, x: 1', 'config :b, y: 2', 'config :c, z: 3'), { set: 'b more', to: long })).toBe(
      lines('config :a, x: 1', '', 'config :b,', '  y: 2,', `  more: ${long}`, '', 'config :c, z: 3'),
    );
  });
});

describe('comments', () => {
  it('between a key and its value stay', () => {
    const text = lines('config :logger,', '  level:', '    # loud while we look for the leak', '    :warn');
    expect(perform(text, { set: 'logger level', to: ':warning' })).toBe(text.replace(':warn', ':warning'));
  });
});

describe('refusals', () => {
  it.each<[string, Change, RegExp]>([
    ['config :shop, S, url: url()\n', { set: 'shop S url host', to: '1' }, /no keyword list/],
    ['config :shop, opts()\n', { set: 'shop a', to: '1' }, /computed/],
    ['config app, a: 1\n', { set: 'shop a', to: '1' }, /computed/],
    ['config :shop, url: [host: 1]\n', { set: 'shop url', to: 'nil' }, /keys of its own/],
    [
      'if config_env() in [:prod, :qa] do\n  config :a, b: 1\nend\n',
      { set: 'a b', to: '2', environment: 'prod' },
      /together/,
    ],
    ['if config_env() != :dev do\n  config :a, b: 1\nend\n', { remove: 'a b', environment: 'prod' }, /together/],
    ['config :a, b: 1, )\n', { set: 'a c', to: '2' }, /would not parse/],
    ['import Config\n', { set: 'a b', to: '"#0123456789ab"' }, /hash/],
    ['import Config\n', { set: 'a b', to: 'case(x, do: (1 -> 2))' }, /by hand/],
    ['if x do\n  config :a, b: 1\nelse\n  config :a, b: 2\nend\n', { set: 'a b', to: '3' }, /several conditions/],
  ])('%j', (text, change, expected) => {
    expect(reason(text, change)).toMatch(expected);
  });
});

describe('a key that is taken out for one environment and set for all', () => {
  it('leaves what its people wrote of it, and of the binding it used, above the other', () => {
    const before = lines(
      'import Config',
      '',
      'config :quay, Quay.Endpoint, http: [port: 4000]',
      '',
      'if config_env() == :prod do',
      '  # the harbour’s firewall opens this one',
      '  port = 4080',
      '',
      '  config :quay, Quay.Endpoint,',
      '    http: [',
      '      ip: {0, 0, 0, 0},',
      '      # behind the proxy',
      '      port: port',
      '    ]',
      'end',
    );
    expect(perform(before, { remove: 'quay Quay.Endpoint http port', environment: 'prod' })).toBe(
      lines(
        'import Config',
        '',
        '# the harbour’s firewall opens this one',
        '# behind the proxy',
        'config :quay, Quay.Endpoint, http: [port: 4000]',
        '',
        'if config_env() == :prod do',
        '  config :quay, Quay.Endpoint,',
        '    http: [',
        '      ip: {0, 0, 0, 0}',
        '    ]',
        'end',
      ),
    );
  });
});
