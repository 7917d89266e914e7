import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/elixir/config/read.ts';
import { changeOf } from '../support/assertions.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { edited, lock, smallShop } from './small-shop.ts';

const release = `import Config

# The till's own.
config :shop, ShopWeb.Endpoint,
  http: [port: String.to_integer(System.get_env("TILL_PORT") || "4000"), transport_options: [num_acceptors: 7]],
  secret_key_base: System.fetch_env!("SECRET_KEY_BASE"),
  server: true
`;

const { 'config/runtime.exs': _, ...without } = smallShop;
const endpoint = 'config :shop, ShopWeb.Endpoint,';
const tuple: Files = edited('config/prod.exs', endpoint, `${endpoint} http: [port: {:system, "PORT"}],`, {
  ...without,
  'mix.lock': lock({ phoenix: '1.7.14' }),
  'config/releases.exs': release,
});

/** What production runs on: values in effect of the endpoint, by key. */
function production(files: Files, steps: readonly string[]) {
  const plan = planOf(files, { to: '1.8.12' });
  const after = applied(
    treeOf(files),
    plan.steps.filter(({ id }) => steps.includes(id)),
  );
  const entry = { build: 'config/config.exs', runtime: 'config/runtime.exs' };
  const { entries } = readConfig(
    (path) => after.text(path),
    () => [],
    entry,
  );
  const inEffect = entries.filter(
    ({ scope, keyPath }) => keyPath[1] === 'ShopWeb.Endpoint' && /^(all|prod|runtime|runtime:prod)$/.test(scope),
  );
  const order = ['all', 'prod', 'runtime', 'runtime:prod'];
  const sorted = inEffect.toSorted((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope));
  return { after, values: new Map(sorted.map(({ keyPath, text }) => [keyPath.slice(2).join('.'), text])) };
}

describe('an app with releases.exs', () => {
  const all = planOf(tuple, { to: '1.8.12' }).steps;
  const editing = all.filter(({ operations }) => operations.some(({ path }) => /(runtime|releases)\.exs$/.test(path)));

  test('has steps that touch it', () => {
    expect(editing.map(({ id }) => id)).toEqual(expect.arrayContaining(['live-reload-in-runtime', 'runtime-config']));
  });
  test.each(editing.map(({ id }) => id))('keeps what it sets, whichever step alone is taken: %s', (id) => {
    const { after, values } = production(tuple, [id]);
    expect(values.get('secret_key_base')).toContain('SECRET_KEY_BASE');
    expect(values.get('server')).toBeDefined();
    expect(values.get('http.port')).toMatch(/PORT/);
    expect(values.get('http.transport_options.num_acceptors')).toBe('7');
    expect(after.has('config/runtime.exs') && after.has('config/releases.exs')).toBe(false);
  });
  test('has one file for run time in the end, with everything', () => {
    const { after, values } = production(
      tuple,
      all.map(({ id }) => id),
    );
    expect(after.has('config/releases.exs')).toBe(false);
    expect(after.text('config/runtime.exs')).toContain("  # The till's own.\n");
    expect(values.get('http.port')).toMatch(/PORT/);
    expect(values.get('secret_key_base')).toContain('SECRET_KEY_BASE');
  });
});

describe('the port of production', () => {
  const served =
    '  config :shop, ShopWeb.Endpoint, http: [port: String.to_integer(System.get_env("PORT") || "4000")]\n';
  const database = '  config :shop, Shop.Repo,\n    url: System';
  const serving = edited('config/runtime.exs', database, `${served}\n${database}`);

  test('that runtime.exs sets makes the one of prod.exs no conflict', () => {
    const both = edited('config/prod.exs', endpoint, `${endpoint} http: [port: 80],`, serving);
    const plan = planOf(both, { to: '1.8.12' });
    expect(changeOf(plan, 'config/runtime/shop.ShopWeb.Endpoint.http.port')).toMatchObject({ verdict: 'pending' });
  });
  test('stays in runtime.exs while none for all environments takes its place', () => {
    const own = edited('config/dev.exs', 'port: 4000', 'port: Shop.Ports.free()', serving);
    const { values } = production(
      own,
      planOf(own, { to: '1.8.12' }).steps.map(({ id }) => id),
    );
    expect(values.get('http.port')).toMatch(/PORT/);
  });
});
