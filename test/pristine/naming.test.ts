import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renameTokens } from '../../src/elixir/names.ts';
import { pristineFacts } from '../../src/facts/extract/pristine.ts';
import { flagsOfVariant } from '../../src/pristine/flags.ts';
import { namesOf, renameTree, sampleNames } from '../../src/pristine/naming.ts';
import { treeHash } from '../../src/pristine/sources/pack/pack-format.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { describePristine, pristineRoot, pristineTree, pristineVersions } from '../support/pristine.ts';

const shop = namesOf('shop_floor', [], { module: 'Acme.Shop' });

function treeOf(files: Record<string, string>): FileTree {
  return memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }])));
}

describe('names of a project', () => {
  it('are derived as the generator derives them', () => {
    expect(namesOf('shop_floor2', [])).toEqual({
      app: 'shop_floor2',
      webApp: 'shop_floor2',
      module: 'ShopFloor2',
      webModule: 'ShopFloor2Web',
    });
    expect(namesOf('shop', ['--umbrella']).webApp).toBe('shop_web');
  });

  it.each([
    ['"sample_app_key"', '"shop_floor_key"'],
    ['"_sample_app_web_key"', '"_shop_floor_web_key"'],
    ['database: "sample_app_dev"', 'database: "shop_floor_dev"'],
    [':sample_app', ':shop_floor'],
    ['SampleAppWeb.PageController', 'Acme.ShopWeb.PageController'],
    ['SampleApp.Repo', 'Acme.Shop.Repo'],
    ['alias Elixir.SampleApp.Repo', 'alias Elixir.Acme.Shop.Repo'],
    ['from "phoenix-colocated/sample_app"', 'from "phoenix-colocated/shop_floor"'],
    ['@source "../../lib/sample_app_web";', '@source "../../lib/shop_floor_web";'],
    ['sample_apple SampleApples mysample_app2', 'sample_apple SampleApples mysample_app2'],
  ])('are replaced by token: %s', (before, after) => {
    expect(renameTokens(before, sampleNames([]), shop)).toBe(after);
  });
});

describe('the namespace key', () => {
  const config = 'import Config\n\nconfig :sample_app,\n  ecto_repos: [SampleApp.Repo]\n';
  const bare = 'import Config\n\n# The endpoint\nconfig :sample_app, SampleAppWeb.Endpoint, url: [host: "localhost"]\n';

  it('is written where the module does not follow from the name', () => {
    const renamed = renameTree(treeOf({ 'config/config.exs': config }), sampleNames([]), shop);
    expect(renamed.read('config/config.exs')).toBe(
      'import Config\n\nconfig :shop_floor,\n  namespace: Acme.Shop,\n  ecto_repos: [Acme.Shop.Repo]\n',
    );
  });

  it('gets a line of its own where the app has no settings', () => {
    const renamed = renameTree(treeOf({ 'config/config.exs': bare }), sampleNames([]), shop);
    expect(renamed.read('config/config.exs')).toContain(
      'import Config\n\nconfig :shop_floor,\n  namespace: Acme.Shop\n\n# The endpoint',
    );
  });

  it.each([config, bare])('goes away with the names that needed it', (text) => {
    const tree = treeOf({ 'config/config.exs': text });
    const back = renameTree(renameTree(tree, sampleNames([]), shop), shop, sampleNames([]));
    expect(back.read('config/config.exs')).toBe(text);
  });
});

describe('a renamed tree', () => {
  const app = fc.stringMatching(/^[a-z]{3,8}(_[a-z]{2,6})?$/).map((name) => `zz${name}`);

  it('is itself again when renamed back', () => {
    const tree = treeOf({
      'lib/sample_app_web/endpoint.ex':
        'defmodule SampleAppWeb.Endpoint do\n  use Phoenix.Endpoint, otp_app: :sample_app\nend\n',
      'config/config.exs': 'import Config\n\nconfig :sample_app,\n  generators: [binary_id: true]\n',
      'notes.txt': 'a sample app, Sampling\r\n',
    });
    fc.assert(
      fc.property(app, fc.boolean(), (name, dotted) => {
        const names = namesOf(name, [], dotted ? { module: 'Acme.Zz' } : {});
        const there = renameTree(tree, sampleNames([]), names);
        expect(there.paths).toContain(`lib/${name}_web/endpoint.ex`);
        expect(treeHash(renameTree(there, names, sampleNames([])))).toBe(treeHash(tree));
      }),
    );
  });

  it('keeps binary files and modes', () => {
    const bytes = Uint8Array.from([0, ...Buffer.from('sample_app')]);
    const tree = memoryTree(new Map([['bin/sample_app', { bytes, executable: true }]]));
    const renamed = renameTree(tree, sampleNames([]), shop);
    expect(renamed.executable('bin/shop_floor')).toBe(true);
    expect(renamed.bytes('bin/shop_floor')).toEqual(bytes);
  });
});

describePristine('generated projects', () => {
  it.each(['1.3.4', '1.5.15', '1.7.21', '1.8.12'])('of %s state the same facts under other names', (version) => {
    for (const flags of [[], ['--umbrella']]) {
      const tree = pristineTree(version, flags.length > 0 ? 'umbrella' : 'default');
      const renamed = renameTree(tree, sampleNames(flags), namesOf('quincunx_bay', flags));
      expect(pristineFacts(renamed)).toEqual(pristineFacts(tree));
    }
  });

  it.each(pristineVersions().filter((_, index) => index % 8 === 0))(
    'of %s are themselves again when renamed back',
    (version) => {
      for (const variant of readdirSync(join(pristineRoot(), 'pristine', version))) {
        const flags = flagsOfVariant(variant) ?? [];
        const tree = pristineTree(version, variant);
        for (const names of [
          namesOf('quincunx', flags),
          namesOf('quincunx_bay', flags, { module: 'Lever.Quincunx' }),
        ]) {
          const there = renameTree(tree, sampleNames(flags), names);
          expect(there.paths.some((path) => path.includes('sample_app'))).toBe(false);
          expect(treeHash(renameTree(there, names, sampleNames(flags)))).toBe(treeHash(tree));
        }
      }
    },
  );
});
