import { describe, expect, test } from 'vitest';
import { readCall } from '../../../../src/pristine/generator-call.ts';
import { namesOf } from '../../../../src/pristine/naming.ts';
import { evaluateGenerators } from '../../../../src/pristine/sources/hex/generator.ts';
import { memoryTree } from '../../../../src/project/tree.ts';
import { smallGenerators, smallProject } from './small-generators.ts';

const encoder = new TextEncoder();

function run(...calls: string[]) {
  const phoenix = new Map(Object.entries(smallGenerators('1.7.0')).map(([path, text]) => [path, encoder.encode(text)]));
  const files = Object.entries(smallProject).map(([path, text]) => [path, { bytes: encoder.encode(text) }] as const);
  const request = { version: '1.7.0', flags: [], names: namesOf('shop', []), calls: calls.map(readCall) };
  const input = { phoenix, project: memoryTree(new Map(files)), request };
  return evaluateGenerators(input, { elixir: '1.18.4', otp: '27.3.4' });
}

describe('a generator of the phoenix package', () => {
  test('writes into the project, with its config, its repo and its names', () => {
    const { tree, written } = run('phx.gen.context Accounts User users');
    expect([...written].sort()).toEqual(['lib/shop/accounts.ex', 'lib/shop/repo.ex']);
    expect(tree.read('lib/shop/accounts.ex')).toContain('# User by binary_id in Ecto.Adapters.Postgres, 1.7.0');
    expect(tree.read('lib/shop/repo.ex')).toContain('# generated');
    expect(tree.read('mix.exs')).toBe(smallProject['mix.exs']);
  });

  test('runs after another on what that wrote', () => {
    const { tree, written } = run(
      'mix phx.gen.context Accounts User users',
      'phx.gen.context Sales Order --no-binary-id',
    );
    expect([...written].sort()).toEqual(['lib/shop/accounts.ex', 'lib/shop/repo.ex', 'lib/shop/sales.ex']);
    expect(tree.read('lib/shop/sales.ex')).toContain('Order by id');
    expect(tree.read('lib/shop/repo.ex')?.match(/# generated/g)).toHaveLength(2);
  });

  test('refuses by name what it does not know', () => {
    expect(() => run('phx.gen.live Accounts User users')).toThrow('Mix.Tasks.Phx.Gen.Live.run/1');
  });
});

describe('a call of a generator', () => {
  test('is read as mix would', () => {
    const { task, module, args } = readCall(`mix phx.gen.html Shop Item items "kind:enum:a b" --no-context`);
    expect([task, module]).toEqual(['phx.gen.html', 'Mix.Tasks.Phx.Gen.Html']);
    expect(args).toEqual(['Shop', 'Item', 'items', 'kind:enum:a b', '--no-context']);
  });

  test.each(['phx.new shop', 'phx.gen.secret', 'rm -rf /', ''])('%j is none', (text) => {
    expect(() => readCall(text)).toThrow('is no generator of Phoenix');
  });
});
