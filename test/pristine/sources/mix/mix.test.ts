import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diffText, pristineDiff } from '../../../../src/diff/pristine-diff.ts';
import { namesOf, renameTree, sampleNames } from '../../../../src/pristine/naming.ts';
import { Cache } from '../../../../src/pristine/sources/cache.ts';
import { type Command, minimalEnvironment, runCommand } from '../../../../src/pristine/sources/mix/runner.ts';
import { buildPack, listPack } from '../../../../src/pristine/sources/pack/pack-build.ts';
import { treeHash } from '../../../../src/pristine/sources/pack/pack-format.ts';
import { knownVersions, obtain, type SourceOptions, selectSources } from '../../../../src/pristine/sources/select.ts';
import { writeProject } from '../../../../src/pristine/write-project.ts';
import { describeMix } from '../../../support/mix.ts';
import { readTree, scratch } from '../../../support/pristine.ts';
import { newer, older, standInArchives } from './stand-in.ts';

describeMix('the mix source with a stand-in installer', () => {
  let archives = '';
  const home = scratch('mix');
  const cacheDirectory = join(home, 'cache');
  const ran: Command[] = [];
  const said: string[] = [];

  beforeAll(() => {
    archives = standInArchives();
  });
  afterAll(() => {
    for (const path of [home, archives]) rmSync(path, { recursive: true, force: true });
  });

  const options = (changes: Partial<SourceOptions> = {}): SourceOptions => ({
    source: 'mix',
    offline: true,
    archives: [],
    archiveDirectory: archives,
    cacheDirectory,
    env: { HEX_OFFLINE: '1' },
    packages: [],
    processes: {
      run: (command) => {
        ran.push(command);
        return runCommand(command);
      },
      env: minimalEnvironment(process.env),
    },
    progress: (message) => said.push(message),
    ...changes,
  });
  const request = (version: string, flags: string[] = []) => ({ version, flags, names: namesOf('atelier', flags) });
  const generated = () => ran.filter(({ args }) => args[0] === 'phx.new');

  it('generates both versions side by side, and tells what differs', async () => {
    const sources = await selectSources(options());
    const asked = { from: older, to: newer, flags: [], names: { app: 'atelier' }, include: [], path: process.env.PATH };
    const { from, to, diff } = await pristineDiff(sources, asked);
    expect([from.source, to.source, from.toolchain === to.toolchain]).toEqual(['mix', 'mix', true]);
    expect(diff.files.map(({ status, path }) => `${status} ${path}`)).toEqual([
      'modified bin/setup',
      'renamed lib/atelier_web/controllers/page_text.ex',
      'modified mix.exs',
      'modified priv/static/mark.bin',
    ]);
    expect(diff.files[0]).toMatchObject({ oldMode: '100644', newMode: '100755', hunks: [] });
    expect(diff.files[1]?.from).toBe('lib/atelier_web/views/page_text.ex');
    expect(diff.files[3]?.binary).not.toBeNull();
    expect(diffText(diff, 'name-only').split('\n')).toHaveLength(5);
    expect(said).toContain(`generating Phoenix ${newer}`);
  });

  it('takes from the cache what it generated before', async () => {
    const sources = await selectSources(options());
    await obtain(sources, request(older));
    const runs = generated().length;
    const again = await obtain(await selectSources(options()), request(older));
    expect(again.kind).toBe('cache');
    expect(generated()).toHaveLength(runs);
  });

  it('replaces secrets, answers no, leaves .git out and keeps modes', async () => {
    const { tree } = await obtain(await selectSources(options()), request(newer));
    expect(tree.read('config/config.exs')).toContain('secret_key_base: "aaaaaaaa"');
    expect(tree.read('lib/atelier_web/endpoint.ex')).toContain('signing_salt: "aaaaaaaa"');
    expect(tree.has('INSTALLED')).toBe(false);
    expect(tree.paths.filter((path) => path.startsWith('.git/'))).toEqual([]);
    expect(tree.executable('bin/setup')).toBe(true);
  });

  it('finds the umbrella under its own directory name, with its own web module', async () => {
    const names = { app: 'atelier', webApp: 'atelier_web', module: 'Atelier', webModule: 'Front' };
    const { tree } = await obtain(await selectSources(options()), { version: older, flags: ['--umbrella'], names });
    expect(tree.has('apps/atelier/mix.exs')).toBe(true);
    expect(tree.read('apps/atelier_web/lib/atelier_web/endpoint.ex')).toContain('defmodule Front.Endpoint');
  });

  it('gives a single app the web module that the generator cannot be told', async () => {
    const names = { app: 'atelier', webApp: 'atelier', module: 'Atelier', webModule: 'Front' };
    const { tree } = await obtain(await selectSources(options()), { version: newer, flags: [], names });
    expect(tree.read('lib/atelier_web/endpoint.ex')).toContain('defmodule Front.Endpoint');
    expect(tree.read('mix.exs')).toContain('defmodule Atelier.MixProject');
  });

  it('gives an umbrella the web app that the generator cannot be told', async () => {
    const names = { app: 'atelier', webApp: 'front', module: 'Atelier', webModule: 'Front' };
    const { tree } = await obtain(await selectSources(options()), { version: newer, flags: ['--umbrella'], names });
    expect(tree.read('apps/front/lib/front/endpoint.ex')).toContain('otp_app: :front');
  });

  it('writes what a renamed project says', async () => {
    const sources = await selectSources(options());
    const names = namesOf('shop_floor', [], { module: 'Acme.Shop' });
    const sample = await obtain(sources, { version: newer, flags: [], names: sampleNames([]) });
    const own = await obtain(sources, { version: newer, flags: [], names });
    expect(own.tree.read('config/config.exs')).toContain('namespace: Acme.Shop');
    expect(treeHash(renameTree(sample.tree, sampleNames([]), names))).toBe(treeHash(own.tree));
  });

  it('passes flags as the version spells them', async () => {
    await obtain(await selectSources(options()), request(newer, ['--no-ecto', '--database mysql', '--no-agents-md']));
    expect(generated().at(-1)?.args).toEqual([
      ...['phx.new', 'atelier', '--app', 'atelier', '--module', 'Atelier'],
      ...['--database', 'mysql', '--no-ecto', '--no-install', '--no-inside-docker-env'],
    ]);
  });

  it('runs nothing with the whole environment of its caller', async () => {
    process.env.PHX_UPGRADE_TEST_SECRET = 'hidden';
    await obtain(await selectSources(options()), request(newer, ['--no-mailer']));
    delete process.env.PHX_UPGRADE_TEST_SECRET;
    for (const { env } of ran) expect(env).not.toHaveProperty('PHX_UPGRADE_TEST_SECRET');
    expect(ran.at(-1)?.env.MIX_ARCHIVES).toContain(cacheDirectory);
  });

  it('needs no installer at hand once one is installed', async () => {
    const [fresh] = await selectSources(options());
    await fresh?.project(request(newer, ['--binary-id']));
    expect(said.filter((line) => line.startsWith('installing')).length).toBe(2);
  });

  it('takes an archive named on the command line, and none of another name', async () => {
    const named = join(home, `phx_new-${newer}.ez`);
    cpSync(join(archives, `phx_new-${newer}.ez`), named);
    const [source] = await selectSources(options({ archives: [named], archiveDirectory: undefined }));
    expect(await source?.versions()).toContain(newer);
    await expect(selectSources(options({ archives: [join(home, 'new.ez')] }))).rejects.toMatchObject({
      code: 'bad-archive',
    });
  });

  it('says that an archive is none', async () => {
    const broken = join(home, 'phx_new-1.7.91.ez');
    writeFileSync(broken, 'not a zip file');
    const sources = await selectSources(options({ archives: [broken] }));
    await expect(obtain(sources, request('1.7.91'))).rejects.toMatchObject({ code: 'bad-archive', exit: 4 });
  });

  it('leaves nothing half-made behind', () => {
    const left = readdirSync(join(cacheDirectory, 'archives'), { recursive: true }).map(String);
    expect(left.filter((path) => path.includes('unfinished'))).toEqual([]);
  });

  it('lists and clears the cache', async () => {
    const cache = new Cache(cacheDirectory);
    const listed = await cache.list();
    expect(listed.map(({ version, app }) => `${version} ${app}`)).toContain(`${older} atelier`);
    expect(listed.every(({ bytes, toolchain }) => bytes > 0 && toolchain.startsWith('elixir-'))).toBe(true);
    const other = new Cache(scratch('cache'));
    cpSync(cacheDirectory, other.root, { recursive: true });
    writeFileSync(join(other.root, 'keep.txt'), 'mine');
    await other.clear();
    expect(readdirSync(other.root)).toEqual(['keep.txt']);
    rmSync(other.root, { recursive: true });
  });

  it('generates anew where a cached file is damaged', async () => {
    const sources = await selectSources(options());
    await obtain(sources, request(older, ['--no-gettext']));
    const directory = join(cacheDirectory, 'projects', older);
    const [toolchain = ''] = readdirSync(directory);
    for (const file of readdirSync(join(directory, toolchain)))
      writeFileSync(join(directory, toolchain, file), 'damaged');
    const { kind } = await obtain(sources, request(older, ['--no-gettext']));
    expect(kind).toBe('mix');
  });

  it('writes a project into a new directory, and into no filled one', async () => {
    const target = join(home, 'written');
    const sources = await selectSources(options());
    await writeProject(sources, request(newer), target, randomBytes);
    expect(readTree(target).paths).toContain('mix.exs');
    expect(statSync(join(target, 'bin/setup')).mode & 0o777).toBe(0o755);
    await expect(writeProject(sources, request(newer), target, randomBytes)).rejects.toMatchObject({
      code: 'directory-not-empty',
    });
  });

  it('packs what it generates, the same bytes each time', async () => {
    const sources = await selectSources(options());
    const order = { versions: [older, newer], flagSets: [[], ['--no-ecto'], ['--adapter cowboy']] };
    const [first, second] = [join(home, 'first.pack'), join(home, 'second.pack')];
    const packed = await buildPack(first, order, sources, () => undefined);
    await buildPack(second, order, sources, () => undefined);
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    expect(await listPack(first)).toEqual(packed);
    // Before 1.7.11 Cowboy is the default: no second copy of that project.
    expect(packed.map(({ version, variant }) => `${version} ${variant}`)).toEqual([
      ...[`${older} default`, `${older} no-ecto`],
      ...[`${newer} cowboy`, `${newer} default`, `${newer} no-ecto`],
    ]);
    const [pack] = await selectSources(options({ source: 'pack', pack: first }));
    const fromPack = await pack?.project(request(newer));
    const fromMix = await obtain(sources, request(newer));
    expect(fromPack?.tree.paths.map((path) => fromPack.tree.read(path))).toEqual(
      fromMix.tree.paths.map((path) => fromMix.tree.read(path)),
    );
  });

  it('names the source of each version', async () => {
    const versions = await knownVersions(await selectSources(options()));
    expect(versions.get(older)).toEqual(['mix']);
  });

  it('stops when interrupted, with nothing left in the temporary directory', async () => {
    const controller = new AbortController();
    const before = temporaries();
    const processes = {
      env: minimalEnvironment(process.env),
      signal: controller.signal,
      run: (command: Command) => {
        if (command.args[0] === 'phx.new') setTimeout(() => controller.abort(), 50);
        return runCommand(command);
      },
    };
    const sources = await selectSources(options({ processes }));
    await expect(obtain(sources, request(newer, ['--no-html']))).rejects.toMatchObject({ code: 'interrupted' });
    expect(temporaries()).toEqual(before);
    expect(existsSync(join(cacheDirectory, 'projects', newer))).toBe(true);
  });

  function temporaries(): string[] {
    return readdirSync(tmpdir()).filter((name) => /^phx-upgrade-.{6}$/.test(name));
  }
});
