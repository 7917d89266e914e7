import { describe, expect, it } from 'vitest';
import { accountOf, hunkCount } from '../../src/diff/account.ts';
import { addressesOf, commentHunks, factFates } from '../../src/diff/account-facts.ts';
import { parseDiff } from '../../src/diff/parse-diff.ts';
import type { FileDiff } from '../../src/diff/tree-diff.ts';
import { Address } from '../../src/facts/address.ts';
import { projectFacts } from '../../src/facts/extract/project.ts';
import type { Fact } from '../../src/facts/fact.ts';
import { gitDiff } from '../../src/pristine/git-diff.ts';
import { readProject } from '../../src/project/project.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { isKeyFile } from '../merge/files/convergence.ts';
import { describePristine, pristineTree } from '../support/pristine.ts';

const treeOf = (files: Record<string, string>) =>
  memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text, 'latin1') }])));

async function diffOf(from: Record<string, string>, to: Record<string, string>) {
  return parseDiff(await gitDiff(treeOf(from), treeOf(to), process.env.PATH));
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`);

function changed(at: readonly number[]): string {
  return lines(40)
    .map((line, index) => (at.includes(index) ? `other ${index}\n` : line))
    .join('');
}

describe('the account', () => {
  it('counts every hunk once, and a binary change as one', async () => {
    const diff = await diffOf(
      { 'a.txt': changed([]), 'b.ico': '\0a', 'c.txt': 'same words here\n' },
      { 'a.txt': changed([2, 20, 38]), 'b.ico': '\0b', 'd.txt': 'same words here\n' },
    );
    expect(diff.files.map((file) => [file.path, hunkCount(file)])).toEqual([
      ['a.txt', 3],
      ['b.ico', 1],
      ['d.txt', 0],
    ]);
    const { account, open } = accountOf(diff, ({ path }) =>
      path === 'a.txt' ? ['covered', 'declined', 'declined'] : ['binary'],
    );
    expect(account).toEqual({
      hunks: 4,
      covered: 1,
      leftOut: [
        { path: 'a.txt', hunks: 2, reason: 'declined' },
        { path: 'b.ico', hunks: 1, reason: 'binary' },
      ],
    });
    expect(open).toEqual([]);
    const out = account.leftOut.reduce((sum, { hunks }) => sum + hunks, 0);
    expect(account.covered + out).toBe(account.hunks);
  });

  it('names what nobody spoke for', async () => {
    const diff = await diffOf({ 'a.txt': changed([]) }, { 'a.txt': changed([2, 20]) });
    expect(accountOf(diff, () => ['covered']).open).toEqual([{ path: 'a.txt', hunk: 1 }]);
  });
});

const config = (format: string, comment: string, level: string) => `import Config

# ${comment}
config :logger, level: ${level}

config :shop, first: 1

config :shop, second: 2

config :shop,
  third: [
    one: 1,
    format: "${format}"
  ]
`;
const facts = (base: number): Fact[] =>
  [
    ['config/all/logger.level', 4],
    ['config/all/shop.first', 6],
    ['config/all/shop.third', 11],
  ].map(([address, line]) => ({
    address: new Address(String(address)),
    value: String(base),
    at: { path: 'config/config.exs', line: Number(line) },
  }));

async function configDiff(old: string, target: string): Promise<FileDiff> {
  const { files } = await diffOf({ 'config/config.exs': old }, { 'config/config.exs': target });
  return files[0]!;
}

describe('a file that facts decide on', () => {
  it('is left out where only comments and layout change', async () => {
    const [old, target] = [config('a', 'Quiet', ':info'), config('a', 'Not so loud', ':info')];
    const file = await configDiff(old, target);
    expect(file.hunks.map(commentHunks({ old, target }))).toEqual([true]);
    expect(factFates(file, { old, target }, { old: facts(1), target: facts(2) }, () => 'covered')).toEqual([
      'comment-only',
    ]);
  });

  it('is covered by the fact on the changed line, also of one in a value of several lines', async () => {
    const [old, target] = [config('a', 'Quiet', ':info'), config('b', 'Quiet', ':debug')];
    const file = await configDiff(old, target);
    const both = { old: facts(1), target: facts(2) };
    expect(file.hunks.map((hunk) => addressesOf(hunk, file, both).map(({ text }) => text))).toEqual([
      ['config/all/logger.level'],
      ['config/all/shop.third'],
    ]);
    const fates = factFates(file, { old, target }, both, (address) =>
      address.text === 'config/all/logger.level' ? 'declined' : 'covered',
    );
    expect(fates).toEqual(['declined', 'covered']);
  });

  it('is open where no fact speaks', async () => {
    const [old, target] = [config('a', 'Quiet', ':info'), config('b', 'Quiet', ':info')];
    const file = await configDiff(old, target);
    expect(factFates(file, { old, target }, { old: [], target: [] }, () => 'covered')).toEqual(['open']);
  });

  it('does not take a changed sentence for a comment', async () => {
    const text = (words: string) => `defmodule Shop do\n  @moduledoc """\n  Sells.\n\n  # ${words}\n  """\nend\n`;
    const file = await configDiff(text('candles'), text('soap'));
    expect(file.hunks.map(commentHunks({ old: text('candles'), target: text('soap') }))).toEqual([false]);
  });
});

describePristine('key files between neighbouring minors', () => {
  // `import Config` instead of `use Mix.Config`, and `@impl true`, are stated by no fact.
  const unstated = ['config/config.exs#0', 'config/prod.exs#0', 'config/test.exs#0', 'lib/sample_app/application.ex#0'];

  it.each<[string, string, string[]]>([
    ['1.4.17', '1.5.14', []],
    ['1.5.14', '1.6.16', unstated],
    ['1.6.16', '1.7.21', []],
    ['1.7.21', '1.8.8', []],
  ])('from %s to %s: nearly every hunk has a fact, or changes comments alone', async (from, to, expected) => {
    const [old, target] = [pristineTree(from), pristineTree(to)];
    const both = { old: projectFacts(readProject(old)), target: projectFacts(readProject(target)) };
    const { files } = parseDiff(await gitDiff(old, target, process.env.PATH));
    const open = files
      .filter(({ path }) => isKeyFile(path))
      .flatMap((file) => {
        const texts = { old: old.read(file.from ?? file.path) ?? '', target: target.read(file.path) ?? '' };
        const fates = factFates(file, texts, both, () => 'covered');
        return fates.flatMap((fate, hunk) => (fate === 'open' ? [`${file.path}#${hunk}`] : []));
      });
    expect(open).toEqual(expected);
  });
});
