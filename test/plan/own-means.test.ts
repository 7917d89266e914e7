import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { patchLines } from '../support/assertions.ts';
import { type Files, planOf } from '../support/projects.ts';
import { application, children, deps, edited, lock, mixfile, shopWith, smallShop } from './small-shop.ts';

const added = (plan: Plan, path: string) => patchLines(plan, path).filter((line) => line.startsWith('+'));
const to = '1.8.8';

describe('a child that the app starts somewhere else', () => {
  const without = application(children.filter((child) => !child.includes('PubSub') && !child.includes('DNSCluster')));
  const supervisor = (spec: string) => `defmodule Shop.Buses do
  use Supervisor
  alias Phoenix.PubSub

  def start_link(_), do: Supervisor.start_link(__MODULE__, [], name: __MODULE__)

  @impl true
  def init(_), do: Supervisor.init([${spec}], strategy: :one_for_one)
end
`;
  const planned = (spec: string) =>
    planOf(shopWith({ 'lib/shop/application.ex': without, 'lib/shop/buses.ex': supervisor(spec) }), {
      from: '1.4.18',
      to,
    });

  test.each([
    '{Phoenix.PubSub, name: Shop.PubSub}',
    '{PubSub, name: Shop.PubSub, pool_size: 4}',
    'PubSub.child_spec(name: Shop.PubSub)',
    '%{id: :bus, start: {Phoenix.PubSub.Supervisor, :start_link, [[name: Shop.PubSub]]}, type: :supervisor}',
  ])('is not started twice: %s', (spec) => {
    expect(added(planned(spec), 'lib/shop/application.ex').join()).not.toContain('Phoenix.PubSub');
  });
  test('is another one where it has another name', () => {
    const lines = added(planned('{Phoenix.PubSub, name: Shop.OtherPubSub}'), 'lib/shop/application.ex');
    expect(lines.join()).toContain('{Phoenix.PubSub, name: Shop.PubSub}');
  });
});

describe('a part of the app’s own', () => {
  test('keeps the generator’s from being put beside it', () => {
    const { dns_cluster: _, ...rest } = deps;
    const own = { ...rest, libcluster: '{:libcluster, "~> 3.3"}' };
    const lone = application(children.filter((child) => !child.includes('DNSCluster')));
    const plan = planOf(
      shopWith({ ...smallShop, 'mix.exs': mixfile({ deps: own }), 'lib/shop/application.ex': lone }),
      { from: '1.7.2', to },
    );
    const lines = [...added(plan, 'mix.exs'), ...added(plan, 'lib/shop/application.ex')].join();
    expect(lines).not.toMatch(/dns_cluster|DNSCluster/);
  });
});

describe('an HTTP client for mail', () => {
  const { finch: _, ...withoutFinch } = deps;
  const children = ['{Finch, name: Shop.Finch}'];
  const planned = (adapter: string, own: Readonly<Record<string, string>> = {}) =>
    planOf(
      shopWith({
        'mix.exs': mixfile({ deps: { ...withoutFinch, ...own } }),
        'lib/shop/application.ex': application(children.filter((child) => !child.includes('Finch'))),
        'config/config.exs': `${smallShop['config/config.exs']}\nconfig :swoosh, :api_client, false\n`,
        'config/runtime.exs': `import Config\n\nconfig :shop, Shop.Mailer, adapter: ${adapter}\n`,
        'mix.lock': lock({ phoenix: '1.6.15' }),
      }),
      { from: '1.6.15', to: '1.7.14' },
    ).steps.find(({ id }) => id === 'finch')?.status;

  test.each(['Swoosh.Adapters.SMTP', 'Swoosh.Adapters.Sendmail'])('is not brought to mail by %s', (adapter) => {
    expect(planned(adapter)).not.toBe('pending');
  });
  test('is not brought beside hackney, which Swoosh takes by itself', () => {
    expect(planned('Swoosh.Adapters.Mailgun', { hackney: '{:hackney, "~> 1.18"}' })).not.toBe('pending');
  });
  test('is named in no setting before a person has started it where children are computed', () => {
    const computed = application([]).replace(/children = \[[^\]]*\]/, 'children = Shop.Children.all()');
    const plan = planOf(
      shopWith({
        'mix.exs': mixfile({ deps: withoutFinch }),
        'lib/shop/application.ex': computed,
        'config/config.exs': `${smallShop['config/config.exs']}\nconfig :swoosh, :api_client, false\n`,
        'mix.lock': lock({ phoenix: '1.6.15' }),
      }),
      { from: '1.6.15', to: '1.7.14' },
    );
    expect(plan.steps.find(({ id }) => id === 'finch')).toMatchObject({ status: 'manual', edits: [] });
  });
  test.each(['Swoosh.Adapters.Mailgun', 'Swoosh.Adapters.Local'])('is brought where mail is sent by %s', (adapter) => {
    expect(planned(adapter)).toBe('pending');
  });
});

