import { describe, expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { deps, lock, mixfile, shopWith } from './small-shop.ts';

const views =
  'defmodule ShopWeb do\n  def view do\n    quote do\n      use Phoenix.View, root: "lib/shop_web/templates"\n    end\n  end\nend\n';
const on = (phoenix: string) =>
  planOf(shopWith({ 'lib/shop_web.ex': views, 'mix.lock': lock({ phoenix }) }), { to: '1.8.12' });

describe('phoenix_view for an app with views', () => {
  test('is safe by itself where Phoenix brings the package along', () => {
    expectStep(on('1.6.15'), 'phoenix-view', { risk: 'safe' });
  });
  test('is not before Phoenix 1.6, which has the modules itself', () => {
    const step = expectStep(on('1.5.9'), 'phoenix-view', { risk: 'review' });
    expect(step.why).toContain('twice');
  });
});

describe('what breaks with the target is found', () => {
  const web = 'defmodule ShopWeb do\n  def view do\n    quote do\n      use Phoenix.HTML\n    end\n  end\nend\n';
  const withDeps = (added: Readonly<Record<string, string>>) => mixfile({ deps: { ...deps, ...added } });
  const helpers = (added: Readonly<Record<string, string>>, locked: Readonly<Record<string, string>>) =>
    planOf(shopWith({ 'lib/shop_web.ex': web, 'mix.lock': lock(locked), 'mix.exs': withDeps(added) }), {
      to: '1.8.12',
    });

  test('however far the lock has moved', () => {
    const step = expectStep(helpers({}, { phoenix: '1.8.8', phoenix_html: '4.3.0' }), 'phoenix-html-helpers', {
      need: 'required',
    });
    expect(step.findings).toContainEqual(expect.objectContaining({ path: 'lib/shop_web.ex', line: 4 }));
  });

  test('until what the code needs is there, whoever put it there', () => {
    const withViews = (added: Readonly<Record<string, string>>) =>
      planOf(shopWith({ 'lib/shop_web.ex': views, 'mix.exs': withDeps(added) }), { to: '1.8.12' }).steps.map(
        ({ id }) => id,
      );
    expect(withViews({})).toContain('phoenix-view');
    expect(withViews({ phoenix_view: '{:phoenix_view, "~> 2.0"}' })).not.toContain('phoenix-view');
  });

  test('and what a step added for code that it rewrote does not go again', () => {
    const plan = helpers({ phoenix_html: '{:phoenix_html, "~> 3.3"}' }, { phoenix: '1.7.14', phoenix_html: '3.3.4' });
    expectStep(plan, 'phoenix-html-helpers', { status: 'pending' });
    expect(plan.steps.map(({ id }) => id)).not.toContain('compatibility-deps');
  });

  test('also where its dep alone does not make it work: the step rewrites what uses it', () => {
    const plan = helpers({ phoenix_html_helpers: '{:phoenix_html_helpers, "~> 1.0"}' }, { phoenix: '1.6.16' });
    expectStep(plan, 'phoenix-html-helpers', { status: 'pending' });
    const step = plan.steps.find(({ id }) => id === 'phoenix-html-helpers');
    expect(step?.edits.map(({ patch }) => patch).join('')).toContain('+      use PhoenixHTMLHelpers');
  });
});
