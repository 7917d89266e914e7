import { describe, expect, test } from 'vitest';
import { findCode } from '../../../src/findings/code/find.ts';
import { codeRules } from '../../../src/findings/code/rules.ts';
import { compareVersions } from '../../../src/pristine/versions.ts';
import { SourceFiles } from '../../../src/project/source-files.ts';
import { memoryTree } from '../../../src/project/tree.ts';
import { topicById } from '../../../src/topics/catalogue.ts';

function sources(files: Record<string, string>): SourceFiles {
  const entries = Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }] as const);
  return new SourceFiles(memoryTree(new Map(entries)));
}

/** `topic path:line` of each finding, for an upgrade over all known versions. */
function findings(files: Record<string, string>, from = '1.3.5', to = '1.8.12'): string[] {
  return findCode(sources(files), from, to).findings.map(
    ({ topic, finding }) => `${topic} ${finding.path}:${finding.line}`,
  );
}

const module = (name: string, ...lines: string[]) =>
  `defmodule ${name} do\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
const lib = 'lib/atelier_web/room.ex';
const page = 'lib/atelier_web/templates/room/show.html.heex';
const layout = 'lib/atelier_web/templates/layout/root.html.heex';

interface Case {
  readonly hit: Record<string, string>;
  readonly at: string;
  readonly miss: Record<string, string>;
}

const webRoutes = {
  'lib/atelier_web.ex': module(
    'AtelierWeb',
    'def view do',
    '  quote do',
    '    alias AtelierWeb.Router.Helpers, as: Routes',
    '  end',
    'end',
  ),
};

/** One case for each rule, by a part of its message. */
const cases: Record<string, Case> = {
  'calls Poison': {
    hit: { [lib]: module('Atelier.Room', 'def show(room), do: Poison.encode!(room)') },
    at: `json-library ${lib}:2`,
    miss: { [lib]: module('Atelier.Room', 'alias Atelier.Poison', 'def show(room), do: Poison.bottle(room)') },
  },
  'transport/3': {
    hit: {
      [lib]: module('Atelier.Socket', 'use Phoenix.Socket', 'transport :websocket, Phoenix.Transports.WebSocket'),
    },
    at: `socket-transports ${lib}:3`,
    miss: { [lib]: module('Atelier.Moving', 'def run, do: transport(:crate, :lorry)') },
  },
  'Supervisor.Spec is deprecated': {
    hit: { [lib]: module('Atelier.Application', 'def start(_, _) do', '  import Supervisor.Spec', 'end') },
    at: `child-specs ${lib}:3`,
    miss: { [lib]: module('Atelier.Application', 'alias Atelier.Supervisor', 'def start, do: Supervisor.Spec.new()') },
  },
  'import Plug.Conn and Phoenix.ConnTest': {
    hit: {
      'test/support/conn_case.ex': module(
        'Atelier.ConnCase',
        'using do',
        '  quote do',
        '    use Phoenix.ConnTest',
        '  end',
        'end',
      ),
    },
    at: 'conn-case-imports test/support/conn_case.ex:4',
    miss: { 'test/support/conn_case.ex': module('Atelier.ConnCase', 'import Phoenix.ConnTest') },
  },
  '@session_options': {
    hit: {
      [lib]: module(
        'AtelierWeb.Endpoint',
        'use Phoenix.Endpoint, otp_app: :atelier',
        'plug Plug.Session, store: :cookie',
      ),
    },
    at: `session-options ${lib}:3`,
    miss: {
      [lib]: module(
        'AtelierWeb.Endpoint',
        'use Phoenix.Endpoint, otp_app: :atelier',
        'plug Plug.Session, @session_options',
      ),
    },
  },
  'instrument/4': {
    hit: {
      [lib]: module('AtelierWeb.Endpoint', 'use Phoenix.Endpoint, otp_app: :atelier'),
      'lib/atelier/stock.ex': module(
        'Atelier.Stock',
        'def count, do: AtelierWeb.Endpoint.instrument(:count, %{}, fn -> 1 end)',
      ),
    },
    at: 'plug-telemetry lib/atelier/stock.ex:2',
    miss: { 'lib/atelier/stock.ex': module('Atelier.Stock', 'def count, do: Atelier.Orchestra.instrument(:viola)') },
  },
  'use Mix.Config': {
    hit: { 'config/config.exs': 'use Mix.Config\nconfig :atelier, rooms: 3\n' },
    at: 'import-config config/config.exs:1',
    miss: { 'config/config.exs': 'import Config\nconfig :atelier, rooms: 3\n' },
  },
  'deprecated since Elixir 1.15': {
    hit: { 'lib/atelier/easel.ex': module('Atelier.Easel', 'require Logger', 'def fall, do: Logger.warn("it fell")') },
    at: 'logger-warn-calls lib/atelier/easel.ex:3',
    miss: {
      'lib/atelier/easel.ex': module('Atelier.Easel', 'alias Atelier.Logger', 'def fall, do: Logger.warn("it fell")'),
    },
  },
  'a release has no Mix': {
    hit: { 'config/runtime.exs': 'import Config\nconfig :atelier, strict: Mix.env() == :prod\n' },
    at: 'config-env config/runtime.exs:2',
    miss: { 'lib/atelier/build.ex': module('Atelier.Build', 'import Config', 'def env, do: Mix.env()') },
  },
  'say the same without Mix': {
    hit: { 'config/config.exs': 'import Config\nimport_config "#{Mix.env()}.exs"\n' },
    at: 'config-env config/config.exs:2',
    miss: { 'lib/atelier/build.ex': module('Atelier.Build', 'import Config', 'def env, do: Mix.env()') },
  },
  'link/2 and button/2 are of phoenix_html 3': {
    hit: { 'lib/atelier_web/controllers/room_html/show.html.heex': '<p>\n<%= link "Back", to: "/rooms" %>\n</p>\n' },
    at: 'link-components lib/atelier_web/controllers/room_html/show.html.heex:2',
    miss: {
      'lib/atelier_web/controllers/room_html/show.html.heex':
        '<%= link "Back", "/rooms" %>\n<.link href="/rooms">Back</.link>\n',
    },
  },
  'no longer sets this assign': {
    hit: {
      'lib/atelier_web/templates/layout/app.html.eex':
        '<main>\n<%= render @view_module, @view_template, assigns %>\n</main>\n',
    },
    at: 'inner-content lib/atelier_web/templates/layout/app.html.eex:2',
    miss: { 'lib/atelier_web/templates/layout/app.html.eex': '<main>\n<%= @inner_content %>\n</main>\n' },
  },
  'gone from Phoenix 1.7': {
    hit: {
      'config/config.exs': 'import Config\nconfig :atelier, dispatch: [{:_, Phoenix.Endpoint.Cowboy2Handler, []}]\n',
    },
    at: 'phoenix-1-7 config/config.exs:2',
    miss: { 'config/config.exs': 'import Config\nconfig :atelier, adapter: Phoenix.Endpoint.Cowboy2Adapter\n' },
  },
  'uses Phoenix.View': {
    hit: { [lib]: module('AtelierWeb.RoomView', 'use Phoenix.View, root: "lib/atelier_web/templates"') },
    at: `phoenix-view ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.RoomView', 'use Atelier.Phoenix.View', '@moduledoc "no Phoenix.View here"') },
  },
  'calls route helpers': {
    hit: {
      ...webRoutes,
      [lib]: module(
        'AtelierWeb.RoomController',
        'def show(conn, _), do: redirect(conn, to: Routes.room_path(conn, :index))',
      ),
    },
    at: `verified-routes ${lib}:2`,
    miss: {
      ...webRoutes,
      [lib]: module('Atelier.Hiking', 'alias Atelier.Maps.Routes', 'def go, do: Routes.shortest_path(:a, :b)'),
    },
  },
  'get_flash is deprecated': {
    hit: { [page]: '<p>Room</p>\n<p><%= get_flash(@conn, :info) %></p>\n' },
    at: `phoenix-flash ${page}:2`,
    miss: { [page]: '<p>Room</p>\n<p><%= Phoenix.Flash.get(@flash, :info) %></p>\n' },
  },
  'view as second argument': {
    hit: {
      [lib]: module(
        'AtelierWeb.RoomController',
        'def show(conn, _), do: render(conn, AtelierWeb.ErrorView, "404.html")',
      ),
    },
    at: `controller-formats ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.RoomController', 'def show(conn, _), do: render(conn, :show, room: 1)') },
  },
  'init/2 of an endpoint': {
    hit: {
      [lib]: module(
        'AtelierWeb.Endpoint',
        'use Phoenix.Endpoint, otp_app: :atelier',
        'def init(_key, config), do: {:ok, config}',
      ),
    },
    at: `endpoint-init ${lib}:3`,
    miss: { [lib]: module('Atelier.Plug', 'def init(_key, config), do: {:ok, config}') },
  },
  'begins with use Gettext.Backend': {
    hit: { [lib]: module('AtelierWeb.Gettext', 'use Gettext, otp_app: :atelier') },
    at: `gettext-backend ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier') },
  },
  'takes the macros of a Gettext backend': {
    hit: {
      [lib]: module('AtelierWeb.Gettext', 'use Gettext, otp_app: :atelier'),
      'lib/atelier_web/mail.ex': module('AtelierWeb.Mail', 'import AtelierWeb.Gettext'),
    },
    at: 'gettext-backend lib/atelier_web/mail.ex:2',
    miss: {
      [lib]: module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier'),
      'lib/atelier_web/mail.ex': module('AtelierWeb.Mail', 'use Gettext, backend: AtelierWeb.Gettext'),
    },
  },
  'wants :formats': {
    hit: {
      [lib]: module('AtelierWeb', 'def controller, do: quote(do: use(Phoenix.Controller, namespace: AtelierWeb))'),
    },
    at: `controller-formats ${lib}:2`,
    miss: { [lib]: module('AtelierWeb', 'def controller, do: quote(do: use(Phoenix.Controller, formats: [:html]))') },
  },
  'layout without its module': {
    hit: { [lib]: module('AtelierWeb.RoomController', 'plug :put_layout, "print.html" when action == :print') },
    at: `controller-formats ${lib}:2`,
    miss: {
      [lib]: module(
        'AtelierWeb.RoomController',
        'plug :put_layout, html: {AtelierWeb.Layouts, :print}',
        'plug :put_root_layout, false',
      ),
    },
  },
  ':trailing_slash': {
    hit: { [lib]: module('AtelierWeb.Router', 'use Phoenix.Router, trailing_slash: true') },
    at: `verified-routes ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Router', 'use Phoenix.Router, helpers: false') },
  },
  'variable config': {
    hit: {
      [lib]: module(
        'AtelierWeb.Endpoint',
        'use Phoenix.Endpoint, otp_app: :atelier',
        'if config[:gzip], do: plug(Atelier.Gzip)',
      ),
    },
    at: `phoenix-1-8 ${lib}:3`,
    miss: {
      [lib]: module(
        'AtelierWeb.Endpoint',
        'use Phoenix.Endpoint, otp_app: :atelier',
        'def call(_conn, config), do: config[:gzip]',
      ),
    },
  },
  'emits no such event': {
    hit: { [lib]: module('AtelierWeb.Telemetry', 'def metrics, do: [summary("phoenix.channel_join.duration")]') },
    at: `telemetry-metrics ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Telemetry', 'def metrics, do: [summary("phoenix.channel_joined.duration")]') },
  },
  'deprecated: <.link': {
    hit: {
      [lib]: module(
        'AtelierWeb.RoomLive',
        'def render(assigns) do',
        '  ~H"""',
        '  <b>',
        '  <%= live_patch "Next", to: "/rooms" %>',
        '  </b>',
        '  """',
        'end',
      ),
    },
    at: `live-navigation ${lib}:5`,
    miss: {
      [lib]: module(
        'AtelierWeb.RoomLive',
        'def render(assigns), do: live_patch(assigns)',
        'defp live_patch(assigns), do: assigns',
      ),
    },
  },
  'has only the components': {
    hit: { [page]: '<div>\n<%= live_component @socket, AtelierWeb.Easel, id: 1 %>\n</div>\n' },
    at: `live-component-calls ${page}:2`,
    miss: { [page]: '<div>\n<.live_component module={AtelierWeb.Easel} id={1} />\n</div>\n' },
  },
  'reads :let': {
    hit: { [page]: '<div>\n<.form let={f} for={@form}></.form>\n</div>\n' },
    at: `live-component-calls ${page}:2`,
    miss: { [page]: '<div>\n<.form :let={f} for={@form} title="let it be"></.form>\n</div>\n' },
  },
  'names a layout by atom': {
    hit: {
      [lib]: module(
        'AtelierWeb',
        'def live_view do',
        '  quote do',
        '    use Phoenix.LiveView, layout: {AtelierWeb.LayoutView, "live.html"}',
        '  end',
        'end',
      ),
    },
    at: `live-layout-names ${lib}:4`,
    miss: {
      [lib]: module(
        'AtelierWeb',
        'def live_view do',
        '  quote do',
        '    use Phoenix.LiveView, layout: {AtelierWeb.Layouts, :live}',
        '  end',
        'end',
      ),
    },
  },
  'ignores phx-feedback-for': {
    hit: { [page]: '<p>\n</p><div class="x" phx-feedback-for={@name}>\n</div>\n' },
    at: `used-input ${page}:2`,
    miss: {
      [page]:
        '<p>\n</p><div title="phx-feedback-for" class={["phx-feedback-for"]}>\n</div>\n<!-- <i phx-feedback-for="x"> -->',
    },
  },
  'ignores phx-capture-click': {
    hit: { [page]: '<div phx-capture-click="close"></div>\n' },
    at: `live-view-1-0 ${page}:1`,
    miss: { [page]: '<div phx-click-away="close"></div>\n' },
  },
  'append and prepend': {
    hit: { [page]: '<ul id="list"\n phx-update="append"></ul>\n' },
    at: `live-view-1-0 ${page}:2`,
    miss: { [page]: '<ul id="list"\n phx-update="stream"></ul>\n' },
  },
  '.leex is deprecated': {
    hit: { 'lib/atelier_web/live/room.html.leex': '<p>Room</p>\n' },
    at: 'leex-templates lib/atelier_web/live/room.html.leex:1',
    miss: { 'lib/atelier_web/live/room.html.heex': '<p>Room</p>\n' },
  },
  '<.form :let={f} for={…}> says': {
    hit: { [page]: '<div>\n<%= form_for @room, "/", fn f -> %><%= f.name %><% end %></div>\n' },
    at: `form-components ${page}:2`,
    miss: { [page]: '<div>\n<.form :let={f} for={@room} action="/">form_for</.form></div>\n' },
  },
  'names the template alone': {
    hit: {
      [lib]: module(
        'AtelierWeb.RoomController',
        'use AtelierWeb, :controller',
        'def a(conn, _), do: render(conn, "a.html")',
      ),
    },
    at: `template-names ${lib}:3`,
    miss: {
      [lib]: module('AtelierWeb.RoomController', 'use AtelierWeb, :controller', 'def a(conn, _), do: render(conn, :a)'),
      'lib/atelier_web/plug.ex': module('AtelierWeb.Plug', 'def a(conn, _), do: render(conn, "a.html")'),
    },
  },
  'phx_feedback_for: of a tag': {
    hit: { [lib]: module('AtelierWeb.Errors', 'def error(f), do: content_tag(:i, "no", phx_feedback_for: f.name)') },
    at: `used-input ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Errors', 'def error(f), do: content_tag(:i, "phx_feedback_for", for: f.name)') },
  },
  'a template of EEx': {
    hit: { 'lib/atelier_web/templates/room/show.html.eex': '<p>Room</p>\n' },
    at: 'heex-templates lib/atelier_web/templates/room/show.html.eex:1',
    miss: {
      'priv/templates/room/show.html.eex': '<p>Room</p>\n',
      'lib/atelier_web/templates/mail/show.text.eex': 'Room\n',
    },
  },
  'inside a tag': {
    hit: { [page]: '<ul>\n<li class="<%= for c <- @classes do %><%= c %><% end %>">x</li>\n</ul>\n' },
    at: `leex-templates ${page}:2`,
    miss: { [page]: '<ul>\n<%= for c <- @classes do %><li class={c}>{c}</li><% end %>\n</ul>\n' },
  },
  'brings no macros': {
    hit: {
      'lib/atelier_web/gettext.ex': module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier'),
      'lib/atelier_web/mail.ex': module('AtelierWeb.Mail', 'import AtelierWeb.Gettext', 'def a, do: gettext("Hello")'),
    },
    at: 'gettext-backend lib/atelier_web/mail.ex:2',
    miss: {
      'lib/atelier_web/gettext.ex': module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier'),
      'lib/atelier_web/mail.ex': module('AtelierWeb.Mail', 'use Gettext, backend: AtelierWeb.Gettext'),
    },
  },
  'no known root tag': {
    hit: {
      [lib]: module('AtelierWeb.Room', 'use AtelierWeb, :live_component', 'def render(assigns), do: ~L"<p>x</p>"'),
    },
    at: `leex-templates ${lib}:3`,
    miss: {
      [lib]: module('AtelierWeb.Room', 'use AtelierWeb, :live_component', 'def render(assigns), do: ~H"<p>x</p>"'),
    },
  },
  '~L is deprecated': {
    hit: { [lib]: module('AtelierWeb.RoomLive', 'def render(assigns), do: ~L"<p>Room</p>"') },
    at: `leex-templates ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.RoomLive', 'def render(assigns), do: ~H"<p>Room</p>"') },
  },
  'no CSRF token': {
    hit: {
      [lib]: module('AtelierWeb.RoomLive', 'use Phoenix.LiveView'),
      [layout]: '<html>\n<head><title>A</title></head>\n<body><script src="/js/app.js"></script></body></html>\n',
      // A mail has no script, and one of somebody else's sends no token.
      'lib/atelier_web/templates/layout/mail.html.eex': '<html><head><title>A</title></head><body></body></html>\n',
      'lib/atelier_web/templates/layout/map.html.eex':
        '<html><head><script src="https://maps.example/api.js"></script></head><body></body></html>\n',
    },
    at: `csrf-meta-tag ${layout}:2`,
    miss: {
      [lib]: module('AtelierWeb.RoomLive', 'use Phoenix.LiveView'),
      [layout]:
        '<html>\n<head><meta name="csrf-token" content={get_csrf_token()}><script src={~p"/app.js"}></script></head></html>\n',
      // The script of another layout has the token where it needs it.
      'lib/atelier_web/templates/layout/public.html.heex':
        '<html><head><script src="/js/public.js"></script></head><body></body></html>\n',
    },
  },
  'phoenix_html 4 raises': {
    hit: { [lib]: module('AtelierWeb', 'def view, do: quote(do: use(Phoenix.HTML))') },
    at: `phoenix-html-helpers ${lib}:2`,
    miss: { [lib]: module('AtelierWeb', 'def view, do: quote(do: import(Phoenix.HTML))') },
  },
  'moved to phoenix_html_helpers': {
    hit: {
      [page]: '<div>\n<%= form_for @changeset, "/rooms", fn f -> %>\n<%= text_input f, :name %>\n<% end %></div>\n',
    },
    at: `phoenix-html-helpers ${page}:2`,
    miss: { [page]: '<div>\n<.link href="/">Home</.link><%= raw "form_for" %>\n</div>\n' },
  },
  'no tasks phoenix.*': {
    hit: { 'mix.exs': module('Atelier.MixProject', 'defp aliases, do: [build: ["phoenix.digest"]]') },
    at: 'phoenix-1-4 mix.exs:2',
    miss: { 'mix.exs': module('Atelier.MixProject', 'defp aliases, do: [build: ["phx.digest"], note: "phoenix.org"]') },
  },
  'Plug.Adapters.Cowboy is': {
    hit: { [lib]: module('Atelier.Health', 'def spec, do: Plug.Adapters.Cowboy.child_spec(:http, Atelier.Ping, [])') },
    at: `web-server-dep ${lib}:2`,
    miss: { [lib]: module('Atelier.Health', 'def spec, do: {Plug.Cowboy, scheme: :http, plug: Atelier.Ping}') },
  },
  'ignores :instrumenters': {
    hit: {
      'config/config.exs': 'import Config\nconfig :atelier, AtelierWeb.Endpoint,\n  instrumenters: [Atelier.Scales]\n',
    },
    at: 'plug-telemetry config/config.exs:3',
    miss: { [lib]: module('Atelier.Band', 'def band, do: [instrumenters: 4]') },
  },
  'runs on Cowboy 2 only': {
    hit: { 'config/config.exs': 'config :atelier, Web, adapter: Phoenix.Endpoint.CowboyAdapter\n' },
    at: 'phoenix-1-6 config/config.exs:1',
    miss: { 'config/config.exs': 'config :atelier, Web, adapter: Phoenix.Endpoint.Cowboy2Adapter\n' },
  },
  'calls or imports Phoenix.View': {
    hit: {
      [lib]: module(
        'Atelier.Letters',
        'def text(room), do: Phoenix.View.render_to_string(RoomText, "a.txt", room: room)',
      ),
    },
    at: `phoenix-view ${lib}:2`,
    miss: { [lib]: module('Atelier.Letters', 'alias Atelier.View', 'def text(room), do: View.render(room)') },
  },
  'put_layout_formats and': {
    hit: { [lib]: module('AtelierWeb.RoomController', 'plug :put_layout_formats, ["html", "print"]') },
    at: `controller-formats ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.RoomController', 'plug :put_format, "html"') },
  },
  'use Plug.Test': {
    hit: { 'test/ping_test.exs': module('PingTest', 'use ExUnit.Case', 'use Plug.Test') },
    at: 'conn-case-imports test/ping_test.exs:3',
    miss: { 'test/ping_test.exs': module('PingTest', 'use ExUnit.Case', 'import Plug.Test') },
  },
  'no longer has it: live_patch': {
    hit: { [lib]: module('AtelierWeb.Router', 'plug :put_live_layout, {AtelierWeb.LayoutView, "app.html"}') },
    at: `early-live-view ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Router', 'plug :put_root_layout, {AtelierWeb.LayoutView, "app.html"}') },
  },
  'has no plug Phoenix.LiveView.Flash': {
    hit: { [lib]: module('AtelierWeb.Router', 'plug Phoenix.LiveView.Flash') },
    at: `early-live-view ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Router', 'plug Atelier.LiveView.Flash') },
  },
  'calls mount/3': {
    hit: {
      [lib]: module(
        'AtelierWeb.RoomLive',
        'use AtelierWeb, :live_view',
        'def mount(_session, socket), do: {:ok, socket}',
      ),
    },
    at: `early-live-view ${lib}:3`,
    miss: {
      [lib]: module('AtelierWeb.RoomLive', 'use AtelierWeb, :live_view', 'def mount(_, _, socket), do: {:ok, socket}'),
      'lib/atelier/easel.ex': module('Atelier.Easel', 'def mount(canvas, frame), do: {canvas, frame}'),
    },
  },
  'no longer sets @live_module': {
    hit: { [page]: '<p>\n<%= @live_module %></p>\n' },
    at: `early-live-view ${page}:2`,
    miss: { [page]: '<p>\n<%= @socket.view %> live_module</p>\n' },
  },
  'a live route takes no :layout': {
    hit: {
      [lib]: module('AtelierWeb.Router', 'live "/rooms", RoomLive, layout: {AtelierWeb.LayoutView, "live.html"}'),
    },
    at: `live-session-layout ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Router', 'live "/layouts", RoomLive, as: :layout') },
  },
  'live_flash, .form and others': {
    hit: { [lib]: module('AtelierWeb', 'def view, do: quote(do: import(Phoenix.LiveView.Helpers))') },
    at: `component-imports ${lib}:2`,
    miss: {
      [lib]: module(
        'AtelierWeb',
        'def view do',
        '  import Phoenix.LiveView.Helpers',
        '  import Phoenix.Component',
        'end',
      ),
    },
  },
  'assign, assign_new and update': {
    hit: {
      [lib]: module(
        'AtelierWeb.Guest',
        'import Phoenix.LiveView',
        'def on_mount(_, _, _, socket), do: {:cont, assign(socket, :guest, true)}',
      ),
    },
    at: `component-imports ${lib}:2`,
    miss: {
      [lib]: module(
        'AtelierWeb.Guest',
        'use AtelierWeb, :live_view',
        'import Phoenix.LiveView',
        'def on_mount(_, _, _, socket), do: {:cont, assign(socket, :guest, true)}',
      ),
    },
  },
  'has no render_block': {
    hit: { [page]: '<div>\n<%= render_block(@inner_block, room: 1) %></div>\n' },
    at: `live-component-calls ${page}:2`,
    miss: { [page]: '<div>\n<%= render_slot(@inner_block, 1) %></div>\n' },
  },
  'preload/1 of a live component': {
    hit: { [lib]: module('AtelierWeb.Easel', 'use Phoenix.LiveComponent', 'def preload(assigns), do: assigns') },
    at: `live-view-1-0 ${lib}:3`,
    miss: { [lib]: module('Atelier.Easel', 'def preload(rooms), do: rooms') },
  },
  'gone from LiveView 1.0': {
    hit: { [lib]: module('AtelierWeb.RoomLive', 'def peer(socket), do: get_connect_info(socket)[:peer_data]') },
    at: `live-connect-info ${lib}:2`,
    miss: {
      [lib]: module(
        'AtelierWeb.RoomLive',
        'def peer(socket), do: get_connect_info(socket, :peer_data)',
        'def agent(socket), do: socket |> get_connect_info(:user_agent)',
      ),
    },
  },
  'search with lazy_html': {
    hit: { 'test/room_test.exs': module('RoomTest', 'def go(view), do: element(view, ~s|a:fl-contains("Next")|)') },
    at: 'live-view-1-1 test/room_test.exs:2',
    miss: { 'test/room_test.exs': module('RoomTest', 'def go(view), do: element(view, "a", "fl-contains")') },
  },
  'ignores phx-page-loading': {
    hit: { [page]: '<form phx-submit="save" phx-page-loading></form>\n' },
    at: `live-view-1-0 ${page}:1`,
    miss: { [page]: '<form phx-submit={JS.push("save", page_loading: true)}></form>\n' },
  },
  'phoenix_html 3 has no such function': {
    hit: { [page]: '<script>\nlet a = "<%= escape_javascript(@note) %>"</script>\n' },
    at: `phoenix-html-3 ${page}:2`,
    miss: { [page]: '<script>\nlet a = "<%= javascript_escape(@note) %>"</script>\n' },
  },
  'has no ~e and ~E': {
    hit: { [lib]: module('AtelierWeb.RoomView', 'def badge(room), do: ~E"<b><%= room %></b>"') },
    at: `phoenix-html-4 ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.RoomView', 'def badge(assigns), do: ~H"<b>{@room}</b>"') },
  },
  'HEEx refuses the </form>': {
    hit: { 'lib/atelier_web/live/new.html.leex': '<p>\n<%= f = form_for @changeset, "#" %>\n</form></p>\n' },
    at: 'leex-templates lib/atelier_web/live/new.html.leex:2',
    miss: {},
  },
  'the field holds whole seconds': {
    hit: {
      'lib/atelier/visit.ex': module('Atelier.Visit', 'schema "visits" do', '  field :left_at, :utc_datetime', 'end'),
      [lib]: module(
        'Atelier.Room',
        'def leave(visit) do',
        '  now = DateTime.utc_now()',
        '  Ecto.Changeset.put_change(visit, :left_at, now)',
        'end',
      ),
    },
    at: `ecto-3-code ${lib}:4`,
    miss: {
      'lib/atelier/visit.ex': module('Atelier.Visit', 'schema "visits" do', '  field :left_at, :utc_datetime', 'end'),
      [lib]: module(
        'Atelier.Room',
        'def leave(visit), do: change(visit, left_at: DateTime.utc_now() |> DateTime.truncate(:second))',
        'def enter(visit), do: Atelier.Visit.changeset(visit, %{left_at: DateTime.utc_now()})',
        'def see(visit), do: change(visit, seen_at: DateTime.utc_now())',
      ),
    },
  },
  'gone from Ecto 3': {
    hit: { [lib]: module('Atelier.Room', 'use Ecto.Schema', 'field(:opened, Ecto.DateTime)') },
    at: `ecto-3-code ${lib}:3`,
    miss: { [lib]: module('Atelier.Room', 'alias Atelier.DateTime', 'field(:opened, DateTime)') },
  },
  'of Ecto.Multi.run two': {
    hit: {
      [lib]: module(
        'Atelier.Move',
        'alias Ecto.Multi',
        'def go(m), do: m |> Multi.run(:room, fn %{a: a} -> {:ok, a} end)',
      ),
      'lib/atelier/other.ex': module('Atelier.Other', 'def go(m), do: Ecto.Multi.run(m, :room, &move/1)'),
    },
    at: `ecto-3-code ${lib}:3`,
    miss: {
      [lib]: module(
        'Atelier.Move',
        'alias Ecto.Multi',
        'def go(m), do: Multi.run(m, :room, fn _repo, a -> {:ok, a} end)',
      ),
    },
  },
  'a type needs embed_as/1': {
    hit: { [lib]: module('Atelier.Size', '@behaviour Ecto.Type', 'def type, do: :string') },
    at: `ecto-3-code ${lib}:2`,
    miss: { [lib]: module('Atelier.Size', '@behaviour Ecto.Type', 'def embed_as(_), do: :self') },
  },
  'starts a repo outside': {
    hit: { [lib]: module('Atelier.Seeds', 'def run(repo), do: Mix.Ecto.ensure_started(repo, [])') },
    at: `ecto-3-code ${lib}:2`,
    miss: { [lib]: module('Atelier.Seeds', 'def run(args), do: Mix.Ecto.parse_repo(args)') },
  },
  'ignores this option of a repo': {
    hit: { 'config/dev.exs': 'import Config\nconfig :atelier, Atelier.Repo,\n  pool_timeout: 9_000\n' },
    at: 'ecto-repo-options config/dev.exs:3',
    miss: { 'config/dev.exs': 'import Config\nconfig :atelier, Atelier.Courier,\n  pool_timeout: 9_000\n' },
  },
};

describe.each(Object.entries(cases))('%s', (part, { hit, at, miss }) => {
  const rule = codeRules.find(({ message }) => message.includes(part));

  test('is found where it stands', () => {
    expect(rule).toBeDefined();
    expect(findings(hit)).toContain(at);
  });

  test('is not found where only the names are alike', () => {
    expect(findings(miss).filter((one) => one.startsWith(`${rule?.topic} `))).toEqual([]);
  });
});

test('every rule has its case and its topic', () => {
  for (const { message, topic, since } of codeRules) {
    expect(
      Object.keys(cases).filter((part) => message.includes(part)),
      message,
    ).toHaveLength(1);
    expect(topicById(topic), topic).toBeDefined();
    expect(compareVersions(topicById(topic)?.since ?? '', since), message).toBeLessThanOrEqual(0);
  }
});

test('a view named in the middle of a pipe is the second argument of render', () => {
  const lines = ['def lost(conn), do: conn |> put_status(404) |> render(AtelierWeb.ErrorView, "404.html")'];
  const text = module('AtelierWeb.RoomController', ...lines);
  expect(findings({ [lib]: text })).toEqual([`controller-formats ${lib}:2`]);
});

test('a scope may name the trailing slash as well as the router', () => {
  const text = module(
    'AtelierWeb.Router',
    'use AtelierWeb, :router',
    'scope "/", AtelierWeb, trailing_slash: true do',
    'end',
  );
  expect(findings({ [lib]: text })).toEqual([`verified-routes ${lib}:3`]);
});

test('a rule speaks up only for an upgrade that reaches its version', () => {
  const view = { [lib]: module('AtelierWeb.RoomView', 'use Phoenix.View, root: "templates"') };
  expect(findings(view, '1.5.9', '1.6.17')).toEqual([]);
  expect(findings(view, '1.6.17', '1.7.0')).toEqual([`phoenix-view ${lib}:2`]);
});

test('a module that is gone is found however far the lock has moved, a mere name is not', () => {
  const view = { [lib]: module('AtelierWeb.RoomView', 'use Phoenix.View, root: "templates"') };
  expect(findings(view, '1.7.0', '1.8.12')).toEqual([`phoenix-view ${lib}:2`]);
  const template = { 'lib/atelier_web/templates/room/show.html.heex': '<%= content_tag :p, "a" %>' };
  expect(findings(template, '1.7.10', '1.8.12')).toHaveLength(1);
  expect(findings(template, '1.7.11', '1.8.12')).toEqual([]);
});

test('a function of the project that has the name of a framework one is no finding', () => {
  expect(
    findings({
      'lib/atelier_web/links.ex': module('AtelierWeb.Links', 'def live_patch(text), do: text'),
      [page]: '<%= live_patch("Next") %>\n',
    }),
  ).toEqual([]);
});

test('a test may follow a redirect with live_redirect', () => {
  expect(
    findings({
      'test/room_live_test.exs': module('RoomLiveTest', 'def go(view), do: live_redirect(view, to: "/rooms")'),
    }),
  ).toEqual([]);
});

test('route helpers without an alias in the web module are somebody else’s', () => {
  expect(findings({ [lib]: module('Atelier.Hiking', 'def go, do: Routes.shortest_path(:a, :b)') })).toEqual([]);
});

test('a Gettext backend may have any name', () => {
  const files = {
    'lib/atelier/words.ex': module('Atelier.Words', 'use Gettext, otp_app: :atelier'),
    'lib/atelier/letter.ex': module('Atelier.Letter', 'import Atelier.Words', 'def hi, do: dgettext("mail", "Hi")'),
    'lib/atelier_web.ex': module('AtelierWeb', 'def html do', '  quote do', '    import Atelier.Words', '  end', 'end'),
    'lib/atelier/caller.ex': module(
      'Atelier.Caller',
      'use Gettext, backend: Atelier.Words',
      'def hi, do: gettext("Hi")',
    ),
  };
  expect(findings(files, '1.7.14')).toEqual([
    'gettext-backend lib/atelier/letter.ex:2',
    'gettext-backend lib/atelier/words.ex:2',
    'gettext-backend lib/atelier_web.ex:4',
  ]);
});

describe('the import of a Gettext backend that brings no macros is required to change', () => {
  const backend = {
    'lib/atelier_web/gettext.ex': module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier'),
    [lib]: module('AtelierWeb', 'def controller do', '  quote do', '    import AtelierWeb.Gettext', '  end', 'end'),
  };
  const needOf = (files: Readonly<Record<string, string>>) =>
    findCode(sources({ ...backend, ...files }), '1.7.17', '1.8.12').findings.find(
      ({ finding }) => finding.path === lib && finding.line === 4,
    )?.need;

  test.each([
    ['a module that uses it', module('AtelierWeb.RoomController', 'use AtelierWeb, :controller', 'gettext("Hi")')],
    [
      'one that uses what uses it',
      module('AtelierWeb.Base', 'defmacro __using__(_), do: quote(do: use(AtelierWeb, :controller))') +
        module('AtelierWeb.RoomController', 'use AtelierWeb.Base', 'dgettext("errors", "Hi")'),
    ],
  ])('where macros are called in %s', (_, text) => {
    expect(needOf({ 'lib/atelier_web/base.ex': text })).toBe('required');
  });

  test('where a template calls one', () => {
    expect(needOf({ [page]: '<p><%= gettext "Hi" %></p>' })).toBe('required');
  });

  test.each([
    ['nobody', module('AtelierWeb.RoomController', 'use AtelierWeb, :controller', 'Gettext.dgettext(X, "a", "b")')],
    [
      'only who uses Gettext by itself',
      module(
        'AtelierWeb.Room',
        'use AtelierWeb, :controller',
        'use Gettext, backend: AtelierWeb.Gettext',
        'gettext("Hi")',
      ),
    ],
  ])('not where %s calls one', (_, text) => {
    expect(needOf({ 'lib/atelier_web/base.ex': text })).toBe(undefined);
  });
});

describe('now in a field of whole seconds', () => {
  const schema = (...lines: string[]) => ({
    'lib/atelier/visit.ex': module('Atelier.Visit', 'schema "visits" do', ...lines, 'end'),
  });
  const rows = module(
    'Atelier.Load',
    'def load(n) do',
    '  now = NaiveDateTime.utc_now()',
    '  rows = Enum.map(1..n, fn _ -> %{inserted_at: now} end)',
    '  Atelier.Repo.insert_all(Atelier.Visit, rows)',
    'end',
  );

  test('is found by whatever name of the module gives it', () => {
    const put = module('Atelier.Leave', 'def go(visit), do: put_change(visit, :left_at, NaiveDateTime.utc_now())');
    const files = { ...schema('field :left_at, :naive_datetime'), 'lib/atelier/leave.ex': put };
    expect(findings(files)).toContain('ecto-3-code lib/atelier/leave.ex:2');
  });

  test('is found in rows for insert_all, whose timestamps hold whole seconds unless told otherwise', () => {
    expect(findings({ ...schema('timestamps()'), 'lib/atelier/load.ex': rows })).toContain(
      'ecto-3-code lib/atelier/load.ex:4',
    );
    expect(findings({ ...schema('timestamps(type: :naive_datetime_usec)'), 'lib/atelier/load.ex': rows })).toEqual([]);
  });

  test('is not looked for in a map that no insert_all takes', () => {
    const text = rows.replace('insert_all(Atelier.Visit, rows)', 'import(rows)');
    expect(findings({ ...schema('timestamps()'), 'lib/atelier/load.ex': text })).toEqual([]);
  });
});

test('many calls in one file make one finding that counts them', () => {
  const text = '<%= content_tag :b, "a" %>\n<%= content_tag :i, "b" %>\n';
  const [only, ...others] = findCode(sources({ [page]: text }), '1.6.17', '1.8.12').findings;
  expect(others).toEqual([]);
  expect(only?.finding).toMatchObject({ path: page, line: 1, message: expect.stringContaining('2 lines') });
});

test('a file that has to be parsed and does not is named, and no other', () => {
  const text = 'defmodule Atelier.Room do\n  import Phoenix.HTML.Tag\n  def (\nend\n';
  const { broken } = findCode(sources({ [lib]: text, 'lib/atelier/idle.ex': 'defmodule (' }), '1.6.17', '1.8.12');
  expect(broken).toEqual([{ path: lib, line: 1 }]);
});

test('a file that does not parse hides nothing in the others', () => {
  const others = { 'config/config.exs': 'use Mix.Config\n' };
  expect(findings({ [lib]: 'defmodule Broken do\n  def (\nend\n', ...others })).toEqual([
    'import-config config/config.exs:1',
  ]);
});
