import { describe, expect, test } from 'vitest';
import { type Files, faultsOf } from './faults.ts';

/** What a change of files breaks in a project, as `path:line message`. */
function broken(project: Files, change: Record<string, string | null>): string[] {
  return faultsOf(project, change).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const web = `defmodule QuayWeb do
  def controller do
    quote do
      use Phoenix.Controller
      alias QuayWeb.Router.Helpers, as: Routes
    end
  end

  def html do
    quote do
      use Phoenix.Component
      unquote(helpers())
    end
  end

  defp helpers do
    quote do
      import QuayWeb.Parts
      alias QuayWeb.Layouts
    end
  end

  defmacro __using__(which), do: apply(__MODULE__, which, [])
end
`;
const project: Files = {
  'lib/quay_web.ex': web,
  'lib/quay_web/parts.ex':
    'defmodule QuayWeb.Parts do\n  use Phoenix.Component\n  def badge(assigns), do: ~H"<b/>"\n  def pill(assigns), do: ~H"<.badge/>"\nend\n',
  'lib/quay_web/layouts.ex': 'defmodule QuayWeb.Layouts do\n  use QuayWeb, :html\n  embed_templates "layouts/*"\nend\n',
  'lib/quay_web/layouts/app.html.heex': '<main>{@inner_content}</main>',
  'lib/quay_web/page_html.ex':
    'defmodule QuayWeb.PageHTML do\n  use QuayWeb, :html\n  embed_templates "page_html/*"\nend\n',
  'lib/quay_web/page_html/home.html.heex': '<p>\n  <.badge/>\n</p>\n',
  'lib/quay_web/page_controller.ex':
    'defmodule QuayWeb.PageController do\n  use QuayWeb, :controller\n\n  def home(conn, _), do: render(conn, :home, url: Routes.page_path(conn, :home))\nend\n',
  'lib/quay_web/router.ex':
    'defmodule QuayWeb.Router do\n  use QuayWeb, :router\n\n  scope "/", QuayWeb do\n    get "/", PageController, :home\n    live "/board", BoardLive\n  end\nend\n',
  'lib/quay_web/board_live.ex': 'defmodule QuayWeb.BoardLive do\n  use QuayWeb, :live_view\nend\n',
  'lib/quay_web/board_live.html.heex': '<p></p>',
  'config/config.exs':
    'import Config\n\nconfig :quay, QuayWeb.Endpoint,\n  render_errors: [layout: {QuayWeb.Layouts, :app}]\n',
};

describe('what a change leaves without its counterpart', () => {
  test('nothing, where nothing changes and where all goes together', () => {
    expect(broken(project, {})).toEqual([]);
    expect(
      broken(project, {
        'lib/quay_web/board_live.ex': null,
        'lib/quay_web/board_live.html.heex': null,
        'lib/quay_web/router.ex': (project['lib/quay_web/router.ex'] ?? '').replace(
          '    live "/board", BoardLive\n',
          '',
        ),
      }),
    ).toEqual([]);
  });

  test('a live view whose template goes, and a route whose live view goes', () => {
    expect(broken(project, { 'lib/quay_web/board_live.html.heex': null })).toEqual([
      'lib/quay_web/board_live.ex:1 QuayWeb.BoardLive has neither render/1 nor a template',
    ]);
    expect(broken(project, { 'lib/quay_web/board_live.ex': null })).toContain(
      'lib/quay_web/router.ex:6 QuayWeb.BoardLive is not defined',
    );
  });

  test('a component that templates still call, in their own module or by import', () => {
    const parts = 'defmodule QuayWeb.Parts do\n  use Phoenix.Component\n  def pill(assigns), do: ~H"<i/>"\nend\n';
    expect(broken(project, { 'lib/quay_web/parts.ex': parts })).toEqual([
      'lib/quay_web/page_html/home.html.heex:2 badge/1 is not defined',
    ]);
  });

  test('a layout that the configuration of error pages names', () => {
    expect(broken(project, { 'lib/quay_web/layouts/app.html.heex': null })).toEqual([
      'config/config.exs:4 the template app of QuayWeb.Layouts is not defined',
    ]);
  });

  test('a function that has the name of an embedded template', () => {
    const layouts = (project['lib/quay_web/layouts.ex'] ?? '').replace(
      'end\n',
      '  def app(assigns), do: ~H"<main/>"\nend\n',
    );
    expect(broken(project, { 'lib/quay_web/layouts.ex': layouts })).toEqual([
      'lib/quay_web/layouts.ex:4 QuayWeb.Layouts.app/1 is also defined by lib/quay_web/layouts/app.html.heex',
    ]);
  });

  test('an action of a route, a page of a controller, a component of another module', () => {
    const controller =
      'defmodule QuayWeb.PageController do\n  use QuayWeb, :controller\n  def index(conn, _), do: render(conn, "list.html")\nend\n';
    expect(broken(project, { 'lib/quay_web/page_controller.ex': controller })).toEqual([
      'lib/quay_web/page_controller.ex:3 the template list of QuayWeb.PageController is not defined',
      'lib/quay_web/router.ex:5 QuayWeb.PageController.home/2 is not defined',
    ]);
    expect(broken(project, { 'lib/quay_web/page_html/home.html.heex': '<Layouts.shell/>' })).toEqual([
      'lib/quay_web/page_html/home.html.heex:1 Layouts.shell/1 is not defined',
    ]);
  });

  test('nothing that a template of EEx lacked before it became one of HEEx', () => {
    const old = { 'lib/quay_web/page_html/list.html.eex': '<%= QuayWeb.Depot.crates() %>' };
    const renamed = {
      'lib/quay_web/page_html/list.html.eex': null,
      'lib/quay_web/page_html/list.html.heex': '<%= QuayWeb.Depot.crates() %>',
    };
    expect(broken({ ...project, ...old }, renamed)).toEqual([]);
    const more = {
      ...renamed,
      'lib/quay_web/page_html/list.html.heex': '<%= QuayWeb.Depot.crates() %><Layouts.shell/>',
    };
    expect(broken({ ...project, ...old }, more)).toEqual([
      'lib/quay_web/page_html/list.html.heex:1 Layouts.shell/1 is not defined',
    ]);
  });

  test('an alias that the web module no longer gives', () => {
    const without = web.replace('      alias QuayWeb.Router.Helpers, as: Routes\n', '');
    expect(broken(project, { 'lib/quay_web.ex': without })).toEqual([
      'lib/quay_web/page_controller.ex:4 Routes.page_path/2 is not defined',
    ]);
  });

  test('an import that came by a quote which another quote no longer takes in', () => {
    const thin = web
      .replace('unquote(helpers())', 'unquote(fewer())')
      .replace(
        '  defp helpers do',
        '  def part do\n    quote do\n      unquote(helpers())\n    end\n  end\n\n  defp fewer do\n    quote do\n      alias QuayWeb.Layouts\n    end\n  end\n\n  defp helpers do',
      );
    expect(broken(project, { 'lib/quay_web.ex': thin })).toContain(
      'lib/quay_web/page_html/home.html.heex:2 badge/1 is not defined',
    );
  });

  test('calls of route helpers once the router makes none', () => {
    const routing = (options: string) =>
      web.replace(
        '  defp helpers do',
        `  def router do\n    quote do\n      use Phoenix.Router${options}\n    end\n  end\n\n  defp helpers do`,
      );
    const before = { ...project, 'lib/quay_web.ex': routing('') };
    expect(broken(before, { 'lib/quay_web.ex': routing(', helpers: false') })).toEqual([
      'lib/quay_web/page_controller.ex:4 Routes.page_path/2 is not defined',
    ]);
    expect(broken(before, { 'lib/quay_web.ex': routing(', helpers: true') })).toEqual([]);
  });

  test('a quote that unquotes what is not there, or that nothing takes in', () => {
    expect(broken(project, { 'lib/quay_web.ex': web.replace('defp helpers do', 'defp others do') }).sort()).toEqual(
      [
        'lib/quay_web/page_html/home.html.heex:2 badge/1 is not defined',
        'lib/quay_web.ex:12 helpers/0 is not defined',
        'lib/quay_web.ex:16 nothing takes in QuayWeb.others/0',
      ].sort(),
    );
  });

  test('a role that the web module does not have', () => {
    const live =
      'defmodule QuayWeb.BoardLive do\n  use QuayWeb, :verified_routes\n  def render(assigns), do: nil\nend\n';
    expect(broken(project, { 'lib/quay_web/board_live.ex': live })).toEqual([
      'lib/quay_web/board_live.ex:2 QuayWeb.verified_routes/0 is not defined',
    ]);
  });

  test('a verified route where nothing brings the sigil', () => {
    const controller =
      'defmodule QuayWeb.PageController do\n  use QuayWeb, :controller\n  def home(conn, _), do: redirect(conn, to: ~p"/a")\nend\n';
    expect(broken(project, { 'lib/quay_web/page_controller.ex': controller })).toEqual([
      'lib/quay_web/page_controller.ex:3 ~p is not defined',
    ]);
  });
});

test('a test whose case template no longer imports the route helpers', () => {
  const template = (line: string) =>
    `defmodule QuayWeb.ConnCase do\n  use ExUnit.CaseTemplate\n\n  using do\n    quote do\n      ${line}\n    end\n  end\nend\n`;
  const files = {
    ...project,
    'test/support/conn_case.ex': template('import QuayWeb.Router.Helpers'),
    'test/quay_web/page_test.exs':
      'defmodule QuayWeb.PageTest do\n  use QuayWeb.ConnCase\n\n  def at(conn), do: page_path(conn, :home)\nend\n',
  };
  const change = { 'test/support/conn_case.ex': template('alias QuayWeb.Router.Helpers, as: Routes') };
  expect(broken(files, change)).toEqual(['test/quay_web/page_test.exs:4 page_path/2 is not defined']);
});

describe('a name that two modules bring', () => {
  const own =
    'defmodule QuayWeb.Layouts do\n  use QuayWeb, :html\n  embed_templates "layouts/*"\n  def pill(assigns), do: ~H"<u/>"\nend\n';

  test('a definition beside the import of its name, where it is called, in a template too', () => {
    expect(broken(project, { 'lib/quay_web/layouts.ex': own })).toEqual([]);
    const called = { 'lib/quay_web/layouts.ex': own, 'lib/quay_web/layouts/app.html.heex': '<main>\n<.pill/></main>' };
    expect(broken(project, called)).toEqual([
      'lib/quay_web/layouts/app.html.heex:2 pill/1 may be that of QuayWeb.Layouts or that of QuayWeb.Parts',
    ]);
    expect(
      broken({ ...project, ...called }, { 'lib/quay_web/layouts/app.html.heex': '<main><.pill/></main>' }),
    ).toEqual([]);
  });

  test('two imports of a name, once a quote brings the second', () => {
    const more = { ...project, 'lib/quay_web/more.ex': 'defmodule QuayWeb.More do\n  def badge(x), do: x\nend\n' };
    const taken = (line: string) =>
      web.replace('      import QuayWeb.Parts\n', `      import QuayWeb.Parts\n      ${line}\n`);
    expect(broken(more, { 'lib/quay_web.ex': taken('import QuayWeb.More') })).toEqual([
      'lib/quay_web/page_html/home.html.heex:2 badge/1 may be that of QuayWeb.Parts or that of QuayWeb.More',
    ]);
    expect(broken(more, { 'lib/quay_web.ex': taken('import QuayWeb.More, except: [badge: 1]') })).toEqual([]);
    expect(broken(more, { 'lib/quay_web.ex': taken('import QuayWeb.More, only: :macros') })).toEqual([]);
  });

  test('not an import within a function, nor one that a later line of the same module narrows', () => {
    const page = (lines: string) =>
      `defmodule QuayWeb.PageHTML do\n  use QuayWeb, :html\n${lines}\n  def badge(_), do: 1\n  def all, do: badge(1)\nend\n`;
    expect(broken(project, { 'lib/quay_web/page_html.ex': page('') })).toHaveLength(1);
    expect(
      broken(project, { 'lib/quay_web/page_html.ex': page('  import QuayWeb.Parts, except: [badge: 1]') }),
    ).toEqual([]);
    const inner =
      'defmodule QuayWeb.Bare do\n  def badge(_), do: 1\n  def all, do: badge(1)\n  def pills do\n    import QuayWeb.Parts\n    pill(%{})\n  end\nend\n';
    expect(broken(project, { 'lib/quay_web/bare.ex': inner })).toEqual([]);
  });
});

test('a script among the tests that nothing runs needs nothing', () => {
  const call = 'defmodule Quay.OldTest do\n  use ExUnit.Case\n  test "gone", do: QuayWeb.Parts.pill(%{})\nend\n';
  const change = { 'lib/quay_web/parts.ex': 'defmodule QuayWeb.Parts do\n  def badge(assigns), do: assigns\nend\n' };
  const places = (path: string) => broken({ ...project, [path]: call }, change).filter((one) => one.startsWith(path));
  expect(places('test/quay/parts_test.exs')).toHaveLength(1);
  expect(places('test/quay/parts_test.old.exs')).toEqual([]);
});
