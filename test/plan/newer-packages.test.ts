import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { deps, lock, mixfile, shopWith } from './small-shop.ts';

const controller = `defmodule ShopWeb.CartController do
  use ShopWeb, :controller

  def show(conn, _params) do
    text(conn, Phoenix.Controller.get_flash(conn, :info) || "empty")
  end
end
`;

/** The steps that the one for \`Phoenix.Flash\` comes after in a shop that asks for a Phoenix. */
function before(requirement: string): readonly string[] {
  const phoenix = `{:phoenix, "${requirement}"}`;
  const files = shopWith({
    'mix.exs': mixfile({ deps: { ...deps, phoenix } }),
    'mix.lock': lock({ phoenix: '1.6.15' }),
    'lib/shop_web/controllers/cart_controller.ex': controller,
  });
  return expectStep(planOf(files, { to: '1.8.12' }), 'phoenix-flash', { status: 'pending' }).after;
}

test('a rewrite to what only a newer Phoenix has comes behind the step that asks for that Phoenix', () => {
  expect(before('~> 1.6.15')).toEqual(['phoenix-1-8']);
});

test('where the requirement allows it, behind the step whose commands update it', () => {
  expect(before('~> 1.6')).toEqual(['phoenix-1-8']);
});
