import { describe, expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { lock, shopWith } from './small-shop.ts';

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
