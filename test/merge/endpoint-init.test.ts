import { expect, test } from 'vitest';
import { keysReadByInit } from '../../src/elixir/endpoint/own-init.ts';
import { parse } from '../../src/elixir/parse.ts';

const endpoint = (body: string) =>
  parse(`defmodule ShopWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :shop

  def init(_key, config) do
    ${body}
  end
end
`);

test.each([
  'if config[:from_vault], do: {:ok, Shop.Vault.into(config)}, else: {:ok, config}',
  'if Keyword.get(config, :from_vault, false), do: {:ok, Shop.Vault.into(config)}, else: {:ok, config}',
])('a key that an own init/2 reads is known: %s', (body) => {
  expect([...keysReadByInit(endpoint(body))]).toEqual(['from_vault']);
});

test('an init/2 that only takes the port from the environment, as Phoenix 1.3 had it, goes with its key', () => {
  const body = `if config[:load_from_system_env] do
      port = System.get_env("PORT") || raise "no port"
      {:ok, Keyword.put(config, :http, [:inet6, port: port])}
    else
      {:ok, config}
    end`;
  expect(keysReadByInit(endpoint(body)).size).toBe(0);
});
