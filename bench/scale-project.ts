/** A Phoenix project of any size, written for measuring: a small 1.7 app and as many resources as asked for. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a project of about that many files, never fewer than its base has; returns how many it wrote. */
export function writeScaleProject(directory: string, files: number): number {
  const wanted = new Map(base());
  for (let number = 1; wanted.size < files; number += 1) {
    for (const [path, text] of resource(number)) wanted.set(path, text);
  }
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return wanted.size;
}

function base(): [string, string][] {
  return [
    ['mix.exs', mixfile],
    ['mix.lock', '%{\n  "phoenix": {:hex, :phoenix, "1.7.10", "00", [:mix], [], "hexpm", "00"},\n}\n'],
    ['README.md', '# Atelier\n\nRooms, orders and the people behind them.\n'],
    ['.gitignore', '/_build/\n/deps/\n/node_modules/\n'],
    ['Dockerfile', dockerfile],
    ['.github/workflows/ci.yml', workflow],
    ['config/config.exs', config],
    [
      'config/dev.exs',
      'import Config\n\nconfig :atelier, AtelierWeb.Endpoint, http: [port: 4000], code_reloader: true\n',
    ],
    ['config/test.exs', 'import Config\n\nconfig :atelier, AtelierWeb.Endpoint, http: [port: 4002], server: false\n'],
    ['config/prod.exs', 'import Config\n\nconfig :logger, level: :info\n'],
    ['config/runtime.exs', runtime],
    ['lib/atelier/application.ex', application],
    [
      'lib/atelier/repo.ex',
      'defmodule Atelier.Repo do\n  use Ecto.Repo, otp_app: :atelier, adapter: Ecto.Adapters.Postgres\nend\n',
    ],
    ['lib/atelier_web.ex', web],
    ['lib/atelier_web/endpoint.ex', endpoint],
    ['lib/atelier_web/router.ex', router],
    ['lib/atelier_web/gettext.ex', 'defmodule AtelierWeb.Gettext do\n  use Gettext, otp_app: :atelier\nend\n'],
    [
      'lib/atelier_web/components/core_components.ex',
      'defmodule AtelierWeb.CoreComponents do\n  use Phoenix.Component\nend\n',
    ],
    ['assets/js/app.js', 'import "phoenix_html"\n'],
    ['assets/css/app.css', 'body { margin: 0 }\n'],
  ];
}

/** Ten files as a team writes them for one thing of its business. */
function resource(number: number): [string, string][] {
  const name = `thing_${number}`;
  const module = `Thing${number}`;
  const fields = ['title', 'colour', 'weight', 'maker', 'note', 'price'].map((field) => `${field}_${number}`);
  return [
    [`lib/atelier/${name}.ex`, contextText(module, fields)],
    [`lib/atelier/${name}/record.ex`, recordText(module, fields)],
    [`lib/atelier/${name}/pricing.ex`, pricingText(module, fields)],
    [`lib/atelier_web/live/${name}_live.ex`, liveText(module, fields)],
    [`lib/atelier_web/controllers/${name}_controller.ex`, controllerText(module)],
    [
      `lib/atelier_web/controllers/${name}_html.ex`,
      `defmodule AtelierWeb.${module}HTML do\n  use AtelierWeb, :html\n  embed_templates "${name}_html/*"\nend\n`,
    ],
    [`lib/atelier_web/controllers/${name}_html/show.html.heex`, templateText(fields)],
    [`test/atelier/${name}_test.exs`, testText(module, fields)],
    [`priv/repo/migrations/2024${String(number).padStart(10, '0')}_${name}.exs`, migrationText(module, name, fields)],
    [`assets/js/${name}.js`, `export const ${name} = ${JSON.stringify(fields)}\n`],
  ];
}

const indented = (depth: number, lines: readonly string[]) =>
  lines.map((line) => `${' '.repeat(depth)}${line}`).join('\n');

