import { describe, expect, test } from 'vitest';
import { parse } from '../../src/elixir/parse.ts';
import { routerModel } from '../../src/elixir/router/routes.ts';
import type { RoutesTask } from '../../src/rewrites/operation.ts';
import { performRewrite, rewriteResult } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';

const router = `defmodule FerryWeb.Router do
  use FerryWeb, :router
  import Phoenix.LiveView.Router

  scope "/", FerryWeb do
    pipe_through :browser
    get "/", PageController, :home
    get "/maps/*path", MapController, :show, as: :chart
    get "/search", SearchController, :index
    get "/search/:term", SearchController, :index

    resources "/products", ProductController do
      resources "/reviews", ReviewController, only: [:index, :show]
    end

    resources "/profile", ProfileController, singleton: true, only: ~w(show edit)a
    resources "/people", UserController, param: "slug", as: :person, except: [:delete]
    live "/piers", PierLive.Index, :index
    live "/berths", BerthLive
    harbour_routes()

    if Mix.env() == :dev do
      get "/kitchen", KitchenController, :sink
    end
  end

  scope "/admin", FerryWeb.Admin, as: :admin do
    resources "/crews", CrewController
  end
end
`;
const model = routerModel(parse(router));
const web = `defmodule FerryWeb do
  def controller do
    quote do
      use Phoenix.Controller
      unquote(verified_routes())
    end
  end

  def verified_routes do
    quote do
      use Phoenix.VerifiedRoutes, endpoint: FerryWeb.Endpoint, router: FerryWeb.Router, statics: []
    end
  end
end
`;
const task: RoutesTask = {
  name: 'verified-routes',
  router: 'FerryWeb.Router',
  routes: model?.routes ?? [],
  macros: model?.macros ?? [],
  statics: ['images', 'robots.txt'],
  alias: true,
  imported: false,
  web: { module: 'FerryWeb', path: 'lib/ferry_web.ex' },
  beside: ['lib/ferry_web.ex'],
  isOwner: false,
};

const read = (path: string) => (path === 'lib/ferry_web.ex' ? web : undefined);

function rewritten(text: string, path = 'lib/ferry_web/controllers/a_controller.ex', given: RoutesTask = task): string {
  const perform = (before: string) => performRewrite({ path, text: before, read }, given).text;
  const once = perform(text);
  expect(perform(once)).toBe(once);
  return once;
}

const controller = (code: string, head = 'use FerryWeb, :controller') =>
  `defmodule FerryWeb.AController do\n  ${head}\n\n  def a(conn, x, y), do: ${code}\nend\n`;

function reasonOf(code: string): string | undefined {
  const { places } = rewriteResult({ path: 'lib/a.ex', text: controller(code), read }, task);
  return places.find(isLeft)?.reason;
}

describe('route helpers', () => {
  test.each([
    ['Routes.page_path(conn, :home)', '~p"/"'],
    ['Routes.product_path(conn, :show, x)', '~p"/products/#{x}"'],
    ['Routes.product_path(conn, :show, "rope")', '~p"/products/rope"'],
    ['Routes.product_path(conn, :show, 7)', '~p"/products/7"'],
    ['Routes.product_review_path(conn, :show, x, y.id)', '~p"/products/#{x}/reviews/#{y.id}"'],
    ['Routes.product_path(conn, :index, page: 2)', '~p"/products?#{[page: 2]}"'],
    ['Routes.product_path(conn, :index, %{page: x})', '~p"/products?#{%{page: x}}"'],
    ['Routes.product_path(conn, :index, x)', '~p"/products?#{x}"'],
    ['Routes.product_path(conn, :index, [])', '~p"/products"'],
    ['Routes.product_url(conn, :edit, x)', 'url(conn, ~p"/products/#{x}/edit")'],
    ['Routes.product_url(FerryWeb.Endpoint, :new)', 'url(~p"/products/new")'],
    ['conn |> Routes.product_path(:new)', '~p"/products/new"'],
    ['Routes.profile_path(conn.private.x, :edit)', '~p"/profile/edit"'],
    ['Routes.person_path(conn, :show, x)', '~p"/people/#{x}"'],
    ['Routes.chart_path(conn, :show, ["a", x])', '~p"/maps/#{["a", x]}"'],
    ['Routes.pier_index_path(conn, :index)', '~p"/piers"'],
    ['Routes.live_path(conn, FerryWeb.BerthLive)', '~p"/berths"'],
    ['Routes.admin_crew_path(conn, :delete, x)', '~p"/admin/crews/#{x}"'],
    ['Routes.static_path(conn, "/images/pier.png")', '~p"/images/pier.png"'],
    ['Routes.search_path(conn, :index, q: x)', '~p"/search?#{[q: x]}"'],
    ['Routes.search_path(conn, :index, "a b")', '~p"/search/#{"a b"}"'],
    ['FerryWeb.Router.Helpers.page_path(conn, :home)', '~p"/"'],
    ['Routes.product_path(conn, :show, x, back: Routes.page_path(conn, :home))', '~p"/products/#{x}?#{[back: ~p"/"]}"'],
    ['Enum.map(x, &Routes.product_path(conn, :show, &1))', 'Enum.map(x, &~p"/products/#{&1}")'],
    ['"go to #{Routes.product_path(conn, :show, x)}"', '"go to #{~p"/products/#{x}"}"'],
  ])('%s', (before, after) => {
    expect(rewritten(controller(before))).toBe(controller(after));
  });

  test.each([
    ['Routes.product_path(conn, x)', 'the action is not written out'],
    ['Routes.product_path(conn, :archive)', 'the router has no action :archive for product'],
    ['Routes.harbour_path(conn, :index)', 'the router shows no route for harbour; harbour_routes may make it'],
    ['Routes.search_path(conn, :index, x)', 'its last argument may be a query or a part of the path'],
    ['Routes.page_path(conn, :home, x, y)', 'no route of :home takes so many values'],
    ['Routes.kitchen_path(conn, :sink)', 'the route is not there in every environment'],
    ['Routes.static_path(conn, "/js/app.js")', 'static_paths does not list /js/app.js'],
    ['Routes.page_path(fetch(x), :home)', 'what it is called with may do more than name the app'],
    ['Enum.map(x, &Routes.page_path/2)', 'it is passed on as a function'],
  ])('%s stays', (code, reason) => {
    expect(reasonOf(code)).toBe(reason);
    expect(rewritten(controller(code))).toBe(controller(code));
  });

  test('in templates, an attribute as well', () => {
    const path = 'lib/ferry_web/templates/a/b.html.eex';
    const before =
      '<a href="<%= Routes.product_path(@conn, :show, @product) %>"><%= x(Routes.page_url(@conn, :home)) %></a>\n';
    const after = '<a href="<%= ~p"/products/#{@product}" %>"><%= x(url(@conn, ~p"/")) %></a>\n';
    expect(rewritten(before, path)).toBe(after);
  });

  test('imported helpers are called without their module', () => {
    const given = { ...task, imported: true };
    expect(rewritten(controller('page_path(conn, :home)'), 'lib/a.ex', given)).toBe(controller('~p"/"'));
    expect(rewritten(controller('file_path(conn, :home)'), 'lib/a.ex', given)).toBe(
      controller('file_path(conn, :home)'),
    );
  });
});

