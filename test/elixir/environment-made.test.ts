import { describe, expect, it } from 'vitest';
import { hasExportedRegex, withoutExportedRegex } from '../../src/elixir/exported-regex.ts';
import { secretsFrom, withSecrets } from '../../src/elixir/secrets.ts';
import { settleEnvironment } from '../../src/facts/environment.ts';

describe('the regex modifier of newer Elixirs', () => {
  it('goes, whatever delimits the expression and whatever else modifies it', () => {
    const text = 'config :a, b: [~r"lib/.*\\.ex$"E, ~r{x/y}iE, ~R/z/uEm]\n';
    expect(hasExportedRegex(text)).toBe(true);
    expect(withoutExportedRegex(text)).toBe('config :a, b: [~r"lib/.*\\.ex$", ~r{x/y}i, ~R/z/um]\n');
  });

  it('is told from text that merely looks like it', () => {
    const text = 'config :a, b: "~r/x/E", c: ~s(~r/x/E), d: ~r/E/ # ~r/x/E\n';
    expect(withoutExportedRegex(text)).toBe(text);
  });

  it('is in no fact of a generated project', () => {
    const facts = new Map([['config/dev/shop.patterns', '[~r"a"E]']]);
    const { usual } = settleEnvironment({ version: '1.8.8', variant: 'default', facts });
    expect([...usual.facts.values()]).toEqual(['[~r"a"]']);
  });
});

describe('secrets', () => {
  const own = 'config :shop, ShopWeb.Endpoint,\n  live_view: [signing_salt: "mine"],\n  secret_key_base: "key"\n';

  it('stay where they were, in any order and layout', () => {
    const generated = 'config :shop, ShopWeb.Endpoint, secret_key_base: "x", live_view: [signing_salt: "y"]\n';
    expect(withSecrets(generated, secretsFrom([own]))).toBe(
      'config :shop, ShopWeb.Endpoint, secret_key_base: "key", live_view: [signing_salt: "mine"]\n',
    );
  });

  it('are not guessed where a file has several of that name and none at the place', () => {
    const two = `${own}config :shop, Other, signing_salt: "other"\n`;
    const generated = 'plug Plug.Session, signing_salt: "y", secret_key_base: "x"\n';
    expect(withSecrets(generated, secretsFrom([two]))).toBe(
      'plug Plug.Session, signing_salt: "y", secret_key_base: "key"\n',
    );
  });
});
