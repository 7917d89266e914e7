import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../../src/elixir/evaluate/refusal.ts';
import { namesOf } from '../../../../src/pristine/naming.ts';
import { evaluateProject } from '../../../../src/pristine/sources/hex/project.ts';
import { smallInstaller } from './small-installer.ts';

const encoder = new TextEncoder();

function generated(flags: readonly string[] = [], world = {}, changed: Record<string, string> = {}) {
  const files = Object.entries({ ...smallInstaller('1.8.0'), ...changed });
  const installer = { files: new Map(files.map(([path, text]) => [path, encoder.encode(text)])) };
  const request = { version: '1.8.0', flags, names: namesOf('shop', flags) };
  return evaluateProject(installer, request, {
    elixir: '1.18.4',
    otp: '27.3',
    format: (text) => text.trimEnd(),
    ...world,
  });
}

describe('an installer, evaluated', () => {
  test('writes its project', () => {
    const tree = generated();
    expect(tree.paths).toEqual([
      'LICENCE',
      'RULES.md',
      'config/config.exs',
      'lib/shop/application.ex',
      'lib/shop/repo.ex',
      'lib/shop_web/endpoint.ex',
      'mix.exs',
      'priv/icon.bin',
    ]);
    expect(tree.read('mix.exs')).toBe(
      'defmodule Shop.MixProject do\n  use Mix.Project\n\n  def project, do: [app: :shop, deps: deps()]\n' +
        '  defp deps, do: [phoenix: ">= 0.0.0", ecto_sql: ">= 0.0.0"]\nend\n',
    );
    expect(tree.read('lib/shop_web/endpoint.ex')).toBe(
      'defmodule ShopWeb.Endpoint do\n  # WEB! <%= kept %>\n\n  # both\nend\n',
    );
    expect(tree.read('RULES.md')).toBe('Rule a\n--\nRule b\n');
    expect(tree.read('LICENCE')).toBe('Do what you like.\n');
    expect(tree.bytes('priv/icon.bin')).toEqual(encoder.encode('\u0000icon'));
  });

  test('puts a fixed word for secrets', () => {
    expect(generated().read('config/config.exs')).toContain('signing_salt: "aaaaaaaa"');
  });

  test('takes flags', () => {
    const tree = generated(['--no-ecto']);
    expect(tree.has('lib/shop/repo.ex')).toBe(false);
    expect(tree.read('config/config.exs')).not.toContain('ecto_repos');
    expect(tree.read('lib/shop_web/endpoint.ex')).toContain('# less');
  });

  test('sees the Elixir that it is told of', () => {
    expect(generated([], { elixir: '1.19.4' }).read('config/config.exs')).toContain('~r"lib/.*"E');
    expect(generated().read('config/config.exs')).toContain('~r"lib/.*"]');
  });

  test('formats what it injects', () => {
    const tree = generated([], { format: (text: string) => text.toUpperCase().trimEnd() });
    expect(tree.read('config/config.exs')).toContain('CONFIG :SHOP');
  });

  test('refuses what it does not know, and writes nothing', () => {
    const bad = 'defmodule Mix.Tasks.Phx.New do\n  def run(_), do: System.cmd("curl", ["x"])\nend\n';
    expect(() => generated([], {}, { 'lib/mix/tasks/phx.new.ex': bad })).toThrow(Refusal);
  });
});
