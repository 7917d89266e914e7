import { describe, expect, test } from 'vitest';
import type { CodeFile } from '../../../src/plan/code/code-file.ts';
import { codeRules, findCode } from '../../../src/plan/code/find.ts';
import { topicById } from '../../../src/plan/topics/catalogue.ts';

function file(path: string, text: string): CodeFile {
  return { path, text };
}

/** `topic path:line` of each finding, for an upgrade over all known versions. */
function findings(files: Record<string, string>, from = '1.3.5', to = '1.8.12'): string[] {
  return findCode(
    Object.entries(files).map(([path, text]) => file(path, text)),
    from,
    to,
  ).findings.map(({ topic, finding }) => `${topic} ${finding.path}:${finding.line}`);
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
  'says use Gettext.Backend': {
    hit: { [lib]: module('AtelierWeb.Gettext', 'use Gettext, otp_app: :atelier') },
    at: `gettext-backend ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier') },
  },
  'imports a Gettext backend': {
    hit: {
      [lib]: module('AtelierWeb.Gettext', 'use Gettext.Backend, otp_app: :atelier'),
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
  'inside a tag': {
    hit: { [page]: '<ul>\n<li class="<%= for c <- @classes do %><%= c %><% end %>">x</li>\n</ul>\n' },
    at: `leex-templates ${page}:2`,
    miss: { [page]: '<ul>\n<%= for c <- @classes do %><li class={c}>{c}</li><% end %>\n</ul>\n' },
  },
  '~L is deprecated': {
    hit: { [lib]: module('AtelierWeb.RoomLive', 'def render(assigns), do: ~L"<p>Room</p>"') },
    at: `leex-templates ${lib}:2`,
    miss: { [lib]: module('AtelierWeb.RoomLive', 'def render(assigns), do: ~H"<p>Room</p>"') },
  },
  'without CSRF token': {
    hit: {
      [lib]: module('AtelierWeb.RoomLive', 'use Phoenix.LiveView'),
      [layout]: '<html>\n<head><title>A</title></head>\n<body></body></html>\n',
    },
    at: `csrf-meta-tag ${layout}:2`,
    miss: {
      [lib]: module('AtelierWeb.RoomLive', 'use Phoenix.LiveView'),
      [layout]: '<html>\n<head><meta name="csrf-token" content={get_csrf_token()}></head></html>\n',
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
  for (const { message, topic } of codeRules) {
    expect(
      Object.keys(cases).filter((part) => message.includes(part)),
      message,
    ).toHaveLength(1);
    expect(topicById(topic), topic).toBeDefined();
  }
});

test('a rule speaks up only for an upgrade that reaches its version', () => {
  const view = { [lib]: module('AtelierWeb.RoomView', 'use Phoenix.View, root: "templates"') };
  expect(findings(view, '1.5.9', '1.6.17')).toEqual([]);
  expect(findings(view, '1.6.17', '1.7.0')).toEqual([`phoenix-view ${lib}:2`]);
  expect(findings(view, '1.7.0', '1.8.12')).toEqual([]);
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

test('many calls in one file make one finding that counts them', () => {
  const text = '<%= link "a", to: "/" %>\n<%= link "b", to: "/" %>\n';
  const [only, ...others] = findCode([file(page, text)], '1.6.17', '1.8.12').findings;
  expect(others).toEqual([]);
  expect(only?.finding).toMatchObject({ path: page, line: 1, message: expect.stringContaining('2 lines') });
});

test('a file that has to be parsed and does not is named, and no other', () => {
  const text = 'defmodule Atelier.Room do\n  import Phoenix.HTML.Tag\n  def (\nend\n';
  const { broken } = findCode([file(lib, text), file('lib/atelier/idle.ex', 'defmodule (')], '1.6.17', '1.8.12');
  expect(broken).toEqual([{ path: lib, line: 1 }]);
});

test('a file that does not parse hides nothing in the others', () => {
  const others = { 'config/config.exs': 'use Mix.Config\n' };
  expect(findings({ [lib]: 'defmodule Broken do\n  def (\nend\n', ...others })).toEqual([
    'import-config config/config.exs:1',
  ]);
});
