import { describe, expect, test } from 'vitest';
import type { Names } from '../../src/elixir/names.ts';
import { Address } from '../../src/facts/address.ts';
import type { Fact } from '../../src/facts/fact.ts';
import { findErrata } from '../../src/findings/errata.ts';
import { topicById } from '../../src/topics/catalogue.ts';
import { cautionsOf } from '../../src/topics/errata.ts';
import { errata } from '../../src/topics/errata-data.ts';

const shop: Names = { app: 'shop', webApp: 'shop', module: 'Shop', webModule: 'ShopWeb' };
const umbrella: Names = { ...shop, webApp: 'shop_web' };

function facts(values: Record<string, string>): Fact[] {
  return Object.entries(values).map(([address, value], index) => ({
    address: new Address(address),
    value,
    at: { path: 'config/prod.exs', line: index + 1 },
  }));
}

const found = (values: Record<string, string>, names = shop) =>
  findErrata(facts(values), names).map(({ topic, finding }) => `${topic}:${finding.line}`);

describe('an app that has taken over a mistake', () => {
  test.each([
    [
      'the misspelt option of precommit',
      { 'mix/aliases.precommit': '["compile --warning-as-errors", "test"]' },
      'precommit:1',
    ],
    ['exclude beside force_ssl', { 'config/prod/shop.ShopWeb.Endpoint.exclude.hosts': '["localhost"]' }, 'force-ssl:1'],
    [
      'a pattern that never matches',
      { 'config/dev/shop.ShopWeb.Endpoint.live_reload.patterns': '[~r"lib/{live,views}"]' },
      'live-reload-patterns:1',
    ],
    [
      'a flag esbuild does not know',
      { 'config/all/esbuild.default.args': '~w(js/app.js --external=/fonts/*)' },
      'external-static:1',
    ],
    [
      'a shell command in .dockerignore',
      { 'docker/ignore.$ cat .git/HEAD | xargs cat': '"$ cat .git/HEAD"' },
      'dockerignore:1',
    ],
  ])('%s', (_name, values, expected) => {
    expect(found(values as Record<string, string>)).toEqual([expected]);
  });

  test('the test port is overridden only where the tests set one', () => {
    const runtime = { 'config/runtime/shop.ShopWeb.Endpoint.http.port': 'port()' };
    expect(found(runtime)).toEqual([]);
    expect(found({ ...runtime, 'config/test/shop.ShopWeb.Endpoint.http.port': '4002' })).toEqual(['port-in-runtime:1']);
    const kept = { 'config/runtime:test/shop.ShopWeb.Endpoint.http.port': '4002' };
    expect(found({ ...runtime, 'config/test/shop.ShopWeb.Endpoint.http.port': '4002', ...kept })).toEqual([]);
  });

  test('an umbrella sets the port of its core app, or rightly that of its web app', () => {
    expect(found({ 'config/runtime/shop.ShopWeb.Endpoint.http.port': 'port()' }, umbrella)).toEqual([
      'port-in-runtime:1',
    ]);
    expect(found({ 'config/runtime/shop_web.ShopWeb.Endpoint.http.port': 'port()' }, umbrella)).toEqual([]);
  });

  test('the pool as API client is wrong, the client that uses it is right', () => {
    expect(found({ 'config/prod/swoosh.api_client': 'Shop.Finch' }, umbrella)).toEqual(['finch:1']);
    expect(found({ 'config/prod/swoosh.api_client': 'Swoosh.ApiClient.Finch' }, umbrella)).toEqual([]);
  });

  test('the request id is missing only where no plug sets it', () => {
    const metadata = { 'config/all/logger.console.metadata': '[:user_id]' };
    expect(found(metadata)).toEqual(['request-id:1']);
    expect(found({ ...metadata, 'endpoint/plug/Plug.RequestId': '[]' })).toEqual([]);
  });
});

test('an app without any of them has no finding', () => {
  expect(
    found({
      'mix/aliases.precommit': '["compile --warnings-as-errors"]',
      'config/prod/shop.ShopWeb.Endpoint.force_ssl.exclude.hosts': '["localhost"]',
      'deps/phoenix': '"~> 1.7.20"',
    }),
  ).toEqual([]);
});

describe('a change that would bring a mistake', () => {
  test('is warned of when the version has it, and only then', () => {
    const change = (since: string, target: string) =>
      cautionsOf({ address: 'mix/aliases.precommit', kind: 'add', since, base: null, target }, false);
    expect(change('1.8.0', '["compile --warning-as-errors"]')).toHaveLength(1);
    expect(change('1.8.2', '["compile --warnings-as-errors"]')).toEqual([]);
  });

  test('the removal of Plug.RequestId is one', () => {
    const removal = { address: 'endpoint/plug/Plug.RequestId', kind: 'remove', base: '[]', target: null } as const;
    expect(cautionsOf({ ...removal, since: '1.3.1' }, false)).toHaveLength(1);
    expect(cautionsOf({ ...removal, since: '1.8.0' }, false)).toEqual([]);
  });

  test('of umbrellas alone means nothing to one app', () => {
    const port = { kind: 'add', since: '1.8.2', base: null, target: 'port()' } as const;
    const address = 'config/runtime/{app}.{Web}.Endpoint.http.port';
    expect(cautionsOf({ ...port, address }, true)[0]).toContain('name the web app');
    expect(cautionsOf({ ...port, address }, false).join()).not.toContain('name the web app');
    expect(cautionsOf({ ...port, address }, false, true)).toEqual([]);
  });

  test('a lower requirement is one', () => {
    const bump = { address: 'deps/phoenix', kind: 'change', base: '"~> 1.7.21"', target: '"~> 1.7.20"' } as const;
    expect(cautionsOf({ ...bump, since: '1.7.22' }, false)[0]).toContain('do not lower');
  });
});

test('a mistake of umbrellas is none elsewhere', () => {
  const address = 'config/runtime/{app}.{Web}.Endpoint.http.port';
  const change = { address, kind: 'add', since: '1.8.2', base: null, target: 'port()' } as const;
  expect(cautionsOf(change, true).length - cautionsOf(change, false).length).toBe(1);
});

test('every mistake belongs to a known topic', () => {
  for (const { topic } of errata) expect(topicById(topic), topic).toBeDefined();
});
