import { describe, expect, test } from 'vitest';
import type { Names } from '../../src/elixir/names.ts';
import { Address } from '../../src/facts/address.ts';
import { composeHistory } from '../../src/facts/history.ts';
import { buildSnapshots } from '../../src/facts/snapshot-builder.ts';
import { formatRanges, parseRanges } from '../../src/facts/version-set.ts';
import type { Snapshots } from '../../src/pristine/snapshots.ts';

const shop: Names = { app: 'shop', webApp: 'shop', module: 'Shop', webModule: 'ShopWeb' };
const versions = ['1.6.0', '1.7.0', '1.8.0'];

type Facts = Record<string, string>;

function snapshots(projects: Record<string, Record<string, Facts>>, others: Record<string, Facts> = {}): Snapshots {
  const all = Object.entries(projects).flatMap(([variant, byVersion]) =>
    Object.entries(byVersion).map(([version, facts]) => ({ variant, version, facts: new Map(Object.entries(facts)) })),
  );
  const elsewhere = Object.entries(others).map(([version, facts]) => ({
    variant: 'default',
    version,
    facts: new Map(Object.entries(facts)),
  }));
  const { index, variants } = buildSnapshots(all, elsewhere, versions);
  return { index, variant: (name) => variants[name]! };
}

describe('history of the default project', () => {
  const history = composeHistory(
    snapshots({
      default: {
        '1.6.0': { 'deps/phoenix': '"~> 1.6.0"', 'config/all/{app}.{Web}.Endpoint.url': '[host: "{app}"]' },
        '1.7.0': { 'deps/phoenix': '"~> 1.7.0"' },
        '1.8.0': { 'deps/phoenix': '"~> 1.8.0"' },
      },
    }),
    [],
    shop,
  );

  test("carries the project's names in addresses and values", () => {
    expect(history.valueAt(new Address('config/all/shop.ShopWeb.Endpoint.url'), '1.6.0')).toBe('[host: "shop"]');
  });

  test('knows every version that wrote a value', () => {
    expect(history.wrote(new Address('deps/phoenix'), '"~> 1.7.0"')).toBe(parseRanges('1'));
    expect(history.wrote(new Address('deps/phoenix'), '"~> 1.7.3"')).toBe(0n);
  });

  test('has no value where a version wrote none', () => {
    expect(history.valueAt(new Address('config/all/shop.ShopWeb.Endpoint.url'), '1.8.0')).toBeUndefined();
  });
});

describe('history with flags that no pristine project combines', () => {
  const store = snapshots({
    default: {
      '1.8.0': { 'mix/aliases.setup': '["deps.get", "ecto.setup", "assets.setup"]', 'deps/swoosh': '"~> 1.0"' },
    },
    'no-ecto': { '1.8.0': { 'mix/aliases.setup': '["deps.get", "assets.setup"]', 'deps/swoosh': '"~> 1.0"' } },
    'no-assets': { '1.8.0': { 'mix/aliases.setup': '["deps.get", "ecto.setup"]', 'deps/swoosh': '"~> 1.0"' } },
    'no-mailer': { '1.8.0': { 'mix/aliases.setup': '["deps.get", "ecto.setup", "assets.setup"]' } },
  });

  test('merges lists that two flags shorten', () => {
    const history = composeHistory(store, ['no-ecto', 'no-assets'], shop);
    expect(history.valueAt(new Address('mix/aliases.setup'), '1.8.0')).toBe('["deps.get"]');
  });

  test('leaves out what one of them leaves out', () => {
    const history = composeHistory(store, ['no-ecto', 'no-mailer'], shop);
    expect(history.valueAt(new Address('deps/swoosh'), '1.8.0')).toBeUndefined();
    expect(history.valueAt(new Address('mix/aliases.setup'), '1.8.0')).toBe('["deps.get", "assets.setup"]');
  });
});

test("a flag's differences are carried over to the members of an umbrella", () => {
  const store = snapshots({
    default: { '1.8.0': { 'deps/swoosh': '"~> 1.0"', 'deps/jason': '"~> 1.2"' } },
    'no-mailer': { '1.8.0': { 'deps/jason': '"~> 1.2"' } },
    umbrella: { '1.8.0': { 'deps@core/swoosh': '"~> 1.0"', 'deps@web/jason': '"~> 1.2"' } },
  });
  const history = composeHistory(store, ['umbrella', 'no-mailer'], shop);
  expect(history.valueAt(new Address('deps@core/swoosh'), '1.8.0')).toBeUndefined();
  expect(history.valueAt(new Address('deps@web/jason'), '1.8.0')).toBe('"~> 1.2"');
});

test('what another machine makes the generator write is its own value too', () => {
  const address = 'config/dev/{app}.{Web}.Endpoint.http.ip';
  const store = snapshots(
    { default: { '1.8.0': { [address]: '{127, 0, 0, 1}' } } },
    { '1.8.0': { [address]: '{0, 0, 0, 0}' } },
  );
  const history = composeHistory(store, [], shop);
  expect(history.wrote(new Address('config/dev/shop.ShopWeb.Endpoint.http.ip'), '{0, 0, 0, 0}')).toBe(parseRanges('2'));
});

test('ranges are written and read back', () => {
  for (const text of ['0', '0-3', '0 2 4-9', '95-96']) expect(formatRanges(parseRanges(text))).toBe(text);
});
