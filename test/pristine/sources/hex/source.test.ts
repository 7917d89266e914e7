import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCall } from '../../../../src/pristine/generator-call.ts';
import { namesOf } from '../../../../src/pristine/naming.ts';
import { Cache } from '../../../../src/pristine/sources/cache.ts';
import { HexRepository } from '../../../../src/pristine/sources/hex/repository.ts';
import { hexSettings } from '../../../../src/pristine/sources/hex/settings.ts';
import { HexSource } from '../../../../src/pristine/sources/hex/source.ts';
import { httpTransport } from '../../../../src/pristine/sources/hex/transport.ts';
import { memoryTree } from '../../../../src/project/tree.ts';
import { LocalRepository, tarballOf, testKey } from './signed-registry.ts';
import { smallGenerators, smallProject } from './small-generators.ts';
import { smallInstaller } from './small-installer.ts';

let remote: LocalRepository;
let directory: string;
let said: string[];

beforeEach(async () => {
  remote = new LocalRepository();
  await remote.start();
  directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-hex-source-'));
  said = [];
  const releases = ['1.7.0', '1.8.0', '1.8.1-rc.0'].map(async (version) => ({
    version,
    tarball: await tarballOf(smallInstaller(version)),
  }));
  const taken = { version: '1.8.2', tarball: await tarballOf(smallInstaller('1.8.2')), retired: 'broken' };
  remote.publish('phx_new', [...(await Promise.all(releases)), taken]);
});

afterEach(() => {
  remote.stop();
  rmSync(directory, { recursive: true, force: true });
});

function open(changes: { toolchain?: { elixir: string; otp: string }; packages?: string[] } = {}): HexSource {
  const env = { HOME: directory, HEX_MIRROR: remote.url };
  const settings = hexSettings(env, join(directory, 'cache'), false, testKey);
  const repository = new HexRepository(settings, httpTransport({ env, authorities: null }), (line) => said.push(line));
  const cache = new Cache(join(directory, 'cache'));
  return new HexSource({
    repository,
    cache,
    toolchain: null,
    packages: [],
    progress: (line) => said.push(line),
    ...changes,
  });
}

const request = (version: string, flags: readonly string[] = [], more: { toolchain?: string } = {}) => ({
  version,
  flags,
  names: namesOf('shop', flags),
  ...more,
});

