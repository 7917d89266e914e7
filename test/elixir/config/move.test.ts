import { describe, expect, it } from 'vitest';
import { type ConfigMove, performConfigMove } from '../../../src/elixir/config/move.ts';

const lines = (...all: string[]) => `${all.join('\n')}\n`;
const endpoint = ['shop', 'ShopWeb.Endpoint'];

function move(from: string, to: string | null, keyPaths: string[][], change: Partial<ConfigMove> = {}) {
  const operation: ConfigMove = {
    kind: 'move-config',
    path: 'config/prod.exs',
    to: 'config/runtime.exs',
    keyPaths,
    environment: null,
    toEnvironment: 'prod',
    ...change,
  };
  const result = performConfigMove(from, to, operation);
  if (!result.from.ok) return result.from.reason;
  if (!result.to.ok) throw new Error('one file refuses, the other does not');
  const again = performConfigMove(result.from.text, result.to.text, operation);
  expect(again).toEqual(result);
  return { from: result.from.text, to: result.to.text };
}

const runtime = lines('import Config', '', 'if config_env() == :prod do', '  config :shop, a: 1', 'end');

describe('moving config to runtime.exs', () => {
  it('moves every call under one condition, also of keys that are set before it', () => {
    const from = lines(
      'import Config',
      '',
      'config :shop, exporter: :none',
      '',
      'if System.get_env("KEY") do',
      '  config :shop, exporter: :remote',
      '',
      '  config :tracer, headers: [System.get_env("KEY")]',
      'end',
    );
    expect(
      move(
        from,
        'import Config\n',
        [
          ['shop', 'exporter'],
          ['tracer', 'headers'],
        ],
        { toEnvironment: null },
      ),
    ).toEqual({
      from: lines('import Config'),
      to: from,
    });
  });

  it('moves a block with its condition, bindings and comments; what is read when compiling stays', () => {
    const from = lines(
      'import Config',
      '',
      '# Served from a cache.',
      'config :shop, ShopWeb.Endpoint,',
      '  cache_static_manifest: "m.json",',
      '  force_ssl: [hsts: true]',
      '',
      'cert = System.get_env("CERT")',
      '',
      '# Only where asked for.',
      'if System.get_env("HTTPS") do',
      '  # behind the proxy',
      '  config :shop, ShopWeb.Endpoint, https: [certfile: cert]',
      'end',
    );
    expect(move(from, runtime, [[...endpoint, 'https', 'certfile']])).toEqual({
      from: lines(
        'import Config',
        '',
        '# Served from a cache.',
        'config :shop, ShopWeb.Endpoint,',
        '  cache_static_manifest: "m.json",',
        '  force_ssl: [hsts: true]',
      ),
      to: lines(
        'import Config',
        '',
        'if config_env() == :prod do',
        '  config :shop, a: 1',
        '',
        '  cert = System.get_env("CERT")',
        '',
        '  # Only where asked for.',
        '  if System.get_env("HTTPS") do',
        '    # behind the proxy',
        '    config :shop, ShopWeb.Endpoint, https: [certfile: cert]',
        '  end',
        'end',
      ),
    });
  });

  it('leaves the other keys of the call behind, and their comments', () => {
    const from = lines(
      '# The endpoint.',
      'config :shop, ShopWeb.Endpoint,',
      '  # where',
      '  url: [host: System.get_env("HOST"), port: 443],',
      '  # how',
      '  compress: true',
    );
    expect(move(from, runtime, [[...endpoint, 'url', 'host']])).toEqual({
      from: lines(
        '# The endpoint.',
        'config :shop, ShopWeb.Endpoint,',
        '  # where',
        '  url: [port: 443],',
        '  # how',
        '  compress: true',
      ),
      to: runtime.replace(
        '\nend',
        '\n\n  config :shop, ShopWeb.Endpoint,\n    # where\n    url: [host: System.get_env("HOST")]\nend',
      ),
    });
  });

  it('makes runtime.exs where there is none', () => {
    const result = move('config :shop, a: System.get_env("A")\n', null, [['shop', 'a']]);
    expect(result).toMatchObject({
      from: '',
      to: expect.stringMatching(
        /import Config\n\nif config_env\(\) == :prod do\n {2}config :shop, a: System.get_env\("A"\)\nend\n$/,
      ),
    });
  });

  it('goes before the blocks of environments when it is for all of them', () => {
    expect(
      move('config :shop, b: System.get_env("B")\n', runtime, [['shop', 'b']], { toEnvironment: null }),
    ).toMatchObject({
      to: runtime.replace('if config_env', 'config :shop, b: System.get_env("B")\n\nif config_env'),
    });
  });

  it('uses a binding that means the same, and refuses one that does not', () => {
    const from = lines('url = System.get_env("URL")', '', 'config :shop, b: url');
    const same = runtime.replace('a: 1', 'a: 1\n  url = System.get_env("URL")');
    expect(move(from, same, [['shop', 'b']])).toMatchObject({
      to: same.replace('\nend', '\n\n  config :shop, b: url\nend'),
    });
    expect(move(from, same.replace('"URL"', '"OTHER"'), [['shop', 'b']])).toMatch(/url means something else/);
  });

  it('keeps a binding that is still used', () => {
    const from = lines('url = System.get_env("URL")', '', 'config :shop, b: url, c: url');
    expect(move(from, runtime, [['shop', 'b']])).toMatchObject({
      from: lines('url = System.get_env("URL")', '', 'config :shop, c: url'),
    });
  });

  it('only takes out what the other file sets already', () => {
    expect(move('config :shop, a: System.get_env("A"), c: 1\n', runtime, [['shop', 'a']])).toEqual({
      from: 'config :shop, c: 1\n',
      to: runtime,
    });
  });

  it('reads variables that a library read, or Distillery put in', () => {
    const from = lines(
      'config :shop, ShopWeb.Endpoint,',
      '  http: [port: {:system, "PORT"}],',
      '  url: [host: {:system, "HOST", "localhost"}],',
      `  secret: "\${SECRET}",`,
      `  link: "https://\${HOST}/"`,
    );
    const keys = [['http', 'port'], ['url', 'host'], ['secret'], ['link']].map((key) => [...endpoint, ...key]);
    expect(move(from, runtime, keys)).toMatchObject({
      from: '',
      to: runtime.replace(
        '\nend',
        [
          '',
          '',
          '  config :shop, ShopWeb.Endpoint,',
          '    http: [port: String.to_integer(System.get_env("PORT", "4000"))],',
          '    url: [host: System.get_env("HOST", "localhost")],',
          '    secret: System.get_env("SECRET"),',
          '    link: "https://#{System.get_env("HOST")}/"',
          'end',
        ].join('\n'),
      ),
    });
  });

  it.each([
    ['Shop.Repo, port: {:system, "X"}', 'if(value = System.get_env("X"), do: String.to_integer(value))'],
    ['Shop.Repo, pool_size: {:system, "X"}', 'String.to_integer(System.get_env("X", "10"))'],
    ['Shop.Repo, timeout: {:system, "X", 9000}', 'String.to_integer(System.get_env("X", "9000"))'],
    [`Shop.Web, http: [port: "\${X}"]`, 'String.to_integer(System.get_env("X", "4000"))'],
    ['Shop.Web, url: [port: {:system, "X"}]', 'if(value = System.get_env("X"), do: String.to_integer(value))'],
  ])('keeps %s from raising where the variable is not set', (config, value) => {
    const [module = '', ...keys] = [...config.matchAll(/([\w.]+)[:,] /g)].map((match) => match[1] ?? '');
    const keyPath = ['shop', module, ...keys.slice(0, config.includes('[') ? 2 : 1)];
    expect(move(`config :shop, ${config}\n`, runtime, [keyPath])).toMatchObject({ to: expect.stringContaining(value) });
  });

  it.each([
    ['config :shop, b: Path.expand("x", __DIR__)\n', /release/],
    ['config :shop, b: Mix.Project.build_path()\n', /release/],
    ['if config_env() == :prod and System.get_env("X") do\n  config :shop, b: 1\nend\n', /asks for the environment/],
  ])('refuses %j', (from, reason) => {
    const environment = from.startsWith('if') ? 'prod' : null;
    expect(move(from, runtime, [['shop', 'b']], { environment })).toMatch(reason);
  });
});
