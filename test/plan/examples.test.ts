import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { isOpen } from '../../src/plan/sections.ts';
import {
  changeOf,
  expectNoChange,
  expectNoStep,
  expectOrder,
  expectPatch,
  expectStep,
  expectUnchanged,
  expectUntouched,
} from '../support/assertions.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { application, children, deps, edited, lock, mixfile, shopWith, smallShop } from './small-shop.ts';

/** A file once every pending step of the plan is taken. */
function taken(files: Files, plan: Plan, path: string): string {
  return applied(treeOf(files), plan.steps).text(path) ?? '';
}

describe('half-upgraded: a key under its former name with a value of the user’s', () => {
  const files = edited(
    'config/config.exs',
    'metadata: [:request_id]',
    'metadata: [:request_id, :shop_id]',
    shopWith({ 'mix.lock': lock({ phoenix: '1.7.11' }) }),
  );
  const plan = planOf(files, { to: '1.8.8' });

  test('is one step to review, without a conflict', () => {
    expectStep(plan, 'logger-default-formatter', { status: 'pending', risk: 'review', conflicts: [] });
    expect(plan.steps.filter(({ changes }) => changes.some(({ address }) => address.includes('logger.')))).toHaveLength(
      1,
    );
  });
  test('moves the key: the format takes the new default, the metadata stays', () => {
    const config = taken(files, plan, 'config/config.exs');
    expect(config).not.toContain(':console');
    expect(config).toMatch(
      /config :logger, :default_formatter, format: "\$time[^\n]+", metadata: \[:request_id, :shop_id\]/,
    );
  });
  test('keeps a word of the user’s that an older generator once wrote there', () => {
    const own = edited('config/config.exs', ':shop_id', ':user_id', files);
    const config = taken(own, planOf(own, { to: '1.8.8' }), 'config/config.exs');
    expect(config).toContain('metadata: [:request_id, :user_id]');
    const after = { ...own, 'config/config.exs': config };
    expectUntouched(planOf(after, { to: '1.8.8' }), 'config/config.exs', ':user_id');
  });
  test('comes after the step that lifts the Elixir requirement', () => {
    expectOrder(plan, 'elixir-requirement', 'logger-default-formatter');
    expectStep(plan, 'logger-default-formatter', { after: ['elixir-requirement'] });
    expectPatch(plan, 'mix.exs', '-elixir: "~> 1.14",', '+elixir: "~> 1.15",');
  });
});

describe('lists merge by element', () => {
  test('an alias keeps the user’s own task beside the new ones', () => {
    const aliases = ['"assets.deploy": ["cmd --cd assets npm ci", "esbuild default --minify", "phx.digest"]'];
    const files = shopWith({ 'mix.exs': mixfile({ aliases }), 'mix.lock': lock({ phoenix: '1.7.10' }) });
    const plan = planOf(files, { to: '1.7.14' });
    expect(taken(files, plan, 'mix.exs').replace(/\s+/g, ' ')).toMatch(
      /\[ ?"cmd --cd assets npm ci", ("compile", )?"tailwind shop --minify", "esbuild shop --minify", "phx.digest" ?\]/,
    );
  });
  test('extra applications of the user’s stay', () => {
    const files = edited('mix.exs', ':runtime_tools]', ':runtime_tools, :os_mon]');
    const plan = planOf(files, { to: '1.8.8' });
    expectUntouched(plan, 'mix.exs', ':os_mon');
  });
});

describe('a requirement counts by what it allows', () => {
  const requiring = (phoenix: string) =>
    planOf(shopWith({ 'mix.exs': mixfile({ deps: { ...deps, phoenix } }) }), { to: '1.8.12' });

  test('one that allows the target is not edited: the lock is what holds back', () => {
    const plan = requiring('{:phoenix, "~> 1.7"}');
    expectUntouched(plan, 'mix.exs', '{:phoenix, ');
    expect(plan.commands.some((command) => /^mix deps\.update .*\bphoenix\b/.test(command))).toBe(true);
  });
  test('one that does not is raised', () => {
    expectPatch(
      requiring('{:phoenix, "~> 1.7.14"}'),
      'mix.exs',
      '-{:phoenix, "~> 1.7.14"},',
      '+{:phoenix, "~> 1.8.9"},',
    );
  });
  test('a fork is left alone, said, and left to a person', () => {
    const plan = requiring('{:phoenix, github: "shop/phoenix", branch: "shop"}');
    expectUntouched(plan, 'mix.exs', '{:phoenix, ');
    expect(changeOf(plan, 'deps/phoenix')).toMatchObject({ verdict: 'manual' });
    expect(changeOf(plan, 'deps/phoenix').note).toBeTruthy();
  });
  test('a major version of a companion is for review and links its changelog', () => {
    const phoenix_html = '{:phoenix_html, "~> 3.3"}';
    const plan = planOf(shopWith({ 'mix.exs': mixfile({ deps: { ...deps, phoenix_html } }) }), { to: '1.8.12' });
    const step = plan.steps.find(({ changes }) => changes.some(({ address }) => address === 'deps/phoenix_html'));
    expect(step).toMatchObject({ risk: 'review' });
    expect(step?.docs).toMatch(/phoenix_html.*changelog/i);
  });
});

