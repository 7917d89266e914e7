import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { namesOf, sampleNames } from '../../../../src/pristine/naming.ts';
import { Cache } from '../../../../src/pristine/sources/cache.ts';
import { MixSource } from '../../../../src/pristine/sources/mix/mix.ts';
import type { Command, Finished, Run } from '../../../../src/pristine/sources/mix/runner.ts';
import { obtain, obtainPair, type SourceOptions, selectSources } from '../../../../src/pristine/sources/select.ts';
import { memoryTree } from '../../../../src/project/tree.ts';
import { scratch } from '../../../support/pristine.ts';

const home = scratch('failures');
afterAll(() => rmSync(home, { recursive: true, force: true }));
let root = '';
beforeEach(() => {
  root = join(home, String(readdirSync(home).length));
  mkdirSync(root);
});

const done: Finished = { how: 'exited', exitCode: 0, stdout: '', output: '' };
const failed = (output: string): Finished => ({ how: 'exited', exitCode: 1, stdout: '', output });

/** A machine on which commands end as told; installing and generating do their work unless told otherwise. */
function machine(outcomes: { install?: Finished; generate?: Finished | ((directory: string) => void) }): {
  run: Run;
  ran: Command[];
} {
  const ran: Command[] = [];
  const run: Run = async (command) => {
    ran.push(command);
    if (command.args[0] === 'archive.install') {
      if (!outcomes.install) mkdirSync(join(command.env.MIX_ARCHIVES ?? '', 'phx_new-1.7.21'), { recursive: true });
      return outcomes.install ?? done;
    }
    if (command.args[0] !== 'phx.new') return done;
    const { generate = writeWhole } = outcomes;
    if (typeof generate !== 'function') return generate;
    generate(command.cwd);
    return done;
  };
  return { run, ran };
}

function writeWhole(directory: string): void {
  for (const path of ['mix.exs', 'config/config.exs', 'lib/shop_web/endpoint.ex', 'lib/shop/application.ex']) {
    mkdirSync(join(directory, 'shop', path, '..'), { recursive: true });
    writeFileSync(join(directory, 'shop', path), `# ${path}\n`);
  }
}

function writeHalf(directory: string): void {
  mkdirSync(join(directory, 'shop'));
  writeFileSync(join(directory, 'shop', 'mix.exs'), '');
}

function source(run: Run, changes: { offline?: boolean; elixir?: string } = {}): MixSource {
  return new MixSource({
    cache: new Cache(root),
    processes: { run, env: {} },
    toolchain: { elixir: changes.elixir ?? '1.18.4', otp: '27.3.4' },
    archives: [],
    offline: changes.offline ?? false,
    packages: [],
    progress: () => undefined,
  });
}

const request = (version = '1.7.21') => ({ version, flags: [], names: namesOf('shop', []) });

