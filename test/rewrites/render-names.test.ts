import { describe, expect, test } from 'vitest';
import { parse } from '../../src/elixir/parse.ts';
import { controllerFormats } from '../../src/elixir/router/formats.ts';
import { performRewrite } from '../../src/rewrites/perform.ts';
import { isLeft } from '../../src/rewrites/place.ts';

const router = `defmodule FerryWeb.Router do
  use FerryWeb, :router

  pipeline :browser do
    plug :accepts, ["html"]
  end

  pipeline :api do
    plug :accepts, ~w(json)
  end

  pipeline :either do
    plug :accepts, @formats
  end

  scope "/", FerryWeb do
    pipe_through [:browser, :require_user]
    get "/", PageController, :home

    resources "/piers", PierController do
      resources "/ropes", RopeController
    end
  end

  scope "/api", FerryWeb do
    pipe_through :api
    get "/piers", PierController, :index

    scope "/v2", V2 do
      get "/piers", PierController, :index
    end
  end

  scope "/odd", FerryWeb do
    pipe_through :either
    get "/", OddController, :show
  end

  get "/bare", FerryWeb.BareController, :show
end
`;

test('the formats of controllers are those of all pipelines that lead to them', () => {
  expect(Object.fromEntries(controllerFormats(parse(router)))).toEqual({
    'FerryWeb.PageController': ['html'],
    'FerryWeb.PierController': ['html', 'json'],
    'FerryWeb.RopeController': ['html'],
    'FerryWeb.V2.PierController': ['json'],
    'FerryWeb.OddController': null,
    'FerryWeb.BareController': null,
  });
});

const controller = (code: string) =>
  `defmodule FerryWeb.PageController do\n  use FerryWeb, :controller\n\n  def a(conn, name), do: ${code}\nend\n`;

function outcome(code: string, formats: readonly string[] | null) {
  const task = { name: 'render-names', formats: { 'FerryWeb.PageController': formats } } as const;
  const file = { path: 'lib/a.ex', text: controller(code), read: () => undefined };
  const { text, places } = performRewrite(file, task);
  expect(performRewrite({ ...file, text }, task).text).toBe(text);
  return { text, reasons: places.filter(isLeft).map(({ reason }) => reason) };
}

describe('render with the name of a template', () => {
  test.each([
    ['render(conn, "home.html")', 'render(conn, :home)'],
    ['render conn, "pier_list.html", a: 1', 'render conn, :pier_list, a: 1'],
    ['conn |> put_view(B) |> render("a-b.html", a: 1)', 'conn |> put_view(B) |> render(:"a-b", a: 1)'],
    ['render(conn, :home)', 'render(conn, :home)'],
  ])('%s', (before, after) => {
    expect(outcome(before, ['html'])).toEqual({ text: controller(after), reasons: [] });
  });

  test.each([
    ['render(conn, "home.html")', null, 'its routes do not say which formats are requested'],
    [
      'render(conn, "home.html")',
      ['html', 'json'],
      'its routes accept html, json: render(conn, :home) would follow what is asked for',
    ],
    [
      'render(conn, "home.xml")',
      ['html'],
      'its routes accept html: render(conn, :home) would follow what is asked for',
    ],
    ['render(conn, "#{name}.html")', ['html'], 'the name of the template is not written out'],
  ])('left: %s for %j', (code, formats, reason) => {
    expect(outcome(code, formats)).toEqual({ text: controller(code), reasons: [reason] });
  });

  test('what renders without a conn, or by a view, is another function', () => {
    for (const code of ['render("home.html")', 'render(conn, PageView, "home.html", [])'])
      expect(outcome(code, ['html'])).toEqual({ text: controller(code), reasons: [] });
  });
});
