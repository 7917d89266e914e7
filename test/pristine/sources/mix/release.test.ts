import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { moduleAttribute } from '../../../../src/pristine/module-attribute.ts';
import { namesOf } from '../../../../src/pristine/naming.ts';
import { Cache } from '../../../../src/pristine/sources/cache.ts';
import { phoenixPackage, type ReleaseInput, renderRelease } from '../../../../src/pristine/sources/mix/release.ts';
import { minimalEnvironment, runCommand } from '../../../../src/pristine/sources/mix/runner.ts';
import { memoryTree } from '../../../../src/project/tree.ts';
import { describeMix } from '../../../support/mix.ts';
import { scratch } from '../../../support/pristine.ts';

const home = scratch('release');
afterAll(() => rmSync(home, { recursive: true, force: true }));
const processes = { run: runCommand, env: minimalEnvironment(process.env) };

/** A package with templates in the places where Phoenix has them. */
function packageWith(name: string, templates: Record<string, string>): string {
  const root = join(home, name);
  const files: Record<string, string> = {
    'mix.exs': 'defmodule Phoenix.MixProject do\n  @version "1.7.21"\n  def project, do: [version: @version]\nend\n',
    'lib/mix/tasks/phx.gen.release.ex':
      'defmodule Mix.Tasks.Phx.Gen.Release do\n  @shortdoc "x"\n  @debian "trixie"\nend\n',
  };
  for (const [path, text] of Object.entries(templates)) files[`priv/templates/phx.gen.release/${path}`] = text;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const templates = {
  'Dockerfile.eex':
    'FROM elixir:<%= elixir_vsn %>-<%= otp_vsn %>-<%= debian %>-<%= debian_vsn %>\n<%= if assets_dir_exists? do %>COPY assets assets\n<% end %>',
  'dockerignore.eex': '.git\n',
  'rel/server.sh.eex': '#!/bin/sh\n./<%= otp_app %> start\n',
  'rel/server.bat.eex': 'call <%= otp_app %> start\n',
  'rel/migrate.sh.eex': '#!/bin/sh\n./<%= otp_app %> eval <%= app_namespace %>.Release.migrate\n',
  'rel/migrate.bat.eex': 'call <%= otp_app %> migrate\n',
  'release.ex': 'defmodule <%= app_namespace %>.Release do\nend\n',
};

function input(source: string, flags: string[] = [], paths = ['assets/js/app.js', 'mix.exs']): ReleaseInput {
  return {
    source,
    request: { version: '1.7.21', flags, names: namesOf('shop_floor', flags, { module: 'Acme.Shop' }) },
    project: memoryTree(new Map(paths.map((path) => [path, { bytes: new Uint8Array() }]))),
    toolchain: { elixir: '1.18.4', otp: '27.3.4' },
  };
}

describeMix('release files', () => {
  it('are rendered from the templates of the package', async () => {
    const tree = await renderRelease(input(packageWith('whole', templates)), processes);
    expect(tree?.paths).toEqual([
      ...['.dockerignore', 'Dockerfile', 'lib/shop_floor/release.ex'],
      ...[
        'rel/overlays/bin/migrate',
        'rel/overlays/bin/migrate.bat',
        'rel/overlays/bin/server',
        'rel/overlays/bin/server.bat',
      ],
    ]);
    expect(tree?.read('Dockerfile')).toBe('FROM elixir:1.18.4-27.3.4-trixie-20250908\nCOPY assets assets\n');
    expect(tree?.read('rel/overlays/bin/migrate')).toBe('#!/bin/sh\n./shop_floor eval Acme.Shop.Release.migrate\n');
    expect(tree?.executable('rel/overlays/bin/server')).toBe(true);
    expect(tree?.executable('Dockerfile')).toBe(false);
  });

  it('have no migrations without Ecto, and no assets where there are none', async () => {
    const tree = await renderRelease(input(packageWith('bare', templates), ['--no-ecto'], ['mix.exs']), processes);
    expect(tree?.paths).not.toContain('rel/overlays/bin/migrate');
    expect(tree?.read('Dockerfile')).not.toContain('assets');
  });

  it('are none where the package has no templates', async () => {
    expect(await renderRelease(input(packageWith('old', {})), processes)).toBeNull();
  });

  it('fail with an explanation where a template does', async () => {
    const broken = packageWith('broken', { ...templates, 'Dockerfile.eex': '<%= nobody_binds_this %>' });
    await expect(renderRelease(input(broken), processes)).rejects.toMatchObject({ code: 'generator-failed', exit: 3 });
  });

  it('come from a package of exactly that version', async () => {
    const source = packageWith('deps', templates);
    const places = {
      packages: [join(home, 'nowhere'), source],
      cache: new Cache(join(home, 'cache')),
      offline: true,
      processes,
      progress: () => undefined,
    };
    expect(await phoenixPackage('1.7.21', places)).toBe(source);
    expect(await phoenixPackage('1.7.20', places)).toBeNull();
  });
});

it('reads a module attribute by syntax', () => {
  const text = 'defmodule A do\n  # @version "0.0.1"\n  @other "x"\n  @version "1.2.3"\n  def v, do: @version\nend\n';
  expect(moduleAttribute(text, 'version')).toBe('1.2.3');
  expect(moduleAttribute(text, 'missing')).toBeNull();
  expect(moduleAttribute('@version "1.#{minor}"', 'version')).toBeNull();
});