describe('a project that mix cannot make', () => {
  it.each<[string, Finished, string]>([
    ['no such version', failed('** (Mix) No package with name phx_new (from: mix.exs) in registry'), 'no-installer'],
    [
      'no way to Hex',
      failed('Failed to fetch record for phx_new from registry\n{:failed_connect, [{:inet, [:inet], :nxdomain}]}'),
      'no-network',
    ],
    [
      'an Elixir too old',
      failed("** (Mix) You're trying to run :phx_new on Elixir v1.14.0 but it supports only Elixir ~> 1.15"),
      'elixir-too-old',
    ],
    ['a full disk', failed('could not write: no space left on device'), 'no-space'],
    ['time up', { how: 'timed-out', exitCode: null, stdout: '', output: '' }, 'generator-timeout'],
    ['a stop', { how: 'stopped', exitCode: null, stdout: '', output: '' }, 'interrupted'],
    ['mix gone', { how: 'not-found', exitCode: null, stdout: '', output: '' }, 'no-mix'],
    ['anything else', failed('** (RuntimeError) oops'), 'generator-failed'],
    ['nothing installed', done, 'no-installer'],
  ])('is explained when installing meets %s', async (_, install, code) => {
    const { run } = machine({ install });
    await expect(source(run).project(request())).rejects.toMatchObject({ code, exit: 3 });
    expect(existsSync(join(root, 'archives', 'elixir-1.18.4-otp-27', '1.7.21'))).toBe(false);
    expect(readdirSync(root, { recursive: true }).filter((path) => String(path).includes('unfinished'))).toEqual([]);
  });

  it.each<[string, Finished | ((directory: string) => void), string]>([
    ['fails', failed('** (Mix) Invalid option: --zebra'), 'generator-failed'],
    ['hangs', { how: 'timed-out', exitCode: null, stdout: '', output: '' }, 'generator-timeout'],
    ['writes nothing', () => undefined, 'incomplete-project'],
    ['writes an empty directory', (directory) => mkdirSync(join(directory, 'shop')), 'incomplete-project'],
    ['stops half-way', writeHalf, 'incomplete-project'],
  ])('is explained, and not kept, when the generator %s', async (_, generate, code) => {
    const { run } = machine({ generate });
    await expect(source(run).project(request())).rejects.toMatchObject({ code, exit: 3 });
    expect(await new Cache(root).list()).toEqual([]);
  });

  it('says what the generator said', async () => {
    const { run } = machine({ generate: failed('warning: x\n** (Mix) Invalid option: --zebra\n') });
    await expect(source(run).project(request())).rejects.toThrow('** (Mix) Invalid option: --zebra');
  });

  it('is known to need a newer Elixir before anything is run', async () => {
    const { run, ran } = machine({});
    const failure = source(run, { elixir: '1.14.0' }).project(request('1.8.12'));
    await expect(failure).rejects.toThrow('The installer of Phoenix 1.8.12 needs Elixir 1.17, here is 1.14.0.');
    expect(ran).toEqual([]);
  });

  it('fetches nothing offline', async () => {
    const { run, ran } = machine({});
    await expect(source(run, { offline: true }).project(request())).rejects.toMatchObject({ code: 'needs-network' });
    expect(await source(run, { offline: true }).release(request())).toBeNull();
    expect(ran).toEqual([]);
  });

  it.each<[string, Finished]>([
    ['cannot be reached', failed('{:failed_connect, [{:inet, [:inet], :nxdomain}]}')],
    ['gives no answer', { how: 'timed-out', exitCode: null, stdout: '', output: '' }],
  ])('is looked for once where Hex %s, whatever version is asked for next', async (_, install) => {
    const { run, ran } = machine({ install });
    const mix = source(run);
    const failure = await obtainPair([mix], request(), request('1.8.3')).catch((error: unknown) => error);
    expect(ran.map(({ args }) => args[0])).toEqual(['local.hex', 'archive.install']);
    await expect(mix.project(request('1.8.3'))).rejects.toBe(failure);
    expect(ran).toHaveLength(2);
  });

  it('comes from an installer that is here, although Hex cannot be reached', async () => {
    const { run } = machine({ install: failed('nxdomain') });
    const mix = source(run);
    mkdirSync(join(root, 'archives', 'elixir-1.18.4-otp-27', '1.8.3', 'phx_new-1.8.3'), { recursive: true });
    await expect(mix.project(request())).rejects.toMatchObject({ code: 'no-network' });
    expect((await mix.project(request('1.8.3'))).kind).toBe('mix');
  });

  it('comes from Hex in an archive directory of its own', async () => {
    const { run, ran } = machine({});
    expect((await source(run).project(request())).kind).toBe('mix');
    expect(ran.map(({ args }) => args.slice(0, 4).join(' '))).toEqual([
      'local.hex --force',
      'archive.install hex phx_new 1.7.21',
      'phx.new shop --app shop',
    ]);
    expect((await source(run).project(request())).kind).toBe('cache');
    expect((await source(run, { elixir: '1.19.0' }).project(request())).kind).toBe('mix');
  });
});

