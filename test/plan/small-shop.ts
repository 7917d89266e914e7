import type { Files } from '../support/projects.ts';

/** The deps of a shop on Phoenix 1.7, in the shop's own order. */
export const deps: Readonly<Record<string, string>> = {
  bandit: '{:bandit, "~> 1.5"}',
  dns_cluster: '{:dns_cluster, "~> 0.1.1"}',
  ecto_sql: '{:ecto_sql, "~> 3.10"}',
  esbuild: '{:esbuild, "~> 0.8", runtime: Mix.env() == :dev}',
  finch: '{:finch, "~> 0.13"}',
  floki: '{:floki, ">= 0.30.0", only: :test}',
  gettext: '{:gettext, "~> 0.20"}',
  jason: '{:jason, "~> 1.2"}',
  phoenix: '{:phoenix, "~> 1.7.14"}',
  phoenix_ecto: '{:phoenix_ecto, "~> 4.5"}',
  phoenix_html: '{:phoenix_html, "~> 4.1"}',
  phoenix_live_dashboard: '{:phoenix_live_dashboard, "~> 0.8.3"}',
  phoenix_live_reload: '{:phoenix_live_reload, "~> 1.2", only: :dev}',
  phoenix_live_view: '{:phoenix_live_view, "~> 1.0.0"}',
  postgrex: '{:postgrex, ">= 0.0.0"}',
  swoosh: '{:swoosh, "~> 1.5"}',
  tailwind: '{:tailwind, "~> 0.2", runtime: Mix.env() == :dev}',
  telemetry_metrics: '{:telemetry_metrics, "~> 1.0"}',
  telemetry_poller: '{:telemetry_poller, "~> 1.0"}',
};

interface MixParts {
  readonly deps?: Readonly<Record<string, string>>;
  readonly elixir?: string;
  readonly aliases?: readonly string[];
}

export function mixfile(parts: MixParts = {}): string {
  const aliases = parts.aliases ?? [
    'setup: ["deps.get", "ecto.setup", "assets.setup", "assets.build"]',
    '"assets.deploy": ["tailwind shop --minify", "esbuild shop --minify", "phx.digest"]',
  ];
  return `defmodule Shop.MixProject do
  use Mix.Project

  def project do
    [
      app: :shop,
      version: "2.4.0",
      elixir: "${parts.elixir ?? '~> 1.14'}",
      elixirc_paths: if(Mix.env() == :test, do: ["lib", "test/support"], else: ["lib"]),
      start_permanent: Mix.env() == :prod,
      deps: deps(),
      aliases: aliases()
    ]
  end

  def application, do: [mod: {Shop.Application, []}, extra_applications: [:logger, :runtime_tools]]

  defp aliases do
    [
      ${aliases.join(',\n      ')}
    ]
  end

  defp deps do
    [
      ${Object.values(parts.deps ?? deps).join(',\n      ')}
    ]
  end
end
`;
}

export function lock(versions: Readonly<Record<string, string>>): string {
  const lines = Object.entries(versions).map(
    ([name, version]) => `  "${name}": {:hex, :${name}, "${version}", "${'0'.repeat(8)}", [:mix], [], "hexpm", "0"},\n`,
  );
  return `%{\n${lines.join('')}}\n`;
}

export function application(children: readonly string[]): string {
  return `defmodule Shop.Application do
  @moduledoc "Starts the shop."
  use Application

  @impl true
  def start(_type, _args) do
    children = [
      ${children.join(',\n      ')}
    ]

    Supervisor.start_link(children, strategy: :one_for_one, name: Shop.Supervisor)
  end

  @impl true
  def config_change(changed, _new, removed) do
    ShopWeb.Endpoint.config_change(changed, removed)
  end
end
`;
}

export const children: readonly string[] = [
  'ShopWeb.Telemetry',
  'Shop.Repo',
  '{DNSCluster, query: Application.get_env(:shop, :dns_cluster_query) || :ignore}',
  '{Phoenix.PubSub, name: Shop.PubSub}',
  '{Finch, name: Shop.Finch}',
  'ShopWeb.Endpoint',
];

