import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/elixir/parse.ts';
import { readRouter, routerModule } from '../../../src/elixir/router/read.ts';

function read(body: string) {
  const found = readRouter(parse(`defmodule AtelierWeb.Router do\n  use AtelierWeb, :router\n${body}\nend\n`));
  if (!found) throw new Error('no router read');
  return found;
}

describe('the router of a file', () => {
  it('goes by what the module uses', () => {
    expect(routerModule(parse('defmodule R do\n  use Phoenix.Router\nend'))).toBe('R');
    expect(routerModule(parse('defmodule R do\n  use AtelierWeb, :controller\nend'))).toBeNull();
  });

  it('lists what it uses and imports, under their conditions', () => {
    const { uses } = read('  import Shelf.Router\n  if dev?() do\n    import Dash.Router\n  end');
    expect(uses.map(({ display, condition }) => [display, condition])).toEqual([
      ['use(AtelierWeb, :router)', null],
      ['import(Shelf.Router)', null],
      ['import(Dash.Router)', 'dev?()'],
    ]);
  });
});

describe('pipelines', () => {
  it('have their plugs in order', () => {
    const [browser, api] = read(`
  pipeline :browser do
    plug :accepts, ["html"]
    # own
    plug AtelierWeb.Locale, default: "de"
    if dev?(), do: plug(:trace)
    plug :fetch_user
    plug :fetch_user
  end

  pipeline :api do
    plug(:accepts, ["json"])
  end`).pipelines;
    expect(browser?.plugs.map(({ subject, display, condition }) => [subject, display, condition])).toEqual([
      [':accepts', '{:accepts, ["html"]}', null],
      ['AtelierWeb.Locale', '{AtelierWeb.Locale, default: "de"}', null],
      [':trace', '{:trace}', 'dev?()'],
      [':fetch_user', '{:fetch_user}', null],
      [':fetch_user#2', '{:fetch_user}', null],
    ]);
    expect([api?.name, api?.plugs.length, api?.line]).toEqual(['api', 1, 13]);
  });
});

describe('scopes', () => {
  it('nest, with path, alias and pipelines', () => {
    const [outer] = read(`
  scope "/", AtelierWeb do
    pipe_through [:browser, :auth]
    get "/", PageController, :index
    scope "/admin", Admin, as: :admin do
      pipe_through :admin
      resources "/kilns", KilnController, only: [:index]
    end
    live_session :open, on_mount: Hook do
      live "/shelf", ShelfLive
    end
  end`).scopes;
    expect(outer).toMatchObject({ path: '/', alias: 'AtelierWeb', pipeThrough: ['browser', 'auth'] });
    expect(outer?.calls.map(({ name }) => name)).toEqual(['pipe_through', 'get', 'live_session']);
    expect(outer?.calls[1]?.display).toBe('get("/", PageController, :index)');
    const [admin] = outer?.scopes ?? [];
    expect(admin).toMatchObject({ path: '/admin', alias: 'Admin', pipeThrough: ['admin'] });
    expect(admin?.options.map(({ path }) => path)).toEqual([['as']]);
  });

  it('say the same with options', () => {
    const scopes = read('  scope path: "/x", alias: Y do\n  end\n  scope "/x", alias: Y do\n  end').scopes;
    expect(scopes.map(({ path, alias }) => [path, alias])).toEqual([
      ['/x', 'Y'],
      ['/x', 'Y'],
    ]);
  });

  it('keep the condition they stand under', () => {
    const { scopes, calls } = read(
      '  if dev?() do\n    scope "/dev" do\n      get "/", A, :b\n    end\n  end\n  get "/up", Up, :up',
    );
    expect(scopes[0]).toMatchObject({ path: '/dev', alias: null, condition: 'dev?()' });
    expect(calls.map(({ display }) => display)).toEqual(['get("/up", Up, :up)']);
  });
});