describe('a removal looks first who uses what goes', () => {
  const client =
    'defmodule Shop.Shipping.Client do\n  def get(url), do: Finch.build(:get, url) |> Finch.request(Shop.Finch)\nend\n';
  const files = shopWith({ 'lib/shop/shipping/client.ex': client });
  const plan = planOf(files, { to: '1.8.8' });

  test('the dep and the child stay, and their users are named', () => {
    expectUntouched(plan, 'mix.exs', '{:finch');
    expectUntouched(plan, 'lib/shop/application.ex', 'Finch');
    for (const address of ['deps/finch', 'supervision/Finch']) {
      expect(changeOf(plan, address).note).toContain('lib/shop/shipping/client.ex');
    }
  });
  test('the client of the mailer changes all the same, and its dep is added', () => {
    expectPatch(plan, 'mix.exs', '+{:req, "~> 0.5"},');
    expect(taken(files, plan, 'config/prod.exs')).toContain('Swoosh.ApiClient.Req');
  });
  test('without users both go', () => {
    const settled = applied(treeOf(smallShop), planOf(smallShop, { to: '1.8.8' }).steps);
    expect(settled.text('mix.exs')).not.toContain(':finch');
    expect(settled.text('lib/shop/application.ex')).not.toContain('Finch');
  });
});

describe('declined is an answer', () => {
  const { swoosh: _, finch: __, ...others } = deps;
  const withoutMail = shopWith({
    'mix.exs': mixfile({ deps: others }),
    'config/config.exs': (smallShop['config/config.exs'] ?? '').replace(/config :shop, Shop.Mailer.*\n/, ''),
    'config/prod.exs': (smallShop['config/prod.exs'] ?? '').replace(/config :swoosh.*\n/g, ''),
    'lib/shop/application.ex': application(children.filter((child) => !child.includes('Finch'))),
    'lib/shop/mailer.ex': '# Letters are sent by hand.\n',
  });
  const plan = planOf(withoutMail, { to: '1.8.8' });

  test('a project without swoosh gets no step for a mailer', () => {
    expectNoChange(plan, 'deps/swoosh');
    expectNoChange(plan, 'deps/req');
    expectNoChange(plan, 'config/all/shop.Shop.Mailer');
    expectUntouched(plan, 'mix.exs', 'swoosh');
  });
  test('the evidence for --no-mailer is named', () => {
    expect(plan.project.flags).toContainEqual({ flag: '--no-mailer', evidence: 'no swoosh in mix.exs' });
  });
});

describe('what is set elsewhere is there', () => {
  const runtime = 'config/runtime.exs';
  const database = `import Config\n\nconfig :shop, Shop.Repo, pool_size: String.to_integer(System.get_env("POOL_SIZE") || "20")\n`;
  const files = {
    ...edited(runtime, `,\n    pool_size: String.to_integer(System.get_env("POOL_SIZE") || "10")`, ''),
    'config/prod.exs': `${smallShop['config/prod.exs']}\nimport_config "database.exs"\n`,
    'config/database.exs': database,
  };
  const plan = planOf(files, { to: '1.8.8' });

  test('it is not added a second time, and its place is named', () => {
    expect(changeOf(plan, 'config/runtime:prod/shop.Shop.Repo.pool_size')).toMatchObject({
      verdict: 'done',
      note: 'set in config/database.exs:3',
    });
  });
  test('read from the environment when the release is built, it is offered to move', () => {
    const step = expectStep(plan, 'runtime-config');
    expect(step.findings).toContainEqual(expect.objectContaining({ path: 'config/database.exs', line: 3 }));
  });
});