test('a template between quotes is not ended by those of ~p, whatever sigil stands before it', () => {
  const template = (sigil: string) =>
    `defmodule FerryWeb.Bit do\n  use FerryWeb, :controller\n\n  def a(assigns), do: ${sigil}\nend\n`;
  const link = (href: string) => `<a href={${href}}>~</a>`;
  for (const sigil of [
    `~H"${link('Routes.page_path(@conn, :home)')}"`,
    `~H|${link('Routes.page_path(@conn, :home)')}|`,
  ]) {
    const quoted = sigil.startsWith('~H"');
    expect(rewritten(template(sigil))).toBe(template(quoted ? sigil : `~H|${link('~p"/"')}|`));
  }
});

describe('what a module needs for it', () => {
  test('an alias that nothing uses any more goes', () => {
    const head = 'use FerryWeb, :controller\n  alias FerryWeb.Router.Helpers, as: Routes';
    expect(rewritten(controller('Routes.page_path(conn, :home)', head))).toBe(controller('~p"/"'));
    expect(rewritten(controller('Routes.page_path(conn, x)', head))).toContain('as: Routes');
  });

  test('a module without ~p uses it in place of the alias', () => {
    const before = controller('Routes.page_path(conn, :home)', 'alias FerryWeb.Router.Helpers, as: Routes');
    expect(rewritten(before)).toBe(controller('~p"/"', 'use FerryWeb, :verified_routes'));
  });

  test('a test case gives it to its users', () => {
    const before =
      'defmodule FerryWeb.ConnCase do\n  using do\n    quote do\n      alias FerryWeb.Router.Helpers, as: Routes\n    end\n  end\nend\n';
    expect(rewritten(before, 'test/support/conn_case.ex')).toContain(
      '      use FerryWeb, :verified_routes\n      alias FerryWeb.Router.Helpers, as: Routes\n',
    );
  });

  test.each([
    ['~H"<a href={Routes.page_path(conn, :home)}>x</a>"', false],
    ['~H"<a title={~s(x)} href={Routes.page_path(conn, :home)}>x</a>"', false],
    ["~H'<a href={Routes.page_path(conn, :home)}>x</a>'", true],
    ['~H"""\n  <a href={Routes.page_path(conn, :home)}>x</a>\n  """', true],
  ])('a template between double quotes keeps its helpers: %s', (template, isRewritten) => {
    const text = controller(template);
    const { places } = rewriteResult({ path: 'lib/a.ex', text, read }, task);
    expect(places).toHaveLength(1);
    expect(places.some(isLeft)).toBe(!isRewritten);
  });

  test('nothing happens before the web module has verified routes', () => {
    const text = controller('Routes.page_path(conn, :home)');
    const result = performRewrite({ path: 'lib/a.ex', text, read: () => 'defmodule FerryWeb do\nend\n' }, task);
    expect(result.text).toBe(text);
    expect(result.places).toMatchObject([{ reason: 'FerryWeb gives its users no ~p' }]);
  });
});

test('routes that a loop over written paths makes are those of each path', () => {
  const looped = `defmodule FerryWeb.Router do
  use FerryWeb, :router

  scope "/api", FerryWeb do
    for prefix <- ["/", "/ports/:port"] do
      scope prefix do
        get "/crews", CrewController, :index
        get "#{prefix}/log", LogController, :show
      end
    end

    for lang <- Languages.all() do
      get "/#{lang}/help", HelpController, :show
    end
  end
end
`;
  const made = routerModel(parse(looped));
  expect(made?.routes.map(({ helper, pattern }) => [helper, pattern])).toEqual([
    ['crew', '/api/crews'],
    ['log', '/api/log'],
    ['crew', '/api/ports/:port/crews'],
    ['log', '/api/ports/:port/ports/:port/log'],
  ]);
  expect(made?.macros).toEqual(['for']);
});
