import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDiff } from '../../src/diff/parse-diff.ts';
import { diffText } from '../../src/diff/pristine-diff.ts';
import { including, type TreeDiff } from '../../src/diff/tree-diff.ts';
import { unifiedDiff } from '../../src/diff/unified.ts';
import { gitDiff } from '../../src/pristine/git-diff.ts';
import { treeHash } from '../../src/pristine/sources/pack/pack-format.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { describePristine, pristineRoot, pristineTree, pristineVersions } from '../support/pristine.ts';
import { applied } from './apply.ts';

interface Content {
  readonly text: string;
  readonly executable?: boolean;
}

function treeOf(files: Record<string, string | Content>): FileTree {
  const entries = Object.entries(files).map(([path, file]) => {
    const { text, executable = false } = typeof file === 'string' ? { text: file } : file;
    return [path, { bytes: Buffer.from(text, 'latin1'), executable }] as const;
  });
  return memoryTree(new Map(entries));
}

async function diffOf(from: FileTree, to: FileTree): Promise<TreeDiff> {
  return parseDiff(await gitDiff(from, to, process.env.PATH));
}

async function expectApplies(from: FileTree, to: FileTree): Promise<TreeDiff> {
  const diff = await diffOf(from, to);
  expect(treeHash(applied(from, unifiedDiff(diff)))).toBe(treeHash(to));
  return diff;
}

const poem = Array.from({ length: 12 }, (_, index) => `verse ${index}\n`).join('');

