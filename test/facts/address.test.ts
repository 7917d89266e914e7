import { describe, expect, test } from 'vitest';
import { Address, AddressMap, AddressSet, addressOf, fileAddress } from '../../src/facts/address.ts';

const of = (text: string) => new Address(text);
const port = of('config/runtime:prod/shop.ShopWeb.Endpoint.http.port');

describe('an address', () => {
  test.each([
    ['config/prod/shop.ShopWeb.Endpoint.force_ssl', ['prod', 'shop', 'ShopWeb.Endpoint', 'force_ssl']],
    ['deps@web/phoenix_html', ['phoenix_html']],
    ['deps/esbuild.runtime', ['esbuild', 'runtime']],
    ['mix/aliases.assets.deploy', ['aliases', 'assets.deploy']],
    ['endpoint/plug/Plug.Static.only', ['plug/Plug.Static', 'only']],
    ['web@web/router.scope./dev', ['router', 'scope', '/dev']],
    ['file/lib/shop_web.ex', ['lib/shop_web.ex']],
  ])('%s has its keys', (text, path) => {
    const address = of(text);
    expect(address.path).toEqual(path);
    expect(addressOf(address.area, address.member, path).text).toBe(text);
  });

  test('of config has a scope, and the same key in another one', () => {
    expect([port.scope, ...port.keyPath]).toEqual(['runtime:prod', 'shop', 'ShopWeb.Endpoint', 'http', 'port']);
    expect(port.inScope('test').text).toBe('config/test/shop.ShopWeb.Endpoint.http.port');
    expect(port.hasKeyOf(port.inScope('all'))).toBe(true);
    expect(port.hasKeyOf(of('config/all/shop.ShopWeb.Endpoint.http.ip'))).toBe(false);
    expect(of('deps/phoenix').scope).toBe('');
  });

  test('keeps the app that has the name of a scope', () => {
    expect(of('config/runtime/runtime.RuntimeWeb.Endpoint.http.port').inScope('test').text).toBe(
      'config/test/runtime.RuntimeWeb.Endpoint.http.port',
    );
  });

  test('is below another where a key lies between them, not where a name only begins alike', () => {
    expect(of('deps/phoenix.override').isBelow(of('deps/phoenix'))).toBe(true);
    expect(of('deps/phoenix_html').isBelow(of('deps/phoenix'))).toBe(false);
    expect(port.ancestors.map(({ text }) => text)).toContain('config/runtime:prod/shop.ShopWeb.Endpoint.http');
  });

  test('of an option knows what it is an option of', () => {
    expect(of('deps@core/ecto.only').owner?.text).toBe('deps@core/ecto');
    expect(of('endpoint/code_reloading/socket//live.websocket').owner?.text).toBe(
      'endpoint/code_reloading/socket//live',
    );
    expect(of('deps/ecto').owner).toBeNull();
    expect(port.owner).toBeNull();
  });

  test.each(['supervision/order', 'supervision@core/order', 'endpoint/code_reloading/order', 'docker/build.order'])(
    '%s states an order',
    (text) => expect(of(text).isOrder).toBe(true),
  );
  test.each(['deps/order', 'config/all/shop.order', 'supervision/Shop.order', 'file/order'])('%s states none', (text) =>
    expect(of(text).isOrder).toBe(false),
  );
});

test('maps and sets go by what an address says, not by which object says it', () => {
  const map = new AddressMap([[fileAddress('mix.exs'), 1]]);
  expect(map.get(of('file/mix.exs'))).toBe(1);
  expect(new AddressSet([port]).has(of(port.text))).toBe(true);
  expect(of(port.text).equals(port)).toBe(true);
});

describe('an address without the names of its project', () => {
  const names = { app: 'config', webApp: 'web', module: 'Config', webModule: 'Web' };

  test.each([
    ['deps@web/phoenix', 'deps@web/phoenix'],
    ['config/all/config.Web.Endpoint.url', 'config/all/{app}.{Web}.Endpoint.url'],
    ['mix@web/project.app', 'mix@web/project.app'],
  ])('%s keeps its area and member', (text, expected) => {
    expect(new Address(text).withoutNames(names).text).toBe(expected);
  });
});
