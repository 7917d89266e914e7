import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { deps, lock, mixfile, shopWith } from './small-shop.ts';

/** Written by the generators of Phoenix 1.6, so that next to every app of then has it. */
test('let of a form becomes :let along with the LiveView that reads it', () => {
  const plan = planOf(
    shopWith({
      'lib/shop_web/templates/room/form.html.heex': '<.form let={f} for={@room}><%= f.id %></.form>\n',
      'mix.exs': mixfile({ deps: { ...deps, phoenix_live_view: '{:phoenix_live_view, "~> 0.17.5"}' } }),
      'mix.lock': lock({ phoenix: '1.6.16', phoenix_live_view: '0.17.14' }),
    }),
    { from: '1.6.16', to: '1.8.12' },
  );
  const step = expectStep(plan, 'live-component-calls', { status: 'pending', need: 'required' });
  expect(step.edits.map(({ patch }) => patch).join('')).toContain('+<.form :let={f} for={@room}>');
  expect(step.together).toContain('phoenix-1-8');
});
