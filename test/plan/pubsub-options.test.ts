import { describe, expect, test } from 'vitest';
import { changeOf, patchLines } from '../support/assertions.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { application, children, edited, lock, mixfile, smallShop } from './small-shop.ts';

const withoutPubSub = application(children.filter((child) => !child.includes('PubSub')));

/** The shop while it was on Phoenix 1.4, whose endpoint was given the options of PubSub. */
function shop(options: string, others: Files = {}): Files {
  const files = edited('config/config.exs', 'pubsub_server: Shop.PubSub', `pubsub: [${options}]`);
  const dep = { phoenix: '{:phoenix, "~> 1.4.9"}', phoenix_pubsub: '{:phoenix_pubsub, "~> 1.1"}' };
  return {
    ...files,
    'mix.exs': mixfile({ deps: { ...dep, ecto_sql: '{:ecto_sql, "~> 3.1"}', jason: '{:jason, "~> 1.2"}' } }),
    'mix.lock': lock({ phoenix: '1.4.17', phoenix_pubsub: '1.1.2' }),
    'lib/shop/application.ex': withoutPubSub,
    ...others,
  };
}

function afterStep(files: Files, path: string): string | undefined {
  const steps = planOf(files, { to: '1.5.14' }).steps.filter(({ id }) => id === 'pubsub');
  return applied(treeOf(files), steps).text(path);
}

describe('PubSub on its way from the endpoint to the supervision tree', () => {
  test('keeps the user’s adapter, its options and its name', () => {
    const files = shop('name: Shop.Bus, adapter: Phoenix.PubSub.Redis, host: "cache.shop", node_name: "till-1"');
    const started = afterStep(files, 'lib/shop/application.ex')?.replace(/\s+/g, ' ');
    expect(started).toContain(
      '{Phoenix.PubSub, name: Shop.Bus, adapter: Phoenix.PubSub.Redis, host: "cache.shop", node_name: "till-1"}',
    );
    const config = afterStep(files, 'config/config.exs');
    expect(config).toContain('pubsub_server: Shop.Bus');
    expect(config).not.toContain('pubsub: [');
  });
  test('takes no adapter along that PubSub 2 takes by itself', () => {
    const started = afterStep(
      shop('name: Shop.PubSub, adapter: Phoenix.PubSub.PG2, pool_size: 4'),
      'lib/shop/application.ex',
    );
    expect(started).toContain('{Phoenix.PubSub, name: Shop.PubSub, pool_size: 4}');
  });
  test('is left to a person where one environment has options of its own', () => {
    const prod = `${smallShop['config/prod.exs']}\nconfig :shop, ShopWeb.Endpoint, pubsub: [adapter: Phoenix.PubSub.Redis]\n`;
    const plan = planOf(shop('name: Shop.PubSub, adapter: Phoenix.PubSub.PG2', { 'config/prod.exs': prod }), {
      to: '1.5.14',
    });
    expect(changeOf(plan, 'supervision/Phoenix.PubSub')).toMatchObject({
      verdict: 'manual',
      note: expect.stringContaining('config/prod.exs:'),
    });
    expect(patchLines(plan, 'lib/shop/application.ex').join()).not.toContain('{Phoenix.PubSub');
  });
});
