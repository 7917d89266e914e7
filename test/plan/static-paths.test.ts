import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planWithText } from '../support/customized.ts';
import { describePristine, pristineRoot, readTree } from '../support/pristine.ts';
import { applied, type Files, planOf, treeOf } from '../support/projects.ts';
import { edited, lock, shopWith } from './small-shop.ts';

const dispatch = `defmodule ShopWeb do
  def channel do
    quote do
      use Phoenix.Channel
    end
  end

  defmacro __using__(which) when is_atom(which) do
    apply(__MODULE__, which, [])
  end
end
`;

function shopServing(folders: string, more: Files = {}): Files {
  const files = shopWith({ 'lib/shop_web.ex': dispatch, 'mix.lock': lock({ phoenix: '1.6.15' }), ...more });
  return edited('lib/shop_web/endpoint.ex', 'ShopWeb.static_paths()', `~w(${folders})`, files);
}

/** The two files once the step is taken. */
function moved(files: Files) {
  const plan = planOf(files, { to: '1.7.14' });
  expectStep(plan, 'static-paths', { status: 'pending', conflicts: [] });
  const step = plan.steps.filter(({ id }) => id === 'static-paths');
  const after = applied(treeOf(files), step);
  expect(after.text('lib/shop_web/endpoint.ex')).toMatch(/plug Plug\.Static,[^\n]*only: ShopWeb\.static_paths\(\)/);
  return after.text('lib/shop_web.ex');
}

describe('the list of static files goes into the web module', () => {
  test('with folders of the user’s own', () => {
    expect(moved(shopServing('assets downloads fonts images favicon.ico robots.txt'))).toContain(
      'def static_paths, do: ~w(assets downloads fonts images favicon.ico robots.txt)\n',
    );
  });
  test('merged by element where it stems from an older version', () => {
    const list = moved(shopServing('css fonts images js downloads favicon.ico robots.txt'));
    expect(list).toMatch(/do: ~w\(assets fonts images downloads favicon\.ico robots\.txt\)\n/);
  });
  test('with what an older bundler writes to, while there is one', () => {
    const webpack = { 'assets/webpack.config.js': 'module.exports = {}\n' };
    expect(moved(shopServing('css fonts images js favicon.ico robots.txt', webpack))).toMatch(
      /do: ~w\([^)]*\bcss\b[^)]*\bjs\b/,
    );
  });
  test('beside what the user’s own function has already', () => {
    const own = dispatch.replace('  def channel', '  def static_paths, do: ~w(assets maps)\n\n  def channel');
    const text = moved(shopServing('assets downloads images', { 'lib/shop_web.ex': own }));
    expect(text).toContain('do: ~w(assets downloads images maps)\n');
    expect(text?.match(/static_paths/g)).toHaveLength(1);
  });
});

describePristine('without the generated text that replaces a bundler', () => {
  test('an untouched webpack goes on being served from its folders', () => {
    const tree = readTree(join(pristineRoot(), 'pristine/1.5.9/default'));
    const step = planOf(tree, { to: '1.8.12' }).steps.filter(({ id }) => id === 'static-paths');
    const list = applied(tree, step).text('lib/sample_app_web.ex');
    for (const folder of ['assets', 'css', 'js']) expect(list).toMatch(new RegExp(`~w\\([^)]*\\b${folder}\\b`));
  });
});

describePristine('with the generated text at hand', () => {
  const web = 'lib/sample_app_web.ex';
  const serving = (text: string) => text.replace('only: ~w(assets', 'only: ~w(assets downloads');
  const ownSection = (text: string) => text.replace('  def channel', '  def presenter, do: :quoted\n\n  def channel');

  test.each([
    ['untouched', {}],
    ['changed by the user', { [web]: ownSection }],
  ])('a web module %s has the user’s folders after the step, and after all steps', async (_, changes) => {
    const asked = { from: '1.6.16', to: '1.8.12' };
    const { tree, plan } = await planWithText(asked, { 'lib/sample_app_web/endpoint.ex': serving, ...changes });
    const [alone, all] = [plan.steps.filter(({ id }) => id === 'static-paths'), plan.steps];
    for (const steps of [alone, all]) {
      const after = applied(tree, steps);
      expect(after.text('lib/sample_app_web/endpoint.ex')).toContain('only: SampleAppWeb.static_paths()');
      expect(after.text(web)).toMatch(/~w\(assets downloads fonts images favicon\.ico robots\.txt\)/);
      expect(after.text(web)?.match(/def static_paths/g)).toHaveLength(1);
    }
  });

  test('a layout that views of the user’s own are drawn in finds what it names', async () => {
    const view = 'defmodule SampleAppWeb.QuayView do\n  use SampleAppWeb, :view\nend\n';
    const controller =
      'defmodule SampleAppWeb.QuayController do\n  use SampleAppWeb, :controller\n\n  def index(conn, _), do: render(conn, "index.html")\n  def leave(conn, _), do: redirect(conn, to: Routes.quay_path(conn, :index))\nend\n';
    const { tree, plan } = await planWithText(
      { from: '1.5.9', to: '1.8.12' },
      {
        'lib/sample_app_web/views/quay_view.ex': () => view,
        'lib/sample_app_web/controllers/quay_controller.ex': () => controller,
        'lib/sample_app_web/templates/quay/index.html.eex': () => '<p>Quay</p>\n',
        'lib/sample_app_web/router.ex': (text) =>
          text.replace('get "/"', 'get "/quay", QuayController, :index\n    get "/"'),
      },
    );
    const after = applied(tree, plan.steps);
    for (const folder of ['assets', 'css', 'js']) {
      expect(after.text(web)).toMatch(new RegExp(`~w\\([^)]*\\b${folder}\\b`));
    }
    // The quotes bring the verified routes, and no module asks for them a second time.
    expect(after.text('lib/sample_app_web/controllers/quay_controller.ex')).toMatch(
      /^(?![\s\S]*:verified_routes)[\s\S]*~p"\/quay"/,
    );
    expect(after.text(web)).toMatch(/def controller do(?:(?! end\n)[\s\S])*unquote\(verified_routes\(\)\)/);
  });

  test('an endpoint that serves no files brings no list into the web module', async () => {
    const bare = (text: string) => text.replace(/ {2}plug Plug\.Static,[\s\S]*?robots\.txt\)\n/, '');
    const asked = { from: '1.6.16', to: '1.8.12' };
    const { plan } = await planWithText(asked, { 'lib/sample_app_web/endpoint.ex': bare });
    const addresses = plan.steps.flatMap(({ changes }) => changes.map(({ address }) => address));
    expect(addresses.filter((address) => /^web\/.*static_paths/.test(address))).toEqual([]);
  });
});
