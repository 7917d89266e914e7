import { compareVersions } from '../../src/pristine/versions.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';

/** Work of a team's own in a generated project: pages with forms, a live view, a channel, a plug, a process, settings, tests. */
export function livedIn(tree: FileTree, version: string): FileTree {
  const isNewer = compareVersions(version, '1.7.0') >= 0;
  const hasLive = tree.read('lib/sample_app_web.ex')?.includes('def live_view') ?? false;
  const hasSocket = tree.has('lib/sample_app_web/channels/user_socket.ex');
  const own = {
    ...common,
    ...(isNewer ? components : views),
    ...(hasLive ? (isNewer ? liveView : olderLiveView) : {}),
    ...(hasSocket ? channel : {}),
  };
  const files = new Map(
    tree.paths.map((path) => [
      path,
      { bytes: tree.bytes(path) ?? new Uint8Array(), executable: tree.executable(path) },
    ]),
  );
  const put = (path: string, text: string) => files.set(path, { bytes: Buffer.from(text), executable: false });
  for (const [path, text] of Object.entries(own)) put(path, text);
  const edit = (path: string, change: (text: string) => string) => put(path, change(tree.read(path) ?? ''));
  const routes = ['resources "/tides", TideController, only: [:index, :new, :create, :show]'];
  if (hasLive) routes.push('live "/berths", BerthLive');
  edit('lib/sample_app_web/router.ex', (text) =>
    text
      .replace(/( +)(get|live) "\/", .*\n/, (line, indent) => line + routes.map((one) => `${indent}${one}\n`).join(''))
      .replace(
        /( +)plug :put_secure_browser_headers\n/,
        (line, indent) => `${line}${indent}plug SampleAppWeb.Harbour\n`,
      ),
  );
  edit('lib/sample_app/application.ex', (text) =>
    text.replace(/children = \[\n/, (line) => `${line}      SampleApp.Clock,\n`),
  );
  edit('config/config.exs', (text) =>
    text.replace(/\n(?=# Configures the endpoint)/, '\nconfig :sample_app, SampleApp.Clock, every: 60_000\n\n'),
  );
  if (hasSocket) {
    edit('lib/sample_app_web/channels/user_socket.ex', (text) =>
      text.replace(/use Phoenix\.Socket.*\n/, (line) => `${line}\n  channel "berth:*", SampleAppWeb.BerthChannel\n`),
    );
  }
  return memoryTree(files);
}

const common = {
  'lib/sample_app/clock.ex': `defmodule SampleApp.Clock do
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)

  @impl true
  def init(_), do: {:ok, Application.get_env(:sample_app, __MODULE__)[:every]}
end
`,
  'lib/sample_app/tides.ex': `defmodule SampleApp.Tides do
  defstruct [:id, :height]

  def all, do: [%__MODULE__{id: 1, height: 3}]
  def get(_id), do: hd(all())
end
`,
  'lib/sample_app_web/plugs/harbour.ex': `defmodule SampleAppWeb.Harbour do
  import Plug.Conn

  def init(options), do: options
  def call(conn, _options), do: assign(conn, :harbour, "north")
end
`,
};

const views = {
  'lib/sample_app_web/controllers/tide_controller.ex': `defmodule SampleAppWeb.TideController do
  use SampleAppWeb, :controller
  alias SampleApp.Tides

  def index(conn, _params), do: render(conn, "index.html", tides: Tides.all())
  def new(conn, _params), do: render(conn, "new.html")
  def show(conn, %{"id" => id}), do: render(conn, "show.html", tide: Tides.get(id))

  def create(conn, _params) do
    conn
    |> put_flash(:info, gettext("Saved"))
    |> redirect(to: Routes.tide_path(conn, :index))
  end
end
`,
  'lib/sample_app_web/views/tide_view.ex': `defmodule SampleAppWeb.TideView do
  use SampleAppWeb, :view

  def height(%{height: height}), do: "#{height} m"
end
`,
  'lib/sample_app_web/templates/tide/index.html.eex': `<%= for tide <- @tides do %>
  <%= link height(tide), to: Routes.tide_path(@conn, :show, tide.id) %>
<% end %>
`,
  'lib/sample_app_web/templates/tide/show.html.eex': `<p><%= height(@tide) %></p>
<img src="<%= Routes.static_path(@conn, "/images/phoenix.png") %>">
`,
  'lib/sample_app_web/templates/tide/new.html.eex': `<%= form_for @conn, Routes.tide_path(@conn, :create), [as: :tide], fn f -> %>
  <%= text_input f, :height %>
  <%= error_tag f, :height %>
  <%= submit gettext("Save") %>
<% end %>
`,
  'test/sample_app_web/controllers/tide_controller_test.exs': `defmodule SampleAppWeb.TideControllerTest do
  use SampleAppWeb.ConnCase

  test "lists tides", %{conn: conn} do
    conn = get(conn, Routes.tide_path(conn, :index))
    assert html_response(conn, 200) =~ "3 m"
  end
end
`,
};

const components = {
  'lib/sample_app_web/controllers/tide_controller.ex': `defmodule SampleAppWeb.TideController do
  use SampleAppWeb, :controller
  alias SampleApp.Tides

  def index(conn, _params), do: render(conn, :index, tides: Tides.all())
  def new(conn, _params), do: render(conn, :new, form: Phoenix.Component.to_form(%{}, as: :tide))
  def show(conn, %{"id" => id}), do: render(conn, :show, tide: Tides.get(id))

  def create(conn, _params) do
    conn
    |> put_flash(:info, "Saved")
    |> redirect(to: ~p"/tides")
  end
end
`,
  'lib/sample_app_web/controllers/tide_html.ex': `defmodule SampleAppWeb.TideHTML do
  use SampleAppWeb, :html

  embed_templates "tide_html/*"

  def height(%{height: height}), do: "#{height} m"
end
`,
  'lib/sample_app_web/controllers/tide_html/index.html.heex': `<.header>Tides</.header>
<.table id="tides" rows={@tides}>
  <:col :let={tide} label="Height"><.link href={~p"/tides/#{tide.id}"}>{height(tide)}</.link></:col>
</.table>
<.back navigate={~p"/"}>Back</.back>
`,
  'lib/sample_app_web/controllers/tide_html/show.html.heex': `<p>{height(@tide)}</p>
<.icon name="hero-bars-3" />
`,
  'lib/sample_app_web/controllers/tide_html/new.html.heex': `<.simple_form for={@form} action={~p"/tides"}>
  <.input field={@form[:height]} label="Height" />
  <:actions><.button>Save</.button></:actions>
</.simple_form>
`,
  'test/sample_app_web/controllers/tide_controller_test.exs': `defmodule SampleAppWeb.TideControllerTest do
  use SampleAppWeb.ConnCase

  test "lists tides", %{conn: conn} do
    assert html_response(get(conn, ~p"/tides"), 200) =~ "3 m"
  end
end
`,
};

const liveView = {
  'lib/sample_app_web/live/berth_live.ex': `defmodule SampleAppWeb.BerthLive do
  use SampleAppWeb, :live_view

  @impl true
  def mount(_params, _session, socket), do: {:ok, assign(socket, :open, false)}

  @impl true
  def render(assigns) do
    ~H"""
    <.button phx-click={show_modal("berth")}>Open</.button>
    <.modal id="berth">
      <.list><:item title="Harbour">north</:item></.list>
    </.modal>
    """
  end
end
`,
};

const olderLiveView = {
  'lib/sample_app_web/live/berth_live.ex': `defmodule SampleAppWeb.BerthLive do
  use SampleAppWeb, :live_view

  @impl true
  def mount(_params, _session, socket), do: {:ok, assign(socket, :open, false)}

  @impl true
  def render(assigns) do
    ~L"""
    <%= live_redirect "Tides", to: Routes.tide_path(@socket, :index) %>
    """
  end
end
`,
};

const channel = {
  'lib/sample_app_web/channels/berth_channel.ex': `defmodule SampleAppWeb.BerthChannel do
  use SampleAppWeb, :channel

  @impl true
  def join("berth:" <> _name, _params, socket), do: {:ok, socket}
end
`,
};
