import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { applied, planOf, treeOf } from '../support/projects.ts';
import { lock, shopWith } from './small-shop.ts';

const dispatch = `defmodule ShopWeb do
  def controller do
    quote do
      use Phoenix.Controller, namespace: ShopWeb
      import Plug.Conn
    end
  end

  def view do
    quote do
      use Phoenix.View, root: "lib/shop_web/templates", namespace: ShopWeb
      unquote(view_helpers())
    end
  end

  defp view_helpers do
    quote do
      import Phoenix.View
    end
  end

  defmacro __using__(which) when is_atom(which) do
    apply(__MODULE__, which, [])
  end
end
`;

/** The names of the quotes that take the verified routes in. */
function takers(text: string | undefined): string[] {
  const quotes = [...(text ?? '').matchAll(/defp? (\w+) do\n\s+quote do\n(.*?)\n {4}end\n/gs)];
  return quotes.filter(([, , lines]) => lines?.includes('unquote(verified_routes())')).map(([, name = '']) => name);
}

test('verified routes come with the quotes that take them in, whatever these are called by now', () => {
  const files = shopWith({ 'lib/shop_web.ex': dispatch, 'mix.lock': lock({ phoenix: '1.6.15' }) });
  const plan = planOf(files, { to: '1.8.12' });
  const step = expectStep(plan, 'verified-routes', { status: 'pending' });
  const after = applied(treeOf(files), [step]).text('lib/shop_web.ex');
  expect(after).toContain('use Phoenix.VerifiedRoutes');
  expect(takers(after)).toEqual(['controller', 'view_helpers']);
});
