import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { planWithText } from '../support/customized.ts';
import { describePristine } from '../support/pristine.ts';
import { planOf } from '../support/projects.ts';
import { edited, lock, shopWith } from './small-shop.ts';

const key = /^config\/dev\/\w+\.dev_routes$/;
const verdictOf = (plan: Plan) =>
  plan.steps.flatMap(({ changes }) => changes).find(({ address }) => key.test(address))?.verdict;

const router = (routes: string) => `defmodule ShopWeb.Router do
  use ShopWeb, :router

  pipeline :browser do
    plug :accepts, ["html"]
  end

  scope "/", ShopWeb do
    get "/", PageController, :home
  end
${routes}end
`;
const mailbox = `
  if Mix.env() == :dev do
    scope "/dev" do
      pipe_through :browser

      forward "/mailbox", Plug.Swoosh.MailboxPreview
    end
  end
`;

describe('the switch of development routes, without generated text', () => {
  const planned = (routes: string) => {
    const files = edited('config/dev.exs', 'config :shop, dev_routes: true\n', '', shopWith({}));
    const own = { 'lib/shop_web/router.ex': router(routes), 'mix.lock': lock({ phoenix: '1.6.15' }) };
    return planOf({ ...files, ...own }, { to: '1.7.14' });
  };
  test('is not set where the router has nothing for it', () => {
    expect(verdictOf(planned(''))).toBe('declined');
  });
  test('waits with the routes for their text', () => {
    const plan = planned(mailbox);
    expect(verdictOf(plan)).toBe('needs-source');
    expect(plan.steps.find(({ id }) => id === 'dev-routes')?.edits).toEqual([]);
  });
  test('is set where the router asks for it already', () => {
    const asking = 'Application.compile_env(:shop, :dev_routes)';
    expect(verdictOf(planned(`\n  if ${asking} do\n    get "/mails", ShopWeb.MailController, :index\n  end\n`))).toBe(
      'pending',
    );
  });
});

describePristine('the switch of development routes, with generated text', () => {
  const asked = { from: '1.6.16', to: '1.8.12' };
  const withoutRoutes = (text: string) => {
    const start = text.indexOf('  # Enables LiveDashboard');
    return `${text.slice(0, start).trimEnd()}\nend\n`;
  };
  test('comes with the routes', async () => {
    const { plan } = await planWithText(asked, {});
    expect(verdictOf(plan)).toBe('pending');
    const step = plan.steps.find(({ id }) => id === 'dev-routes');
    expect(step?.edits.map(({ path }) => path)).toEqual(['config/dev.exs', 'lib/sample_app_web/router.ex']);
    // The other hunks of the router belong to steps of their own, for which this one does not wait.
    expect(step).toMatchObject({ after: [], risk: 'review' });
    expect(step).not.toHaveProperty('together');
    expect(step?.edits[1]?.patch).not.toMatch(/^[-+].*(?:PageController|put_root_layout)/m);
  });
  test('is left out where somebody took the routes out', async () => {
    const { plan } = await planWithText(asked, { 'lib/sample_app_web/router.ex': withoutRoutes });
    expect(verdictOf(plan)).toBe('declined');
  });
  test('are LiveDashboard’s before there was a directory for them', async () => {
    const ours = (text: string) =>
      text.replace('get "/", PageController', 'get "/about", PageController, :about\n    get "/", PageController');
    const { plan } = await planWithText({ from: '1.4.17', to: '1.5.14' }, { 'lib/sample_app_web/router.ex': ours });
    const dashboards = plan.steps.filter(({ edits }) =>
      edits.some(({ patch }) => /^\+.*live_dashboard "/m.test(patch)),
    );
    expect(dashboards.map(({ id }) => id)).toEqual(['live-dashboard']);
  });
});
