/** A bookbinder's app on Phoenix 1.6: enough of one to have steps of every kind. */
export const bindery: Readonly<Record<string, string>> = {
  'mix.exs': `defmodule Bindery.MixProject do
  use Mix.Project

  def project do
    [
      app: :bindery,
      version: "2.3.0",
      elixir: "~> 1.12",
      compilers: [:gettext] ++ Mix.compilers(),
      deps: deps()
    ]
  end

  def application do
    [mod: {Bindery.Application, []}, extra_applications: [:logger, :runtime_tools]]
  end

  # thread, paper and glue
  defp deps do
    [
      {:phoenix, "~> 1.6.6"},
      {:phoenix_html, "~> 3.0"},
      {:gettext, "~> 0.18"},
      {:jason, "~> 1.2"},
      {:plug_cowboy, "~> 2.5"}
    ]
  end
end
`,
  'mix.lock': `%{
  "phoenix": {:hex, :phoenix, "1.6.16", "aa", [:mix], [], "hexpm", "bb"},
}
`,
  'config/config.exs': `import Config

# the shop window
config :bindery, BinderyWeb.Endpoint,
  url: [host: "localhost"],
  render_errors: [view: BinderyWeb.ErrorView, accepts: ~w(html json), layout: false],
  live_view: [signing_salt: "folio"]

config :logger, :console,
  format: "$time $metadata[$level] $message\\n",
  metadata: [:request_id, :book_id]

config :phoenix, :json_library, Jason

import_config "#{config_env()}.exs"
`,
  'config/dev.exs': `import Config

config :bindery, BinderyWeb.Endpoint, http: [port: 4040], check_origin: false
`,
  'config/test.exs': `import Config

config :bindery, BinderyWeb.Endpoint, http: [port: 4042], server: false
`,
  'config/prod.exs': `import Config

config :bindery, BinderyWeb.Endpoint, url: [host: "bindery.example", port: 80]
`,
  'lib/bindery/application.ex': `defmodule Bindery.Application do
  use Application

  def start(_type, _args) do
    Supervisor.start_link([Bindery.Press, BinderyWeb.Endpoint], strategy: :one_for_one, name: Bindery.Supervisor)
  end
end
`,
  'lib/bindery_web/endpoint.ex': `defmodule BinderyWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :bindery

  plug Plug.Static, at: "/", from: :bindery, gzip: false, only: ~w(assets covers)
  plug Plug.RequestId
  plug BinderyWeb.Router
end
`,
};