test('a client for mail is not switched off where a service sends it and nothing switches one on', () => {
  const planned = (adapter: string) =>
    planOf(
      shopWith({
        'config/prod.exs': 'import Config\n\nconfig :logger, level: :info\n',
        'config/config.exs': `${smallShop['config/config.exs']}\nconfig :swoosh, local: false\n`,
        'config/runtime.exs': `import Config\n\nconfig :shop, Shop.Mailer, adapter: ${adapter}\n`,
        'mix.lock': lock({ phoenix: '1.5.14' }),
      }),
      { from: '1.5.14', to: '1.6.16' },
    );
  expect(added(planned('Swoosh.Adapters.Postmark'), 'config/config.exs').join()).not.toContain('api_client');
  expect(added(planned('Swoosh.Adapters.SMTP'), 'config/config.exs').join()).toContain('api_client');
});

test('a plug that the router has is not put into the endpoint, too', () => {
  const router = (plug: string) => `defmodule ShopWeb.Router do
  use ShopWeb, :router

  pipeline :browser do
    plug :accepts, ["html"]
    plug(${plug})
  end
end
`;
  const without = edited('lib/shop_web/endpoint.ex', '  plug Plug.RequestId\n', '');
  const planned = (plug: string) =>
    added(
      planOf({ ...without, 'lib/shop_web/router.ex': router(plug) }, { from: '1.3.4', to }),
      'lib/shop_web/endpoint.ex',
    ).join();
  expect(planned('Plug.RequestId')).not.toContain('Plug.RequestId');
  expect(planned('Plug.Head')).toContain('Plug.RequestId');
});