describe('the diff of two trees', () => {
  it('is empty for equal ones', async () => {
    expect(await diffOf(treeOf({ 'a.ex': 'x\n' }), treeOf({ 'a.ex': 'x\n' }))).toEqual({ files: [] });
  });

  it('tells added, deleted, modified and renamed files apart', async () => {
    const diff = await expectApplies(
      treeOf({ 'lib/old.ex': poem, 'gone.ex': 'only here\n', 'kept.ex': 'same\n', 'mix.exs': 'one\ntwo\n' }),
      treeOf({
        'lib/new.ex': `${poem}verse 12\n`,
        'fresh.ex': 'brand new words\n',
        'kept.ex': 'same\n',
        'mix.exs': 'one\nthree\n',
      }),
    );
    expect(diff.files.map(({ status, path, from }) => [status, path, from])).toEqual([
      ['added', 'fresh.ex', null],
      ['deleted', 'gone.ex', null],
      ['renamed', 'lib/new.ex', 'lib/old.ex'],
      ['modified', 'mix.exs', null],
    ]);
  });

  it('has hunks with their lines', async () => {
    const [file] = (await diffOf(treeOf({ a: 'one\ntwo\nthree' }), treeOf({ a: 'one\n2\nthree' }))).files;
    expect(file?.hunks).toEqual([
      {
        ...{ oldStart: 1, oldLines: 3, newStart: 1, newLines: 3, heading: '' },
        lines: [' one', '-two', '+2', ' three', '\\ No newline at end of file'],
      },
    ]);
  });

  it.each<[string, Record<string, string | Content>, Record<string, string | Content>]>([
    ['a change of mode alone', { run: 'x\n' }, { run: { text: 'x\n', executable: true } }],
    ['a rename alone', { a: poem }, { b: poem }],
    ['a rename with another mode', { a: poem }, { b: { text: poem, executable: true } }],
    ['an empty file that comes', {}, { 'lib/.keep': '' }],
    ['an empty file that goes', { '.keep': '' }, {}],
    ['a binary file that comes', {}, { 'b/b.bin': '\0\x01\xff' }],
    ['a binary file that goes', { 'a/a.bin': '\0\x01\xff' }, {}],
    ['a binary file that changes', { 'a b.bin': `\0${poem}` }, { 'a b.bin': `\0${poem}\xfe` }],
    ['a binary file that becomes text', { x: '\0' }, { x: 'text\n' }],
    ['Windows line ends', { x: 'a\r\nb\r\n' }, { x: 'a\r\nc\r\n' }],
    ['a line break at the end that goes', { x: 'a\nb\n' }, { x: 'a\nb' }],
    ['names with spaces', { 'a b.ex': 'x\n', 'b c': '' }, { 'a b.ex': 'y\n', 'b d': '' }],
    ['names with quotes and accents', { 'é".ex': 'x\n', 'ü.bin': '\0' }, { 'é".ex': 'y\n', 'ü.bin': '\0\x01' }],
    ['lines that look like a diff', { x: 'a\n' }, { x: 'a\n-- a/x\n@@ -1 +1 @@\ndiff --git a/y b/y\n' }],
    ['text that is no UTF-8', { x: 'caf\xe9\n' }, { x: 'caf\xe8\n' }],
    [
      'a name with a star that is no UTF-8',
      { 'c*[1] .ex': '\xe9\n', cx: 'text\n' },
      { 'c*[1] .ex': '\xe8\n', cx: 'word\n' },
    ],
    ['directories named a and b', { 'a/a': 'x\n', 'b/b': poem }, { 'a/a': 'y\n', 'b/c': poem }],
  ])('is applied by git: %s', async (_, from, to) => {
    expect((await expectApplies(treeOf(from), treeOf(to))).files.length).toBeGreaterThan(0);
  });

  it('is applied by git whatever the trees', async () => {
    const line = fc.constantFrom('end', '  plug :x', '', 'a', '\r', '-- x', '+++ y', '\\ z', 'do');
    const text = fc
      .tuple(fc.array(line, { maxLength: 14 }), fc.boolean())
      .map(([lines, ended]) => lines.join('\n') + (ended ? '\n' : ''));
    const path = fc.constantFrom('a', 'b', 'lib/a.ex', 'lib/b.ex', 'x y', 'ö');
    const tree = fc.dictionary(path, fc.record({ text, executable: fc.boolean() }), { maxKeys: 5 }).map(treeOf);
    await fc.assert(
      fc.asyncProperty(tree, tree, async (from, to) => {
        await expectApplies(from, to);
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the git settings of a user', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'diff.context', GIT_CONFIG_VALUE_0: '0' });
    try {
      const [file] = (await diffOf(treeOf({ a: poem }), treeOf({ a: poem.replace('verse 5', 'chorus') }))).files;
      expect(file?.hunks[0]?.lines).toHaveLength(8);
    } finally {
      process.env = before;
    }
  });

  it('says that there is no git', async () => {
    await expect(gitDiff(treeOf({ a: '1\n' }), treeOf({ a: '2\n' }), '/nonexistent')).rejects.toMatchObject({
      code: 'no-git',
      exit: 3,
    });
  });

  it('refuses a diff that it does not understand', () => {
    expect(() => parseDiff('diff --cc lib/a.ex\n')).toThrow(/not known/);
    expect(() => parseDiff('diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n?b\n')).toThrow(
      /not known/,
    );
  });
});

describe('a part of the diff', () => {
  const from = treeOf({ 'config/dev.exs': 'a\n', 'lib/old.ex': poem, 'mix.exs': 'x\n', configure: '1\n' });
  const to = treeOf({ 'config/dev.exs': 'b\n', 'web/new.ex': poem, 'mix.exs': 'y\n', configure: '2\n' });

  it.each([
    [['config'], ['config/dev.exs']],
    [
      ['./config/', 'mix.exs'],
      ['config/dev.exs', 'mix.exs'],
    ],
    [['lib'], ['web/new.ex']],
    [['nothing'], []],
  ])('lies at %j', async (paths, expected) => {
    expect(including(await diffOf(from, to), paths).files.map(({ path }) => path)).toEqual(expected);
  });

  it('is counted', async () => {
    const diff = await diffOf(from, to);
    expect(diffText(diff, 'name-only')).toBe('config/dev.exs\nconfigure\nmix.exs\nweb/new.ex\n');
    const stat = diffText(diff, 'stat');
    expect(stat).toMatch(/^ config\/dev\.exs +\| 2 \+-$/m);
    expect(stat).toContain('lib/old.ex => web/new.ex');
    expect(stat).toMatch(/^ 4 files changed, 3 insertions\(\+\), 3 deletions\(-\)$/m);
  });
});

describePristine('the diff of generated projects', () => {
  const versions = pristineVersions();
  const pairs = versions.slice(1).map((to, index) => [versions[index] ?? '', to] as const);
  const lines = pairs.filter(([from, to]) => from.split('.')[1] !== to.split('.')[1]);

  it.each([...lines, ['1.3.4', '1.8.12'] as const])('from %s to %s is applied byte for byte', async (from, to) => {
    await expectApplies(pristineTree(from), pristineTree(to));
  });

  it.each(lines)('from %s to %s says what git diff --no-index says', async (from, to) => {
    const args = ['diff', '--no-index', '--no-prefix', '-M', '--histogram', '--binary', '--full-index'];
    const side = (version: string) => `pristine/${version}/default`;
    const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
    const { stdout } = spawnSync('git', [...args, side(from), side(to)], {
      cwd: pristineRoot(),
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const ours = await gitDiff(pristineTree(from), pristineTree(to), process.env.PATH);
    expect(hunksOf(ours)).toEqual(hunksOf(stdout));
  });

  /** All lines but those that name the two directories. */
  function hunksOf(text: string): string[] {
    return text.split('\n').filter((line) => !/^(diff --git|---|\+\+\+|rename) /.test(line));
  }
});
