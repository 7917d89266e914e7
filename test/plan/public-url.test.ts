import { expect, test } from 'vitest';
import { readConfig } from '../../src/elixir/config/read.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { lock, smallShop } from './small-shop.ts';

/** Each key of production's URL with its file and value, once the step is taken. */
function urlAfter(url: string, own: Files = {}): string[] {
  const prod = `import Config\n\nconfig :shop, ShopWeb.Endpoint,\n  url: [${url}],\n  cache_static_manifest: "a.json"\n`;
  const files: Files = { ...smallShop, 'mix.lock': lock({ phoenix: '1.6.0' }), 'config/prod.exs': prod, ...own };
  const steps = planOf(files, { to: '1.8.12' }).steps.filter(({ id }) => id === 'phx-host');
  const after = applied(treeOf(files), steps);
  const config = readConfig(
    (path) => after.text(path),
    () => [],
    { build: 'config/config.exs', runtime: 'config/runtime.exs' },
  );
  return config.entries
    .filter(({ keyPath, scope }) => keyPath[1] === 'ShopWeb.Endpoint' && keyPath[2] === 'url' && /prod$/.test(scope))
    .map(({ keyPath, path, text }) => `${path} ${keyPath[3]} ${text}`);
}

const runtime = (...keys: readonly string[]) => keys.map((key) => `config/runtime.exs ${key}`);

test.each([
  [
    'as generated',
    'host: "example.com", port: 80',
    ['host System.get_env("PHX_HOST") || "example.com"', 'port 443', 'scheme "https"'],
  ],
  [
    'with every key the user’s own',
    'host: "shop.example.org", port: 443, scheme: "https"',
    ['host "shop.example.org"', 'port 443', 'scheme "https"'],
  ],
  ['of a host alone', 'host: "shop.example.org"', ['host "shop.example.org"']],
  [
    'below a path',
    'host: "shop.example.org", port: 80, path: "/shop"',
    ['host "shop.example.org"', 'port 443', 'scheme "https"', 'path "/shop"'],
  ],
  ['on a port of the user’s own', 'host: "shop.example.org", port: 8443', ['host "shop.example.org"', 'port 8443']],
])('a URL %s stands in one file afterwards, and its parts belong together', (_, url, expected) => {
  expect(urlAfter(url)).toEqual(runtime(...expected));
});

test('a URL that runtime.exs has with a port of the user’s own gets no scheme that goes with another port', () => {
  const own = `import Config\n\nif config_env() == :prod do\n  config :shop, ShopWeb.Endpoint, url: [host: "shop.fly.dev", port: 80]\nend\n`;
  expect(urlAfter('host: "example.com", port: 80', { 'config/runtime.exs': own })).toEqual(
    runtime('host "shop.fly.dev"', 'port 80'),
  );
});

test('a host of the user’s own that stands alone in runtime.exs gets neither port nor scheme', () => {
  const own = `import Config\n\nif config_env() == :prod do\n  config :shop, ShopWeb.Endpoint, url: [host: System.fetch_env!("ORIGIN")]\nend\n`;
  expect(urlAfter('path: "/shop"', { 'config/runtime.exs': own })).toEqual([
    'config/prod.exs path "/shop"',
    ...runtime('host System.fetch_env!("ORIGIN")'),
  ]);
});
