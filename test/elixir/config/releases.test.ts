import { describe, expect, it } from 'vitest';
import { runtimeOfReleases } from '../../../src/elixir/config/releases.ts';

function runtime(text: string): string {
  const result = runtimeOfReleases(text);
  if (!result.ok) throw new Error(result.reason);
  return result.text;
}

describe('releases.exs as runtime.exs', () => {
  it('stands under production, comments and all', () => {
    const text = '# For the till.\nimport Config\n\n# Cents.\nconfig :shop, price: 5\n\n# The end.\n';
    expect(runtime(text)).toBe(
      '# For the till.\nimport Config\n\nif config_env() == :prod do\n  # Cents.\n  config :shop, price: 5\n\n  # The end.\nend\n',
    );
  });
  it('keeps line breaks of Windows', () => {
    expect(runtime('import Config\r\nconfig :shop, a: 1\r\n')).toBe(
      'import Config\r\n\r\nif config_env() == :prod do\r\n  config :shop, a: 1\r\nend\r\n',
    );
  });
  it('stays as it is where it sets nothing', () => {
    expect(runtime('import Config\n# Nothing yet.\n')).toBe('import Config\n# Nothing yet.\n');
  });
  it('comes to import Config where it had the module by another way', () => {
    expect(runtime('use Mix.Config\nconfig :shop, a: 1\n')).toMatch(
      /^import Config\n\nif config_env\(\) == :prod do\n/,
    );
  });
  it('is refused where a text would change with its indentation', () => {
    expect(runtimeOfReleases('import Config\nconfig :shop, motto: "one\ntwo"\n')).toMatchObject({ ok: false });
  });
  it('is refused where something comes before the import', () => {
    expect(runtimeOfReleases('till = 5\nimport Config\nconfig :shop, a: till\n')).toMatchObject({ ok: false });
  });
});
