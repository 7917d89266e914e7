import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { explained } from '../../../../src/pristine/directory.ts';
import { namesOf, sampleNames } from '../../../../src/pristine/naming.ts';
import { openPack } from '../../../../src/pristine/sources/pack/pack.ts';
import { flagSetsOf } from '../../../../src/pristine/sources/pack/pack-build.ts';
import { decodePack } from '../../../../src/pristine/sources/pack/pack-decode.ts';
import { encodePack } from '../../../../src/pristine/sources/pack/pack-encode.ts';
import { type PackEntry, treeHash } from '../../../../src/pristine/sources/pack/pack-format.ts';
import { type FileTree, memoryTree } from '../../../../src/project/tree.ts';
import { describePristine, pristineRoot, pristineTree, scratch } from '../../../support/pristine.ts';

const home = scratch('packs');
afterAll(() => rmSync(home, { recursive: true, force: true }));

function treeOf(files: Record<string, string>): FileTree {
  return memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }])));
}

function entryOf(files: Record<string, string>, changes: Partial<PackEntry> = {}): PackEntry {
  const tree = treeOf(files);
  return {
    version: '1.7.21',
    flags: [],
    part: 'project',
    names: sampleNames([]),
    toolchain: 'elixir-1.14.0-otp-25',
    tree,
    ...changes,
  };
}

const sound = [
  entryOf({ 'mix.exs': 'one\n', 'lib/sample_app.ex': 'defmodule SampleApp do\nend\n' }),
  entryOf({ 'mix.exs': 'two\n', 'lib/sample_app.ex': 'defmodule SampleApp do\nend\n' }, { version: '1.8.3' }),
];

type Manifest = { trees: { files: [string, number, string][]; hash: string }[]; blobs: [string, number][] };

/** A pack whose manifest or payload was changed by someone who put all checksums right afterwards. */
function forged(change: (manifest: Manifest) => void, rest = (bytes: Buffer) => bytes): Buffer {
  const packed = Buffer.from(encodePack(sound));
  const payload = brotliDecompressSync(packed.subarray(packed.indexOf(10) + 1));
  const length = payload.readUInt32BE();
  const manifest = JSON.parse(payload.subarray(4, 4 + length).toString()) as Manifest;
  change(manifest);
  const text = Buffer.from(JSON.stringify(manifest));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(text.length);
  return sealed(Buffer.concat([size, text, rest(payload.subarray(4 + length))]));
}

function sealed(payload: Buffer): Buffer {
  const sha = createHash('sha256').update(payload).digest('hex');
  return Buffer.concat([Buffer.from(`phx-upgrade pack 1 ${payload.length} ${sha}\n`), brotliCompressSync(payload)]);
}

function firstFile(manifest: Manifest): [string, number, string] {
  const file = manifest.trees[0]?.files[0];
  if (!file) throw new Error('the sound pack has files');
  return file;
}

const whole = Buffer.from(encodePack(sound));
const damaged: [string, () => Buffer, RegExp][] = [
  ['no pack at all', () => Buffer.from('PK\u0003\u0004 something else'), /no pack of phx-upgrade/],
  ['a format to come', () => Buffer.from(whole.toString('latin1').replace('pack 1', 'pack 2'), 'latin1'), /format 2/],
  ['a flipped bit', () => flipped(whole, whole.length - 40), /damaged|checksum|claims/],
  ['the end cut off', () => whole.subarray(0, whole.length - 30), /damaged or cut off/],
  [
    'another content under the old hash',
    () =>
      forged(
        () => undefined,
        (bytes) => flipped(bytes, 0),
      ),
    /does not match its hash/,
  ],
  [
    'a path that climbs out',
    () => forged((m) => void firstFile(m).splice(0, 1, '../evil')),
    /\.\.\/evil leaves its project/,
  ],
  [
    'an absolute path',
    () => forged((m) => void firstFile(m).splice(0, 1, '/etc/evil')),
    /\/etc\/evil leaves its project/,
  ],
  ['a symbolic link', () => forged((m) => void firstFile(m).splice(2, 1, '120000')), /link or device/],
  [
    'names that differ by case alone',
    () => forged((m) => void m.trees[0]?.files.push(['MIX.exs', 0, '100644'])),
    /letter case/,
  ],
  ['a bomb', () => bomb(), /unpacks to more than it claims/],
  ['an absurd claim', () => Buffer.from(`phx-upgrade pack 1 99999999999 ${'0'.repeat(64)}\n`), /more than the limit/],
  ['the same path twice', () => forged((m) => void m.trees[0]?.files.push(['mix.exs', 0, '100644'])), /twice/],
  [
    'a file that another needs as a directory',
    () => forged((m) => void m.trees[0]?.files.push(['mix.exs/x', 0, '100644'])),
    /there twice|letter case/,
  ],
  ['a file taken away', () => forged((m) => void m.trees[0]?.files.pop()), /project 1\.7\.21 default does not match/],
  [
    'the same project twice',
    () => forged((m) => void m.trees.push(structuredClone(m.trees[0] ?? { files: [], hash: '' }))),
    /twice/,
  ],
  [
    'a manifest that is no manifest',
    () => sealed(Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from('[]')])),
    /manifest is not valid/,
  ],
  [
    'a name that is no app',
    () =>
      forged(
        (m) => void Object.assign(m.trees[0] ?? {}, { names: { app: '..', webApp: 'x', module: 'X', webModule: 'X' } }),
      ),
    /manifest is not valid/,
  ],
];

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** 4 MB of zeros in some twenty bytes, said to be a kilobyte. */
function bomb(): Buffer {
  return Buffer.concat([
    Buffer.from(`phx-upgrade pack 1 1024 ${'0'.repeat(64)}\n`),
    brotliCompressSync(Buffer.alloc(1 << 22)),
  ]);
}