function contextText(module: string, fields: readonly string[]): string {
  const finders = fields.flatMap((field) => [
    `@doc "Those whose ${field} is the given one, newest first."`,
    `def by_${field}(${field}) do`,
    `  query = from r in Record, where: r.${field} == ^${field}, order_by: [desc: r.inserted_at]`,
    '  query |> Repo.all() |> Enum.map(&with_total/1)',
    'end',
    '',
    `def change_${field}(%Record{} = record, value) do`,
    `  record |> Record.changeset(%{"${field}" => value}) |> Repo.update()`,
    'end',
    '',
  ]);
  return `defmodule Atelier.${module} do
  import Ecto.Query
  alias Atelier.Repo
  alias Atelier.${module}.{Pricing, Record}

  def find(id), do: Repo.get(Record, id)

${indented(2, finders)}
  defp with_total(record), do: Map.put(record, :total, Pricing.total(record))
end
`;
}

function recordText(module: string, fields: readonly string[]): string {
  return `defmodule Atelier.${module}.Record do
  use Ecto.Schema
  import Ecto.Changeset

  schema "${module.toLowerCase()}" do
${indented(
  4,
  fields.map((field) => `field :${field}, :string`),
)}
    timestamps()
  end

  def changeset(record, attrs) do
    record
    |> cast(attrs, ~w(${fields.join(' ')})a)
    |> validate_required([${fields
      .slice(0, 2)
      .map((field) => `:${field}`)
      .join(', ')}])
  end
end
`;
}

function pricingText(module: string, fields: readonly string[]): string {
  const clauses = fields.flatMap((field, index) => [
    `defp part(%{${field}: value}, :${field}) when is_binary(value) do`,
    '  case Integer.parse(value) do',
    `    {number, _rest} -> number * ${index + 2} + 1`,
    '    :error -> String.length(value)',
    '  end',
    'end',
    '',
  ]);
  return `defmodule Atelier.${module}.Pricing do
  @parts ~w(${fields.join(' ')})a

  def total(record), do: Enum.reduce(@parts, 0, fn name, sum -> sum + part(record, name) end)

${indented(2, clauses)}
  defp part(_record, _name), do: 0
end
`;
}

function liveText(module: string, fields: readonly string[]): string {
  const handlers = fields.flatMap((field) => [
    `def handle_event("set_${field}", %{"value" => value}, socket) do`,
    `  case Atelier.${module}.change_${field}(socket.assigns.record, value) do`,
    '    {:ok, record} -> {:noreply, assign(socket, record: record, changed: true)}',
    '    {:error, changeset} -> {:noreply, assign(socket, :changeset, changeset)}',
    '  end',
    'end',
    '',
  ]);
  return `defmodule AtelierWeb.${module}Live do
  use AtelierWeb, :live_view

  def mount(%{"id" => id}, _session, socket) do
    {:ok, assign(socket, record: Atelier.${module}.find(id), changed: false, changeset: nil)}
  end

${indented(2, handlers)}
  def render(assigns) do
    ~H"""
    <article :if={@record}>
${indented(
  6,
  fields.map((field) => `<p class="row" phx-click="set_${field}">{@record.${field}}</p>`),
)}
    </article>
    """
  end
end
`;
}

function controllerText(module: string): string {
  return `defmodule AtelierWeb.${module}Controller do
  use AtelierWeb, :controller

  def show(conn, %{"id" => id}) do
    case Atelier.${module}.find(id) do
      nil -> conn |> put_status(404) |> text("There is no such thing")
      record -> render(conn, :show, record: record)
    end
  end
end
`;
}

function templateText(fields: readonly string[]): string {
  return `<section>\n${fields.map((field) => `  <p title={@record.${field}}><%= @record.${field} %></p>`).join('\n')}\n</section>\n`;
}

function testText(module: string, fields: readonly string[]): string {
  const cases = fields.map(
    (field) => `test "finds by ${field}" do\n    assert [] == Atelier.${module}.by_${field}("none")\n  end\n`,
  );
  return `defmodule Atelier.${module}Test do\n  use Atelier.DataCase\n\n  ${cases.join('\n  ')}end\n`;
}

function migrationText(module: string, name: string, fields: readonly string[]): string {
  return `defmodule Atelier.Repo.Migrations.${module} do
  use Ecto.Migration

  def change do
    create table(:${name}) do
${indented(
  6,
  fields.map((field) => `add :${field}, :string`),
)}
      timestamps()
    end
  end
end
`;
}