describe('what runtime.exs says by other means', () => {
  const planned = (text: string) => planOf(shopWith({ 'config/runtime.exs': `import Config\n\n${text}` }), { to });

  test('is not said again: a database by its parts', () => {
    const plan = planned(`if config_env() == :prod do
  config :shop, Shop.Repo, hostname: System.get_env("DB_HOST"), database: "shop"
end
`);
    expect(added(plan, 'config/runtime.exs').join()).not.toContain('DATABASE_URL');
  });
  test('leaves the value for all environments to those that fall back on it', () => {
    const value = '[secret_key_base: System.get_env("SHOP_KEY")] |> Keyword.filter(&elem(&1, 1))';
    const config = `${smallShop['config/config.exs']}\nconfig :shop, ShopWeb.Endpoint, secret_key_base: "of-old"\n`;
    const files = {
      'config/config.exs': config,
      'config/runtime.exs': `import Config\n\nconfig :shop, ShopWeb.Endpoint, ${value}\n`,
    };
    const plan = planOf(shopWith({ ...files, 'mix.lock': lock({ phoenix: '1.5.9' }) }), { from: '1.5.9', to });
    expect(patchLines(plan, 'config/config.exs').join()).not.toContain('of-old');
  });
  test('is not contradicted: a server on an IPv4 address gets no socket of IPv6', () => {
    const endpoint = 'http: [ip: {10, 0, 0, 7}, port: 4000]';
    const own = { 'config/prod.exs': `import Config\n\nconfig :shop, ShopWeb.Endpoint, ${endpoint}\n` };
    const plan = planOf(shopWith({ ...own, 'mix.lock': lock({ phoenix: '1.4.9' }) }), { from: '1.4.9', to: '1.5.14' });
    expect(plan.steps.flatMap(({ edits }) => edits.map(({ patch }) => patch)).join()).not.toContain(':inet6');
  });
  test.each([
    ['a call', 'http: Shop.Bind.http()'],
    ['a pipe', '[http: [port: System.get_env("SHOP_PORT")]] |> Keyword.filter(&elem(&1, 1))'],
    ['a joined list', '[http: [port: 80]] ++ Shop.Bind.more()'],
  ])('is not said again: keys inside of what %s gives', (_, value) => {
    const plan = planned(`config :shop, ShopWeb.Endpoint, ${value}\n`);
    expect(added(plan, 'config/runtime.exs').join()).not.toMatch(/http: \[|port:/);
  });
  test('is not said again: what a function that runtime.exs calls sets, in no environment', () => {
    const settings = `defmodule Shop.Settings do
  def load do
    import Config

    if port = System.get_env("SHOP_PORT") do
      config :shop, ShopWeb.Endpoint, http: [port: String.to_integer(port)]
    end

    config :shop, ShopWeb.Endpoint, secret_key_base: System.fetch_env!("SHOP_KEY"), url: [host: "shop.example"]
  end
end
`;
    const files = {
      'lib/shop/settings.ex': settings,
      'config/runtime.exs': 'import Config\n\nShop.Settings.load()\n',
      'config/prod.exs': 'import Config\n\nconfig :shop, ShopWeb.Endpoint, http: [port: 80], server: true\n',
    };
    const plan = planOf(shopWith({ ...files, 'fly.toml': 'app = "shop"\n' }), { from: '1.5.9', to });
    const lines = added(plan, 'config/runtime.exs').join('\n');
    expect(lines).not.toMatch(/port|secret_key_base|PHX_HOST|https/);
    expect(lines).toContain('ip: {0, 0, 0, 0');
    // Only a platform of IPv6 asks for an address beside a port.
    const elsewhere = planOf(shopWith(files), { from: '1.5.9', to });
    expect(added(elsewhere, 'config/runtime.exs').join()).not.toContain('ip: {');
  });
  test('has the last word: a host of prod.exs is not put over a URL that a call gives', () => {
    const runtime =
      'import Config\n\nif config_env() == :prod do\n  config :shop, ShopWeb.Endpoint, url: Shop.Site.url()\nend\n';
    const prod = `${smallShop['config/prod.exs']}\nconfig :shop, ShopWeb.Endpoint, url: [host: "shop.example"]\n`;
    const plan = planOf(shopWith({ 'config/runtime.exs': runtime, 'config/prod.exs': prod }), { from: '1.5.9', to });
    expect(added(plan, 'config/runtime.exs').join()).not.toMatch(/shop\.example|PHX_HOST/);
  });
});

describe('a dep of the app’s own accord', () => {
  test('is not narrowed to the environment that the generator has it in', () => {
    const own = { ...deps, floki: '{:floki, "~> 0.30"}' };
    const plan = planOf(shopWith({ 'mix.exs': mixfile({ deps: own }) }), { from: '1.5.9', to: '1.7.14' });
    expect(added(plan, 'mix.exs').join()).not.toContain('only: :test');
  });
  test('that mails is not configured anew: without a client of its API production would send nothing', () => {
    const config = (smallShop['config/config.exs'] ?? '').replace(/config :shop, Shop\.Mailer.*\n/, '');
    const files = {
      'config/config.exs': config,
      'config/dev.exs': `${smallShop['config/dev.exs']}\nconfig :shop, Shop.Mailer, adapter: Swoosh.Adapters.Local\n`,
      'config/prod.exs': 'import Config\n',
      'config/test.exs': 'import Config\n\nconfig :shop, Shop.Mailer, adapter: Swoosh.Adapters.Test\n',
      'mix.lock': lock({ phoenix: '1.5.9' }),
    };
    const plan = planOf(shopWith(files), { from: '1.5.9', to: '1.6.16' });
    expect(added(plan, 'config/config.exs').join()).not.toMatch(/api_client|Mailer/);
  });
});

test('an alias whose tasks are none of the generator’s means something else', () => {
  const mix = mixfile({ aliases: ['"assets.deploy": ["cmd make -C web"]', 'precommit: ["cmd lefthook run all"]'] });
  const lines = added(planOf(shopWith({ 'mix.exs': mix }), { to }), 'mix.exs');
  expect(lines.filter((line) => /assets\.deploy|precommit:|lefthook/.test(line))).toEqual([]);
});

test('TLS that the endpoint plugs itself is not asked for again', () => {
  const endpoint = `defmodule ShopWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :shop

  plug Plug.SSL, rewrite_on: [:x_forwarded_proto]
  plug ShopWeb.Router
end
`;
  const plan = planOf(shopWith({ 'lib/shop_web/endpoint.ex': endpoint }), { to: '1.8.12' });
  expect(added(plan, 'config/prod.exs').join()).not.toContain('force_ssl');
});

test('an app without sessions or keys is asked for no key', () => {
  const sessionless = edited('lib/shop_web/endpoint.ex', '  plug Plug.Session, @session_options\n', '');
  const without = edited(
    'config/dev.exs',
    '  secret_key_base: "only-for-the-shop-on-this-machine",\n',
    '',
    sessionless,
  );
  const planned = (files: Files) => added(planOf(files, { from: '1.5.14', to }), 'config/test.exs').join();
  expect(planned(without)).not.toContain('secret_key_base');
  expect(planned(sessionless)).toContain('secret_key_base');
});

test('a dep that the app has in more environments than the generator stays as it is', () => {
  const floki = (only: string) => ({ ...deps, floki: `{:floki, ">= 0.30.0", only: ${only}}` });
  const planned = (only: string) =>
    planOf(shopWith({ 'mix.exs': mixfile({ deps: floki(only) }), 'mix.lock': lock({ phoenix: '1.5.14' }) }), {
      from: '1.5.14',
      to: '1.6.16',
    }).steps.flatMap(({ changes }) => changes.filter(({ address }) => address === 'deps/floki.only'));
  expect(planned('[:test, :load]')).toMatchObject([{ verdict: 'declined' }]);
  expect(planned('[:load]')).not.toMatchObject([{ verdict: 'declined' }]);
});

test('a list that takes no keys gets none: what came later would replace it', () => {
  const runtime =
    'import Config\n\nconfig :shop, ShopWeb.Endpoint, http: [:inet6, port: String.to_integer(System.get_env("SHOP_PORT"))]\n';
  const plan = planOf(shopWith({ 'config/runtime.exs': runtime, 'fly.toml': 'app = "shop"\n' }), {
    from: '1.5.14',
    to,
  });
  expect(added(plan, 'config/runtime.exs').join()).not.toContain('http:');
});