/** A small shop on Phoenix 1.7, written by hand and untouched where the generator writes something. */
export const smallShop: Files = {
  'mix.exs': mixfile(),
  'mix.lock': lock({ phoenix: '1.7.14', phoenix_html: '4.1.1', phoenix_live_view: '1.0.0' }),
  'config/config.exs': `import Config

config :shop, ecto_repos: [Shop.Repo], generators: [timestamp_type: :utc_datetime]

config :shop, Shop.Mailer, adapter: Swoosh.Adapters.Local

config :shop, ShopWeb.Endpoint,
  adapter: Bandit.PhoenixAdapter,
  live_view: [signing_salt: "qK2mXw9z"],
  pubsub_server: Shop.PubSub,
  render_errors: [formats: [html: ShopWeb.ErrorHTML, json: ShopWeb.ErrorJSON], layout: false],
  url: [host: "localhost"]

config :logger, :console, format: "$time $metadata[$level] $message\\n", metadata: [:request_id]

config :phoenix, :json_library, Jason

import_config "#{config_env()}.exs"
`,
  'config/dev.exs': `import Config

config :shop, dev_routes: true

config :shop, ShopWeb.Endpoint,
  http: [ip: {127, 0, 0, 1}, port: 4000],
  code_reloader: true,
  check_origin: false,
  debug_errors: true,
  secret_key_base: "only-for-the-shop-on-this-machine",
  watchers: [
    tailwind: {Tailwind, :install_and_run, [:shop, ~w(--watch)]},
    esbuild: {Esbuild, :install_and_run, [:shop, ~w(--sourcemap=inline --watch)]}
  ]

config :logger, :console, format: "[$level] $message\\n"
`,
  'config/test.exs': 'import Config\n\nconfig :logger, level: :warning\n',
  'config/prod.exs': `import Config

config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"

config :swoosh, api_client: Swoosh.ApiClient.Finch, finch_name: Shop.Finch
config :swoosh, local: false

config :logger, level: :info
`,
  'config/runtime.exs': `import Config

if System.get_env("PHX_SERVER"), do: config(:shop, ShopWeb.Endpoint, server: true)

if config_env() == :prod do
  config :shop, :dns_cluster_query, System.get_env("DNS_CLUSTER_QUERY")

  config :shop, Shop.Repo,
    url: System.fetch_env!("DATABASE_URL"),
    pool_size: String.to_integer(System.get_env("POOL_SIZE") || "10")
end
`,
  'lib/shop/application.ex': application(children),
  'lib/shop/repo.ex': 'defmodule Shop.Repo do\n  use Ecto.Repo, otp_app: :shop, adapter: Ecto.Adapters.Postgres\nend\n',
  'lib/shop/mailer.ex': 'defmodule Shop.Mailer do\n  use Swoosh.Mailer, otp_app: :shop\nend\n',
  'lib/shop_web/endpoint.ex': `defmodule ShopWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :shop

  @session_options [key: "_shop_key", same_site: "Lax", signing_salt: "mU7tRq0a", store: :cookie]

  socket "/live", Phoenix.LiveView.Socket,
    websocket: [connect_info: [session: @session_options]],
    longpoll: [connect_info: [session: @session_options]]

  plug Plug.Static, at: "/", from: :shop, gzip: false, only: ShopWeb.static_paths()

  plug Plug.RequestId
  plug Plug.Session, @session_options
  plug ShopWeb.Router
end
`,
  'lib/shop_web/controllers/error_html.ex': 'defmodule ShopWeb.ErrorHTML do\n  use ShopWeb, :html\nend\n',
  'lib/shop_web/router.ex': `defmodule ShopWeb.Router do
  use ShopWeb, :router

  scope "/", ShopWeb do
    get "/", PageController, :home
  end
end
`,
};

/** The shop with some files written otherwise. */
export function shopWith(changes: Files): Files {
  return { ...smallShop, ...changes };
}

/** One file of the shop with a passage replaced; the passage must be there. */
export function edited(path: string, from: string, to: string, files: Files = smallShop): Files {
  const text = files[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  return { ...files, [path]: text.replace(from, () => to) };
}