test('a condition travels with what it encloses; what is read at compile time stays', () => {
  const block = `if System.get_env("HTTPS") do
  certificates = System.get_env("CERTIFICATES") || "/etc/shop"

  config :shop, ShopWeb.Endpoint,
    https: [port: 443, certfile: Path.join(certificates, "shop.pem"), keyfile: Path.join(certificates, "shop.key")]
end
`;
  const ssl = 'config :shop, ShopWeb.Endpoint, force_ssl: [hsts: true]\n';
  const files = shopWith({ 'config/prod.exs': `${smallShop['config/prod.exs']}\n${ssl}\n${block}` });
  const plan = planOf(files, { to: '1.8.8' });
  const [prod, runtime] = [taken(files, plan, 'config/prod.exs'), taken(files, plan, 'config/runtime.exs')];
  expect(prod).toContain('cache_static_manifest');
  expect(prod).toContain('force_ssl');
  expect(prod).not.toContain('HTTPS');
  expect(runtime).toMatch(/if config_env\(\) == :prod do[\s\S]*if System\.get_env\("HTTPS"\) do\n\s+certificates = /);
  expect(runtime).toContain('keyfile: Path.join(certificates, "shop.key")');
});

test('order means something among children', () => {
  const files = shopWith({
    'mix.lock': lock({ phoenix: '1.3.5' }),
    'lib/shop_web/telemetry.ex': 'defmodule ShopWeb.Telemetry do\n  use Supervisor\nend\n',
    'lib/shop/application.ex': application(['Shop.Repo', 'ShopWeb.Endpoint', '{Shop.Importer, []}']),
  });
  const plan = planOf(files, { to: '1.8.8' });
  const text = taken(files, plan, 'lib/shop/application.ex');
  const order = [
    'ShopWeb.Telemetry',
    'Shop.Repo',
    '{DNSCluster',
    '{Phoenix.PubSub',
    'ShopWeb.Endpoint',
    '{Shop.Importer',
  ];
  const places = order.map((child) => text.indexOf(child));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

describe('a rename is not a removal', () => {
  const esbuild = `config :esbuild,
  version: "0.17.11",
  default: [
    args: ~w(js/app.js --bundle --loader:.svg=dataurl --target=es2017 --outdir=../priv/static/assets),
    cd: Path.expand("../assets", __DIR__),
    env: %{"NODE_PATH" => Path.expand("../deps", __DIR__)}
  ]

import_config`;
  const renamed = edited('config/config.exs', 'import_config', esbuild);
  const files = {
    ...edited('config/dev.exs', '[:shop, ~w(--sourcemap', '[:default, ~w(--sourcemap', renamed),
    'mix.exs': mixfile({ aliases: ['"assets.deploy": ["esbuild default --minify", "phx.digest"]'] }),
    'mix.lock': lock({ phoenix: '1.7.10' }),
  };
  const plan = planOf(files, { to: '1.7.14' });

  test('the user’s argument stays under the new name', () => {
    const config = taken(files, plan, 'config/config.exs');
    expect(config).toContain('  shop: [\n');
    expect(config).not.toContain('default: [');
    expect(config).toContain('--loader:.svg=dataurl');
  });
  test('alias and watcher change with it, in one step', () => {
    const step = plan.steps.find(({ changes }) =>
      changes.some(({ address }) => address.startsWith('config/all/esbuild.shop')),
    );
    expect(step?.edits.map(({ path }) => path).sort()).toEqual(['config/config.exs', 'config/dev.exs', 'mix.exs']);
    expect(taken(files, plan, 'config/dev.exs')).toContain('[:shop, ~w(--sourcemap');
    expect(taken(files, plan, 'mix.exs')).toContain('"esbuild shop --minify"');
  });
});

test('deps formatted otherwise: a bump changes the characters of the requirement alone', () => {
  const aligned = Object.entries(deps).map(([name, text]) =>
    name === 'postgrex'
      ? `# Data\n      ${text}`
      : text.replace(/^\{(:\w+), /, (_, dep: string) => `{${dep.padEnd(24)}, `),
  );
  const spread = '{:phoenix_live_reload    , "~> 1.2",\n        only: :dev,\n        runtime: Mix.env() == :dev}';
  const list = aligned.map((text) => (text.includes(':phoenix_live_reload') ? spread : text));
  const files = shopWith({ 'mix.exs': mixfile({ deps: Object.fromEntries(list.map((text) => [text, text])) }) });
  const plan = planOf(files, { to: '1.8.8' });
  expectPatch(plan, 'mix.exs', '-{:phoenix                , "~> 1.7.14"},', '+{:phoenix                , "~> 1.8.8"},');
  const text = taken(files, plan, 'mix.exs');
  expect(text).toContain('# Data\n      {:postgrex');
  expect(text).toContain(',\n        only: :dev,\n        runtime: Mix.env() == :dev}');
});

describe('a hand-made Dockerfile', () => {
  const dockerfile = `FROM hexpm/elixir:1.14.5-erlang-25.3-alpine-3.18 AS deps
RUN apk add --no-cache git build-base
WORKDIR /shop
COPY mix.exs mix.lock ./
RUN mix deps.get --only prod

FROM deps AS build
ENV MIX_ENV=prod
COPY . .
RUN mix do compile, assets.deploy, release

FROM alpine:3.18 AS run
RUN apk add --no-cache openssl ncurses vips
COPY --from=build /shop/_build/prod/rel/shop /shop
CMD ["/shop/bin/shop", "start"]
`;
  const files = shopWith({ Dockerfile: dockerfile, '.tool-versions': 'elixir 1.17.3-otp-27\nerlang 27.1\n' });
  const plan = planOf(files, { to: '1.8.8' });
  const text = taken(files, plan, 'Dockerfile');

  test('keeps its stages and packages', () => {
    expect(text.match(/^FROM .* AS (deps|build|run)$/gm)).toHaveLength(3);
    expect(text).toContain('vips');
  });
  test('gets the Elixir that the target needs', () => {
    expect(text).not.toContain('elixir:1.14.5');
  });
  test('Alpine is a finding', () => {
    const findings = plan.steps.flatMap((step) => step.findings);
    expect(findings.filter(({ path, message }) => path === 'Dockerfile' && /alpine|musl/i.test(message))).not.toEqual(
      [],
    );
  });
});

test('an umbrella keeps apart what belongs to which app', () => {
  const umbrella: Files = {
    'mix.exs':
      'defmodule Shop.Umbrella.MixProject do\n  use Mix.Project\n\n  def project, do: [apps_path: "apps", version: "1.0.0", deps: []]\nend\n',
    'mix.lock': lock({ phoenix: '1.7.14' }),
    'config/config.exs': `import Config

config :shop, generators: [timestamp_type: :utc_datetime]
config :shop_web, generators: [context_app: :shop]

config :shop_web, ShopWeb.Endpoint, pubsub_server: Shop.PubSub, url: [host: "localhost"]
`,
    'apps/shop/mix.exs': mixfile({ deps: { jason: deps.jason ?? '', ecto_sql: deps.ecto_sql ?? '' } }),
    'apps/shop/lib/shop/application.ex': application(['Shop.Repo', '{Phoenix.PubSub, name: Shop.PubSub}']),
    'apps/shop_web/mix.exs': mixfile({ deps: { ...deps, shop: '{:shop, in_umbrella: true}' } })
      .replace('app: :shop,', 'app: :shop_web,')
      .replace('Shop.MixProject', 'ShopWeb.MixProject')
      .replace('{Shop.Application', '{ShopWeb.Application'),
    'apps/shop_web/lib/shop_web/application.ex': application(['ShopWeb.Endpoint']).replace(
      'defmodule Shop.Application',
      'defmodule ShopWeb.Application',
    ),
    'apps/shop_web/lib/shop_web/endpoint.ex': smallShop['lib/shop_web/endpoint.ex'] ?? '',
    'apps/shop_web/lib/shop_web/router.ex': smallShop['lib/shop_web/router.ex'] ?? '',
  };
  const plan = planOf(umbrella, { to: '1.8.8' });
  expect(plan.project.umbrella).toBe(true);
  expectPatch(plan, 'apps/shop_web/mix.exs', '-{:phoenix, "~> 1.7.14"},', '+{:phoenix, "~> 1.8.8"},');
  expectUntouched(plan, 'mix.exs', '{:phoenix, ');
  expectUntouched(plan, 'apps/shop_web/mix.exs', 'in_umbrella');
  expect(
    plan.steps.flatMap(({ edits }) => edits.map(({ path }) => path)).filter((path) => path.startsWith('lib/')),
  ).toEqual([]);
});

describe('nothing to do is proved', () => {
  const plan = planOf(
    edited('mix.exs', '"~> 1.7.14"', '"~> 1.7.17"', shopWith({ 'mix.lock': lock({ phoenix: '1.7.17' }) })),
    {
      to: '1.7.17',
    },
  );

  test('the versions, the source and how much agrees are said', () => {
    expect(plan).toMatchObject({ from: '1.7.17', to: '1.7.17', source: { to: 'snapshots' } });
    expect(plan.agreement.facts).toBeGreaterThan(50);
  });
  test('nothing is open but the release files, which mix phx.new does not write', () => {
    expect(plan.steps.filter(isOpen).map(({ id }) => id)).toEqual(['release']);
  });
  test('the account has nothing to count', () => {
    expect(plan.account).toEqual({ hunks: 0, covered: 0, leftOut: [] });
  });
});

test('what a person sees leads with what is required', () => {
  const plan = planOf(smallShop, { to: '1.8.8' });
  const [first] = plan.steps;
  expect(first?.need).toBe('required');
  expectNoStep(plan, 'elixir-requirement-by-hand');
  expectUnchanged(plan, 'lib/shop/repo.ex');
});