const mixfile = `defmodule Atelier.MixProject do
  use Mix.Project

  def project do
    [app: :atelier, version: "2.3.0", elixir: "~> 1.14", aliases: aliases(), deps: deps()]
  end

  def application do
    [mod: {Atelier.Application, []}, extra_applications: [:logger]]
  end

  defp deps do
    [
      {:phoenix, "~> 1.7.10"},
      {:phoenix_ecto, "~> 4.4"},
      {:ecto_sql, "~> 3.10"},
      {:postgrex, ">= 0.0.0"},
      {:phoenix_html, "~> 3.3"},
      {:phoenix_live_view, "~> 0.20.1"},
      {:gettext, "~> 0.20"},
      {:jason, "~> 1.2"},
      {:plug_cowboy, "~> 2.5"}
    ]
  end

  defp aliases do
    [setup: ["deps.get", "ecto.setup"], "ecto.setup": ["ecto.create", "ecto.migrate"]]
  end
end
`;

const config = `import Config

config :atelier, ecto_repos: [Atelier.Repo]

config :atelier, AtelierWeb.Endpoint,
  url: [host: "atelier.example"],
  pubsub_server: Atelier.PubSub,
  live_view: [signing_salt: "of the bench"]

config :phoenix, :json_library, Jason

import_config "#{config_env()}.exs"
`;

const runtime = `import Config

if config_env() == :prod do
  config :atelier, Atelier.Repo, url: System.fetch_env!("DATABASE_URL"), pool_size: 12
  config :atelier, AtelierWeb.Endpoint, secret_key_base: System.fetch_env!("SECRET_KEY_BASE"), server: true
end
`;

const application = `defmodule Atelier.Application do
  use Application

  def start(_type, _args) do
    children = [Atelier.Repo, {Phoenix.PubSub, name: Atelier.PubSub}, AtelierWeb.Endpoint]
    Supervisor.start_link(children, strategy: :one_for_one, name: Atelier.Supervisor)
  end
end
`;

const web = `defmodule AtelierWeb do
  def controller do
    quote do
      use Phoenix.Controller, formats: [:html, :json]
      import Plug.Conn
      import AtelierWeb.Gettext
    end
  end

  def live_view do
    quote do
      use Phoenix.LiveView
    end
  end

  def html do
    quote do
      use Phoenix.Component
    end
  end

  defmacro __using__(which) when is_atom(which), do: apply(__MODULE__, which, [])
end
`;

const endpoint = `defmodule AtelierWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :atelier

  @session_options [store: :cookie, key: "_atelier_key", signing_salt: "of the bench"]

  socket "/live", Phoenix.LiveView.Socket, websocket: [connect_info: [session: @session_options]]

  plug Plug.Static, at: "/", from: :atelier, only: ~w(assets images)
  plug Plug.RequestId
  plug Plug.Parsers, parsers: [:urlencoded, :multipart, :json], json_decoder: Jason
  plug Plug.Session, @session_options
  plug AtelierWeb.Router
end
`;

const router = `defmodule AtelierWeb.Router do
  use Phoenix.Router
  import Phoenix.LiveView.Router

  pipeline :browser do
    plug :accepts, ["html"]
    plug :fetch_session
    plug :protect_from_forgery
  end

  scope "/", AtelierWeb do
    pipe_through :browser
    live "/things/:id", Thing1Live
  end
end
`;

const dockerfile = `FROM hexpm/elixir:1.14.5-erlang-25.3.2-debian-bullseye-20230522-slim AS build
ENV MIX_ENV=prod
WORKDIR /src
COPY . .
RUN mix deps.get --only prod && mix release

FROM debian:bullseye-20230522-slim
COPY --from=build /src/_build/prod/rel/atelier /srv
USER nobody
CMD ["/srv/bin/atelier", "start"]
`;

const workflow = `on: push
jobs:
  test:
    runs-on: ubuntu-22.04
    steps:
      - uses: actions/checkout@v4
      - uses: erlef/setup-beam@v1
        with: { elixir-version: 1.14.5, otp-version: 25.3 }
      - run: mix test
`;
