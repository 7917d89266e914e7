/**
 * An installer of our own with the constructs that Phoenix's have: a `use` that registers templates, macros that quote
 * code, compiled and evaluated templates, options, injected config, embedded files.
 */
export function smallInstaller(version: string): Record<string, string> {
  return {
    'mix.exs': `defmodule Small.MixProject do
  use Mix.Project

  @version "${version}"

  def project, do: [app: :phx_new, version: @version, aliases: ["hex.publish": [&copy/1]]]

  defp copy(_), do: :ok
end
`,
    'lib/mix/tasks/phx.new.ex': `defmodule Mix.Tasks.Phx.New do
  @moduledoc "Makes a small project."
  use Mix.Task
  alias Small.{Builder, Plan}

  @version Mix.Project.config()[:version]
  @switches [app: :string, module: :string, ecto: :boolean, database: :string, install: :boolean, version_check: :boolean,
             inside_docker_env: :boolean, html: :boolean, umbrella: :boolean, assets: :boolean, webpack: :boolean, live: :boolean]

  def run([flag]) when flag in ~w(-v --version), do: Mix.shell().info("v#{@version}")

  def run(argv) do
    unless Version.match?(System.version(), "~> 1.4"), do: Mix.raise("too old")

    case OptionParser.parse!(argv, strict: @switches) do
      {_opts, []} -> Mix.Tasks.Help.run(["phx.new"])
      {opts, [path | _]} -> path |> Plan.new(opts) |> check!() |> Builder.build() |> ask()
    end
  end

  defp check!(%Plan{app: app} = plan) do
    if app =~ Regex.recompile!(~r/^[a-z][a-z0-9_]*$/), do: plan, else: Mix.raise("bad name: #{inspect(app)}")
  end

  defp ask(plan) do
    install? = Keyword.get_lazy(plan.opts, :install, fn -> Mix.shell().yes?("Install?") end)
    File.cd!(plan.path, fn -> if install?, do: Mix.shell().cmd("mix deps.get", quiet: true) end)
  end
end
`,
    'lib/small/plan.ex': `defmodule Small.Plan do
  alias Small.Plan

  defstruct path: nil, app: nil, mod: nil, opts: :unset, binding: []

  def new(path, opts) do
    path = Path.expand(path)
    app = opts[:app] || Path.basename(path)
    %Plan{path: path, app: app, mod: Module.concat([opts[:module] || Macro.camelize(app)]), opts: opts}
  end

  def join(%Plan{} = plan, path) do
    Regex.replace(~r/:[a-z]+/, Path.join(plan.path, path), fn ":" <> key, _ ->
      plan |> Map.fetch!(:"#{key}") |> to_string()
    end)
  end
end
`,
    'lib/small/generator.ex': `defmodule Small.Generator do
  import Mix.Generator
  alias Small.Plan

  @callback build(Plan.t()) :: Plan.t()
  @rules Map.new(File.ls!(Path.expand("../../templates/rules", __DIR__)), fn file ->
           {file, File.read!(Path.expand("../../templates/rules/" <> file, __DIR__))}
         end)

  defmacro __using__(_env) do
    quote do
      @behaviour unquote(__MODULE__)
      import Mix.Generator
      import unquote(__MODULE__)
      Module.register_attribute(__MODULE__, :templates, accumulate: true)
      @before_compile unquote(__MODULE__)
    end
  end

  defmacro __before_compile__(env) do
    root = Path.expand("../../templates", __DIR__)

    clauses =
      for {name, files} <- Module.get_attribute(env.module, :templates), {format, source, _} <- files do
        path = Path.join(root, source)
        body = if format == :text, do: File.read!(path), else: EEx.compile_file(path)

        quote do
          @external_resource unquote(path)
          def render(unquote(name), unquote(source), var!(assigns)) when is_list(var!(assigns)) do
            var!(shout) = &unquote(__MODULE__).shout/1
            _ = var!(shout)
            unquote(body)
          end
        end
      end

    quote do
      unquote(clauses)
      def files(name), do: Keyword.fetch!(@templates, name)
      embed_text(:licence, from_file: Path.expand("../../templates/LICENCE", unquote(__DIR__)))
      def licence, do: licence_text()
    end
  end

  defmacro template(name, files) do
    quote do
      @templates {unquote(name), unquote(files)}
    end
  end

  def copy(%Plan{} = plan, module, name) do
    for {format, source, target} <- module.files(name) do
      path = Plan.join(plan, target)
      text = module.render(name, source, plan.binding)

      case format do
        :config -> inject(path, text)
        _ -> create_file(path, text)
      end
    end
  end

  def inject(path, text) do
    before =
      case File.read(path) do
        {:ok, content} -> content
        {:error, _} -> "import Config\\n"
      end

    [left, right] = :binary.split(before, "import Config")
    formatted = [left, text, right] |> IO.iodata_to_binary() |> Code.format_string!()
    File.mkdir_p!(Path.dirname(path))
    File.write!(path, [formatted, ?\\n])
  end

  def rules(parts), do: parts |> Enum.map(&@rules[&1]) |> Enum.reject(&is_nil/1) |> Enum.intersperse("--\\n")
  def shout(text), do: ~s|#{String.upcase(text)}!|

  if Version.match?(System.version(), "~> 1.19.3 or ~> 1.20") do
    def modifier, do: "E"
  else
    def modifier, do: ""
  end
end
`,
    'lib/small/builder.ex': `defmodule Small.Builder do
  use Small.Generator

  template(:new, [
    {:config, "config.exs.eex", "config/config.exs"},
    {:eex, "mix.exs.eex", "mix.exs"},
    {:eex, "endpoint.ex.eex", "lib/:app_web/endpoint.ex"},
    {:eex, "application.ex.eex", "lib/:app/application.ex"}
  ])

  template(:ecto, [{:eex, "repo.ex.eex", "lib/:app/repo.ex"}])
  template(:static, [{:text, "icon.bin", "priv/icon.bin"}])

  def build(%Small.Plan{opts: opts} = plan) do
    ecto = Keyword.get(opts, :ecto, true)
    html = Keyword.get(opts, :html, true)
    plan = %{plan | binding: [app: plan.app, mod: inspect(plan.mod), ecto: ecto, html: html, salt: salt(8), modifier: modifier(),
                     container?: Keyword.get_lazy(opts, :inside_docker_env, fn -> File.exists?("/.dockerenv") end)]}

    copy(plan, __MODULE__, :new)
    if ecto, do: copy(plan, __MODULE__, :ecto)
    copy(plan, __MODULE__, :static)
    create_file(Path.join(plan.path, "LICENCE"), licence())
    File.write!(Path.join(plan.path, "RULES.md"), rules(["a.md", "none.md", "b.md"]))
    plan
  end

  defp salt(length), do: :crypto.strong_rand_bytes(length) |> Base.encode64(padding: false) |> binary_part(0, length)
end
`,
    'templates/config.exs.eex': `import Config

config :<%= @app %>, <%= @mod %>Web.Endpoint,
      live_view: [signing_salt: "<%= @salt %>"], patterns: [~r"lib/.*"<%= @modifier %>]<%= if @ecto do %>
config :<%= @app %>, ecto_repos: [<%= @mod %>.Repo]<% end %>
`,
    'templates/mix.exs.eex': `defmodule <%= @mod %>.MixProject do
  use Mix.Project

  def project, do: [app: :<%= @app %>, deps: deps()]
  defp deps, do: <%= inspect(for dep <- [:phoenix, @ecto && :ecto_sql], dep, do: {dep, ">= 0.0.0"}) %>
end
`,
    'templates/endpoint.ex.eex': `defmodule <%= @mod %>Web.Endpoint do
  # <%= shout.("web") %> <%%= kept %>
<%= cond do %>
<% @html and @ecto -> %>
  # both
<% true -> %>
  # less
<% end %>end
`,
    'templates/application.ex.eex': 'defmodule <%= @mod %>.Application do\nend\n',
    'templates/repo.ex.eex': 'defmodule <%= @mod %>.Repo do\nend\n',
    'templates/LICENCE': 'Do what you like.\n',
    'templates/icon.bin': '\u0000icon',
    'templates/rules/a.md': 'Rule a\n',
    'templates/rules/b.md': 'Rule b\n',
  };
}
