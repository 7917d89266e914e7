/** A small potter's app on Phoenix 1.7, as files that a test bends into odd shapes. */
export type Files = Readonly<Record<string, string>>;

export const lock = (version: string) =>
  `%{\n  "phoenix": {:hex, :phoenix, "${version}", "aa", [:mix], [], "hexpm", "bb"},\n}\n`;

export const mixfile = (app: string, module: string, deps: string, more = '') => `defmodule ${module}.MixProject do
  use Mix.Project

  def project do
    [app: :${app}, version: "0.4.0", elixir: "~> 1.14", deps: deps()${more}]
  end

  def application do
    [mod: {${module}.Application, []}]
  end

  defp deps do
    [${deps}]
  end
end
`;

export const endpoint = (app: string, module: string) => `defmodule ${module} do
  use Phoenix.Endpoint, otp_app: :${app}
  plug Plug.RequestId
  plug Plug.Head
end
`;

export const application = (module: string, children: string) => `defmodule ${module}.Application do
  use Application

  def start(_type, _args) do
    Supervisor.start_link([${children}], strategy: :one_for_one, name: ${module}.Supervisor)
  end
end
`;

export const webDeps =
  '{:phoenix, "~> 1.7.10"}, {:phoenix_html, "~> 3.3"}, {:jason, "~> 1.2"}, {:plug_cowboy, "~> 2.5"}';
export const allDeps = `${webDeps}, {:phoenix_ecto, "~> 4.4"}, {:ecto_sql, "~> 3.10"}, {:postgrex, ">= 0.0.0"}`;

export const kiln: Files = {
  'mix.exs': mixfile('kiln', 'Kiln', allDeps),
  'mix.lock': lock('1.7.10'),
  'config/config.exs': `import Config

config :kiln, ecto_repos: [Kiln.Repo]
config :kiln, KilnWeb.Endpoint, url: [host: "localhost"], pubsub_server: Kiln.PubSub
config :phoenix, :json_library, Jason
`,
  'lib/kiln/application.ex': application('Kiln', 'Kiln.Repo, {Phoenix.PubSub, name: Kiln.PubSub}, KilnWeb.Endpoint'),
  'lib/kiln/repo.ex': 'defmodule Kiln.Repo do\n  use Ecto.Repo, otp_app: :kiln, adapter: Ecto.Adapters.Postgres\nend\n',
  'lib/kiln_web.ex': `defmodule KilnWeb do
  def controller do
    quote do
      use Phoenix.Controller, namespace: KilnWeb
    end
  end

  defmacro __using__(which), do: apply(__MODULE__, which, [])
end
`,
  'lib/kiln_web/endpoint.ex': endpoint('kiln', 'KilnWeb.Endpoint'),
  'lib/kiln_web/router.ex': `defmodule KilnWeb.Router do
  use Phoenix.Router

  pipeline :browser do
    plug :accepts, ["html"]
    plug :fetch_session
  end
end
`,
};

/** Files with some left out and others added or replaced. */
export function bent(files: Files, changes: Readonly<Record<string, string | null>>): Files {
  const kept = Object.entries({ ...files, ...changes }).filter((one): one is [string, string] => one[1] !== null);
  return Object.fromEntries(kept);
}