describe('a pack file', () => {
  it('gives back what was put in, modes and bytes too', () => {
    const tree = memoryTree(
      new Map([
        ['bin/run', { bytes: Buffer.from('#!/bin/sh\n'), executable: true }],
        ['mark.bin', { bytes: Uint8Array.from([0, 255, 10]) }],
      ]),
    );
    const [entry] = decodePack(encodePack([entryOf({}, { tree, part: 'release', flags: ['--no-ecto'] })]));
    expect(entry).toMatchObject({ version: '1.7.21', part: 'release', flags: ['--no-ecto'] });
    expect(entry?.tree.executable('bin/run')).toBe(true);
    expect([...(entry?.tree.bytes('mark.bin') ?? [])]).toEqual([0, 255, 10]);
  });

  it('has the same bytes whatever the order of its projects', () => {
    expect(encodePack([...sound].reverse())).toEqual(encodePack(sound));
  });

  it('gives back any tree', () => {
    const part = fc
      .stringMatching(/^[a-z][a-z0-9]{0,5}$/)
      .filter((name) => !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(name));
    const path = fc
      .array(part, { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((name, at) => (at === parts.length - 1 ? `${name}.f` : name)).join('/'));
    const files = fc.dictionary(path, fc.string(), { minKeys: 1, maxKeys: 8 });
    fc.assert(
      fc.property(files, (content) => {
        const entry = entryOf(content);
        const [read] = decodePack(encodePack([entry]));
        expect(read && treeHash(read.tree)).toBe(treeHash(entry.tree));
      }),
    );
  });

  it.each(damaged)('is refused with %s', async (name, make, reason) => {
    const path = join(home, `${name.replaceAll(' ', '-')}.pack`);
    writeFileSync(path, make());
    const refusal = await openPack(path).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'bad-pack', exit: 4 });
    expect(refusal.message).toMatch(reason);
  });

  it('is never taken for another one after any single byte has changed', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const copy = Buffer.from(whole);
        copy[at] = (copy[at] ?? 0) ^ change;
        try {
          expect(decodePack(copy).map(({ tree }) => treeHash(tree))).toEqual(sound.map(({ tree }) => treeHash(tree)));
        } catch (error) {
          expect((error as Error).name).not.toBe('TypeError');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is missed where it is not', async () => {
    await expect(openPack(join(home, 'nowhere.pack'))).rejects.toMatchObject({ code: 'no-such-pack' });
  });

  it('has no project for flags that it was not made with', async () => {
    const path = join(home, 'sound.pack');
    writeFileSync(path, whole);
    const pack = await openPack(path);
    const names = namesOf('shop', []);
    expect(await pack.versions()).toEqual(['1.7.21', '1.8.3']);
    expect(await pack.project({ version: '1.7.21', flags: ['--no-ecto'], names })).toBeNull();
    expect(await pack.release({ version: '1.7.21', flags: [], names })).toBeNull();
    const found = await pack.project({ version: '1.7.21', flags: [], names });
    expect(found?.tree.read('lib/shop.ex')).toBe('defmodule Shop do\nend\n');
  });
});

describe('the flags of a pack to build', () => {
  it('are named as variants, or written out', () => {
    expect(flagSetsOf('default, no-ecto,umbrella+no-mailer,--no-html --binary-id')).toEqual([
      ...[[], ['--no-ecto'], ['--umbrella', '--no-mailer'], ['--binary-id', '--no-html']],
    ]);
    expect(() => flagSetsOf('default,no-zebra')).toThrow(expect.objectContaining({ code: 'unknown-flag' }));
  });
});

describe('a full disk', () => {
  it('has an error of its own; other errors stay what they are', () => {
    const other = new Error('x');
    expect(explained(Object.assign(new Error('write'), { code: 'ENOSPC' }), '/cache')).toMatchObject({
      code: 'no-space',
      exit: 3,
    });
    expect(explained(other, '/cache')).toBe(other);
  });
});

describe('a directory as a pack', () => {
  it('refuses a link that is in a project', async () => {
    const root = join(home, 'linked');
    mkdirSync(join(root, '1.7.21', 'default'), { recursive: true });
    symlinkSync('/etc/hostname', join(root, '1.7.21', 'default', 'mix.exs'));
    const pack = await openPack(root);
    const asked = pack.project({ version: '1.7.21', flags: [], names: sampleNames([]) });
    await expect(asked).rejects.toMatchObject({ code: 'bad-pack', message: expect.stringContaining('mix.exs') });
  });

  it('must have versions', async () => {
    const root = join(home, 'empty');
    mkdirSync(root, { recursive: true });
    await expect(openPack(root)).rejects.toMatchObject({ code: 'bad-pack' });
  });
});

describePristine('a directory of generated projects as a pack', () => {
  it('has projects under older spellings of a flag, and release files beside them', async () => {
    const pack = await openPack(pristineRoot());
    const request = { version: '1.5.9', flags: ['--no-assets'], names: sampleNames([]) };
    const found = await pack.project(request);
    expect(found && treeHash(found.tree)).toBe(treeHash(pristineTree('1.5.9', 'no-webpack')));
    expect(await pack.project({ ...request, flags: ['--no-assets', '--no-ecto'] })).toBeNull();
    const release = await pack.release({ ...request, version: '1.7.21', flags: [] });
    expect(release?.tree.has('Dockerfile')).toBe(true);
    expect(await pack.release({ ...request, version: '1.7.21', flags: ['--no-ecto'] })).toBeNull();
  });
});