describe('the choice of sources', () => {
  const options = (changes: Partial<SourceOptions>): SourceOptions => ({
    source: 'auto',
    offline: false,
    archives: [],
    archiveDirectory: undefined,
    cacheDirectory: root,
    env: { HEX_OFFLINE: '1' },
    packages: [],
    processes: { run: () => Promise.resolve({ ...done, how: 'not-found', exitCode: null }), env: {} },
    progress: () => undefined,
    ...changes,
  });
  const withElixir: Run = (command) =>
    Promise.resolve(command.file === 'elixir' ? { ...done, stdout: '1.18.4 27.3.4\n' } : failed('no'));
  const project = memoryTree(new Map([['mix.exs', { bytes: Buffer.from('x') }]]));
  const entry = {
    version: '1.7.21',
    flags: [],
    part: 'project',
    names: sampleNames([]),
    toolchain: 'elixir-1.18.4-otp-27',
    tree: project,
  } as const;

  it('is the cache, Hex, and mix where there is an Elixir; with archives mix comes first', async () => {
    expect((await selectSources(options({}))).map(({ kind }) => kind)).toEqual(['cache', 'hex']);
    const processes = { run: withElixir, env: {} };
    expect((await selectSources(options({ processes }))).map(({ kind }) => kind)).toEqual(['cache', 'hex', 'mix']);
    const archived = await selectSources(options({ processes, archiveDirectory: root }));
    expect(archived.map(({ kind }) => kind)).toEqual(['mix', 'cache', 'hex']);
    expect((await selectSources(options({ source: 'hex' }))).map(({ kind }) => kind)).toEqual(['hex']);
  });

  it('asks a pack that is given before Hex', async () => {
    mkdirSync(join(root, 'pack', '1.7.21', 'default'), { recursive: true });
    const sources = await selectSources(options({ pack: join(root, 'pack') }));
    expect(sources.map(({ kind }) => kind)).toEqual(['cache', 'pack', 'hex']);
  });

  it('is none for snapshots, and an error where what was asked for is missing', async () => {
    expect(await selectSources(options({ source: 'snapshots' }))).toEqual([]);
    await expect(selectSources(options({ source: 'mix' }))).rejects.toMatchObject({ code: 'no-mix' });
    await expect(selectSources(options({ source: 'pack' }))).rejects.toMatchObject({ code: 'no-such-pack' });
    await expect(obtain([], request())).rejects.toMatchObject({ code: 'no-pristine-project', exit: 3 });
  });

  it('falls back to what another Elixir made, and else says why mix could not', async () => {
    await new Cache(root).write({ ...entry, toolchain: 'elixir-1.19.0-otp-28' }, 'hex');
    const sources = await selectSources(options({ processes: { run: withElixir, env: {} } }));
    const asked = { version: '1.7.21', flags: [], names: sampleNames([]) };
    expect(await obtain(sources, asked)).toMatchObject({ kind: 'cache', toolchain: 'elixir-1.19.0-otp-28' });
    await expect(obtain(sources, { ...asked, version: '1.7.20' })).rejects.toMatchObject({ code: 'needs-network' });
  });

  it('takes both projects of a pair from one toolchain', async () => {
    const cache = new Cache(root);
    await cache.write({ ...entry, toolchain: 'elixir-1.14.0-otp-25' }, 'hex');
    await cache.write(entry, 'hex');
    await cache.write({ ...entry, version: '1.8.3', toolchain: 'elixir-1.14.0-otp-25' }, 'hex');
    const sources = await selectSources(options({}));
    const pair = await obtainPair(
      sources,
      { version: '1.7.21', flags: [], names: sampleNames([]) },
      { version: '1.8.3', flags: [], names: sampleNames([]) },
    );
    expect([pair.from.toolchain, pair.to.toolchain]).toEqual(['elixir-1.14.0-otp-25', 'elixir-1.14.0-otp-25']);
  });
});
