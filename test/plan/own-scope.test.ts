import { expect, test } from 'vitest';
import { planOf } from '../support/projects.ts';
import { deps, lock, mixfile, shopWith } from './small-shop.ts';

const router = `defmodule ShopWeb.Router do
  use ShopWeb, :router
  import Phoenix.LiveDashboard.Router

  pipeline :api do
    plug :accepts, ["json"]
  end

  scope "/" do
    pipe_through [:fetch_session, :protect_from_forgery]
    get "/stock", ShopWeb.StockController, :index
    live_dashboard "/gauges", metrics: ShopWeb.Telemetry
  end
end
`;

test('a scope with routes of the user’s own is no step, though the generator has left its path', () => {
  const { phoenix_html: _html, phoenix_live_view: _view, ...rest } = deps;
  const plan = planOf(
    shopWith({
      'mix.exs': mixfile({ deps: { ...rest, phoenix: '{:phoenix, "~> 1.5.5"}' } }),
      'mix.lock': lock({ phoenix: '1.5.5' }),
      'lib/shop_web/router.ex': router,
    }),
    { to: '1.8.12' },
  );
  const addresses = plan.steps.flatMap(({ changes }) => changes.map(({ address }) => address));
  expect(addresses.filter((address) => address.startsWith('web/router.scope./'))).not.toContain('web/router.scope./');
});
