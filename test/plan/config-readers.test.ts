import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { shopWith } from './small-shop.ts';

const config = `import Config

config :shop, ShopWeb.Endpoint, url: [host: "localhost"]

config :logger, :console,
  format: "$time $metadata[$level] $message\\n",
  metadata: [:request_id]
`;

/** Where the step that renames the logger's key says that code reads it. */
function readers(code: string): string[] {
  const files = shopWith({ 'config/config.exs': config, 'lib/shop/reading.ex': code });
  const step = expectStep(planOf(files, { to: '1.8.12' }), 'logger-default-formatter', { status: 'pending' });
  return step.findings.map(({ path, line }) => `${path}:${line}`);
}

test.each([
  'Application.fetch_env!(:logger, :console)',
  ':logger |> Application.get_env(:console, []) |> Keyword.get(:metadata)',
])('code that reads a key which goes is named: %s', (call) => {
  expect(readers(`defmodule Shop.Reading do\n  def settings do\n    ${call}\n  end\nend\n`)).toEqual([
    'lib/shop/reading.ex:3',
  ]);
});

test.each(['Application.fetch_env!(:logger, :level)', 'IO.inspect({:logger, :console})'])(
  'code that reads something else is not: %s',
  (call) => {
    expect(readers(`defmodule Shop.Reading do\n  def settings, do: ${call}\nend\n`)).toEqual([]);
  },
);
