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
  expect(takersAfter(dispatch)).toEqual(['controller', 'view_helpers']);
});

test('a quote that imports the route helpers is left alone: both have a static_path/2', () => {
  const importing = dispatch.replace('import Plug.Conn', 'import ShopWeb.Router.Helpers');
  expect(takersAfter(importing)).toEqual(['view_helpers']);
});

/** The quotes that take the verified routes in once their step is taken. */
function takersAfter(web: string): string[] {
  const files = shopWith({ 'lib/shop_web.ex': web, 'mix.lock': lock({ phoenix: '1.6.15' }) });
  const plan = planOf(files, { to: '1.8.12' });
  const step = expectStep(plan, 'verified-routes', { status: 'pending' });
  const after = applied(treeOf(files), [step]).text('lib/shop_web.ex');
  expect(after).toContain('use Phoenix.VerifiedRoutes');
  return takers(after);
}
