import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/elixir/config/read.ts';
import { changeOf } from '../support/assertions.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { edited, lock, smallShop } from './small-shop.ts';

const address = 'config/runtime/shop.ShopWeb.Endpoint.http.port';
const inTests = (options: string): Files => ({
  ...smallShop,
  'mix.lock': lock({ phoenix: '1.8.0' }),
  'config/test.exs': `import Config\n\nconfig :shop, ShopWeb.Endpoint, ${options}\n`,
});

/** The port of an environment once the step is taken, as its last value in effect. */
function portIn(environment: string, files: Files, app = 'shop.ShopWeb'): string | undefined {
  const steps = planOf(files, { to: '1.8.12' }).steps.filter(({ id }) => id === 'port-in-runtime');
  const after = applied(treeOf(files), steps);
  const config = readConfig(
    (path) => after.text(path),
    () => [],
    { build: 'config/config.exs', runtime: 'config/runtime.exs' },
  );
  const scopes = ['all', environment, 'runtime', `runtime:${environment}`];
  return config.entries
    .filter(({ keyPath, scope }) => keyPath.join('.') === `${app}.Endpoint.http.port` && scopes.includes(scope))
    .map(({ text }) => text)
    .at(-1);
}

describe('PORT read in runtime.exs for every environment', () => {
  test('leaves the tests their port', () => {
    const files = inTests('http: [port: 4102], server: true');
    expect(portIn('test', files)).toBe('4102');
    expect(portIn('dev', files)).toContain('"PORT"');
  });
  test('leaves the tests of an app that is named runtime theirs', () => {
    const rename = (text: string) => text.replaceAll('shop', 'runtime').replaceAll('Shop', 'Runtime');
    const shop = Object.entries(inTests('http: [port: 4102], server: true'));
    const files = Object.fromEntries(shop.map(([path, text]) => [rename(path), rename(text)]));
    expect(portIn('test', files, 'runtime.RuntimeWeb')).toBe('4102');
    expect(portIn('dev', files, 'runtime.RuntimeWeb')).toContain('"PORT"');
  });
  test('leaves it where only the user’s own runtime.exs speaks for it', () => {
    expect(portIn('test', inTests('http: [ip: {127, 0, 0, 1}, port: 4002], server: false'))).toBe('4002');
  });
  test('is taken up once: a second plan finds it done', () => {
    const files = inTests('http: [port: 4102], server: true');
    const steps = planOf(files, { to: '1.8.12' }).steps.filter(({ id }) => id === 'port-in-runtime');
    const again = planOf(applied(treeOf(files), steps).tree(), { to: '1.8.12' });
    expect(changeOf(again, address)).toMatchObject({ verdict: 'done' });
  });
  test('takes along what only development computes, for development alone', () => {
    const files = edited('config/dev.exs', 'port: 4000', 'port: Shop.Ports.free()');
    expect(portIn('dev', files)).toBe('Shop.Ports.free()');
    expect(portIn('prod', files)).toContain('"PORT"');
  });
  test('takes along the port of development that the user chose', () => {
    const files = edited('config/dev.exs', 'port: 4000', 'port: 4567', inTests('http: [port: 4102], server: true'));
    expect(portIn('dev', files)).toContain('4567');
    expect(portIn('test', files)).toBe('4102');
    expect(portIn('prod', files)).not.toContain('4567');
  });
});
