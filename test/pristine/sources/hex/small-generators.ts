/** A phoenix package of our own with the constructs that Phoenix's generators have: templates, injected code, config, a repo. */
export function smallGenerators(version: string): Record<string, string> {
  return {
    'mix.exs': `defmodule Small.MixProject do
  use Mix.Project

  @version "${version}"

  def project, do: [app: :phoenix, version: @version]
end
`,
    'lib/mix/tasks/phx.gen.context.ex': `defmodule Mix.Tasks.Phx.Gen.Context do
  use Mix.Task

  @switches [table: :string, binary_id: :boolean]

  def run(args) do
    if Mix.Project.umbrella?(), do: Mix.raise("not in an umbrella")
    {opts, [context, schema | _]} = OptionParser.parse!(args, strict: @switches)
    app = Mix.Project.config()[:app]
    unless Mix.shell().yes?("Go on?"), do: System.halt()
    binary_id = Keyword.get(opts, :binary_id, Application.get_env(app, :generators, [])[:binary_id] || false)

    binding = [
      module: Module.concat([Macro.camelize(to_string(app)), context]),
      schema: schema,
      key: if(binary_id, do: "binary_id", else: "id"),
      adapter: Module.concat([Macro.camelize(to_string(app)), "Repo"]).__adapter__(),
      version: "${version}"
    ]

    path = Path.join(["lib", to_string(app), Macro.underscore(context) <> ".ex"])
    source = Application.app_dir(:phoenix, "priv/templates/phx.gen.context/context.ex")
    Mix.Generator.create_file(path, EEx.eval_file(source, binding))
    repo = Path.join(["lib", to_string(app), "repo.ex"])
    File.write!(repo, String.replace(File.read!(repo), "end\\n", "  # generated\\nend\\n"))
  end
end
`,
    'priv/templates/phx.gen.context/context.ex': `defmodule <%= inspect module %> do
  # <%= schema %> by <%= key %> in <%= inspect adapter %>, <%= version %>
end
`,
  };
}

/** The project that they run in. */
export const smallProject: Readonly<Record<string, string>> = {
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, deps: [{:phoenix, "~> 1.7"}]]
end
`,
  'config/config.exs': `import Config

config :shop, ecto_repos: [Shop.Repo], generators: [binary_id: true]

import_config "#{config_env()}.exs"
`,
  'lib/shop/repo.ex': `defmodule Shop.Repo do
  use Ecto.Repo, otp_app: :shop, adapter: Ecto.Adapters.Postgres
end
`,
};