describe('the source hex', () => {
  test('knows the stable releases that were not taken back', async () => {
    expect(await open().versions()).toEqual(['1.7.0', '1.8.0']);
    remote.answers.delete('/packages/phx_new');
    rmSync(join(directory, 'cache'), { recursive: true });
    expect(await open().versions()).toEqual([]);
  });

  test('generates without Elixir, and keeps what it generated', async () => {
    const made = await open().project(request('1.8.0', ['--no-ecto']));
    expect(made).toMatchObject({ kind: 'hex', toolchain: 'elixir-1.18.4-otp-27' });
    expect(made?.tree.has('lib/shop/repo.ex')).toBe(false);
    expect(said).toEqual(['fetching phx_new 1.8.0', 'generating Phoenix 1.8.0 --no-ecto']);
    const again = await open().project(request('1.8.0', ['--no-ecto']));
    expect(again?.kind).toBe('cache');
    expect(again?.tree.read('mix.exs')).toBe(made?.tree.read('mix.exs'));
    expect(said).toHaveLength(2);
    await new Cache(join(directory, 'cache')).clear();
    expect((await open().project(request('1.8.0', ['--no-ecto'])))?.kind).toBe('hex');
    expect(said.slice(2)).toEqual(said.slice(0, 2));
  });

  test('formats config as Elixir does', async () => {
    const made = await open().project(request('1.8.0'));
    expect(made?.tree.read('config/config.exs')).toBe(
      'import Config\n\n' +
        'config :shop, ShopWeb.Endpoint, live_view: [signing_salt: "aaaaaaaa"], patterns: [~r"lib/.*"]\n' +
        'config :shop, ecto_repos: [Shop.Repo]\n',
    );
  });

  test('generates as the Elixir of this machine would, or the one asked for', async () => {
    const here = open({ toolchain: { elixir: '1.19.4', otp: '28.1' } });
    const made = await here.project(request('1.8.0'));
    expect(made?.toolchain).toBe('elixir-1.19.4-otp-28');
    expect(made?.tree.read('config/config.exs')).toContain('~r"lib/.*"E');
    const other = await here.project(request('1.8.0', [], { toolchain: 'elixir-1.17.2-otp-26' }));
    expect(other?.toolchain).toBe('elixir-1.17.2-otp-26');
    expect(await here.project(request('1.8.0', [], { toolchain: 'elixir-1.10.0-otp-22' }))).toBeNull();
    const old = open({ toolchain: { elixir: '1.10.0', otp: '22.0' } });
    expect((await old.project(request('1.8.0')))?.toolchain).toBe('elixir-1.18.4-otp-27');
  });

  test('has no version that the repository lacks', async () => {
    expect(await open().project(request('1.9.0'))).toBeNull();
  });

  test('says what it cannot evaluate, and what the installer itself refuses', async () => {
    const tasks = ['def run(_), do: System.halt(1)', 'def run(_), do: Mix.raise("not today")'];
    const releases = tasks.map(async (body, index) => {
      const task = { 'lib/mix/tasks/phx.new.ex': `defmodule Mix.Tasks.Phx.New do\n  ${body}\nend\n` };
      return { version: `1.8.${index + 4}`, tarball: await tarballOf({ ...smallInstaller('1.8.4'), ...task }) };
    });
    remote.publish('phx_new', await Promise.all(releases));
    await expect(open().project(request('1.8.4'))).rejects.toMatchObject({ code: 'not-evaluated', exit: 3 });
    await expect(open().project(request('1.8.4'))).rejects.toThrow('System.halt/1');
    await expect(open().project(request('1.8.5'))).rejects.toMatchObject({ code: 'generator-failed', exit: 3 });
    await expect(open().project(request('1.8.5'))).rejects.toThrow('not today');
  });

  test('makes release files from the phoenix package', async () => {
    const folder = 'priv/templates/phx.gen.release/';
    const names = ['server.sh', 'server.bat', 'migrate.sh', 'migrate.bat'].map((name) => `${folder}rel/${name}.eex`);
    const tarball = await tarballOf({
      'mix.exs': 'x',
      'lib/mix/tasks/phx.gen.release.ex': 'defmodule X do\n  @debian "trixie"\nend\n',
      [`${folder}Dockerfile.eex`]: 'FROM <%= elixir_vsn %>-<%= otp_vsn %>-<%= debian %>-<%= debian_vsn %>\n',
      [`${folder}dockerignore.eex`]: '<%= if assets_dir_exists? do %>assets<% end %>',
      [`${folder}release.ex`]: 'defmodule <%= app_namespace %>.Release do\nend\n',
      ...Object.fromEntries(names.map((name) => [name, 'bin/<%= otp_app %>\n'])),
    });
    remote.publish('phoenix', [{ version: '1.8.0', tarball }]);
    const made = await open().release(request('1.8.0'));
    expect(made?.tree.read('Dockerfile')).toBe('FROM 1.18.4-27.3.4-trixie-20250908\n');
    expect(made?.tree.read('lib/shop/release.ex')).toBe('defmodule Shop.Release do\nend\n');
    expect(made?.tree.executable('rel/overlays/bin/server')).toBe(true);
    expect((await open().release(request('1.8.0', ['--no-ecto'])))?.tree.has('lib/shop/release.ex')).toBe(false);
    expect(await open().release(request('1.8.0', ['--umbrella']))).toBeNull();
    expect(await open().release(request('1.7.0'))).toBeNull();
  });

  test('makes release files from the package among a project’s deps, if that is of the version', async () => {
    const deps = join(directory, 'deps', 'phoenix');
    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(deps, path)), { recursive: true });
      writeFileSync(join(deps, path), text);
    };
    const templates = 'priv/templates/phx.gen.release';
    put('mix.exs', 'defmodule Phoenix.MixProject do\n  @version "1.8.0"\nend\n');
    put('lib/mix/tasks/phx.gen.release.ex', 'defmodule X do\n  @debian "bookworm"\nend\n');
    for (const name of ['Dockerfile', 'dockerignore', 'rel/server.sh', 'rel/server.bat']) {
      put(`${templates}/${name}.eex`, '<%= debian %>\n');
    }
    const wanted = (version: string) => open({ packages: [deps] }).release(request(version, ['--no-ecto']));
    expect((await wanted('1.8.0'))?.tree.read('Dockerfile')).toBe('bookworm\n');
    expect(await wanted('1.7.0')).toBeNull();
    expect(remote.asked).not.toContain('/tarballs/phoenix-1.8.0.tar');
  });

  test('runs generators of deps/phoenix in a project that is given, and keeps what they wrote', async () => {
    const deps = join(directory, 'deps/phoenix');
    for (const [path, text] of Object.entries(smallGenerators('1.8.0'))) {
      mkdirSync(dirname(join(deps, path)), { recursive: true });
      writeFileSync(join(deps, path), text);
    }
    const files = Object.entries(smallProject).map(([path, text]) => [path, { bytes: Buffer.from(text) }] as const);
    const project = memoryTree(new Map(files));
    const calls = [readCall('phx.gen.context Accounts User users')];
    const write = () => open({ packages: [deps] }).writtenInto(project, { ...request('1.8.0'), calls });
    const made = await write();
    expect([...(made?.written ?? [])].sort()).toEqual(['lib/shop/accounts.ex', 'lib/shop/repo.ex']);
    expect(remote.asked).not.toContain('/tarballs/phoenix-1.8.0.tar');
    rmSync(deps, { recursive: true });
    const again = await write();
    expect(again?.written).toEqual(made?.written);
    expect(again?.tree.read('lib/shop/accounts.ex')).toBe(made?.tree.read('lib/shop/accounts.ex'));
    // What another project or another call wrote is not it.
    const other = [readCall('phx.gen.context Sales Order')];
    expect(await open({ packages: [deps] }).writtenInto(project, { ...request('1.8.0'), calls: other })).toBeNull();
  });

  test('takes files of the phoenix package for an installer that was built beside it', async () => {
    const embeds = `defmodule Small.Beside do\n  def text, do: File.read!(Path.expand("../../../priv/static/p.js", __DIR__))\nend\n`;
    const task =
      'defmodule Mix.Tasks.Phx.New do\n  def run([path | _]), do: Mix.Generator.create_file(Path.join(path, "p.js"), Phx.New.Generator.text())\nend\n';
    const generator = embeds.replace('Small.Beside', 'Phx.New.Generator');
    const files = { 'mix.exs': 'x', 'lib/mix/tasks/phx.new.ex': task, 'lib/phx_new/generator.ex': generator };
    remote.publish('phx_new', [{ version: '1.3.5', tarball: await tarballOf(files) }]);
    expect(await open().project(request('1.3.5'))).toBeNull();
    remote.publish('phoenix', [
      { version: '1.3.5', tarball: await tarballOf({ 'mix.exs': 'x', 'priv/static/p.js': 'js' }) },
    ]);
    expect((await open().project(request('1.3.5')))?.tree.read('p.js')).toBe('js');
  });
});
