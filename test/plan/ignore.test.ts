import { expect, test } from 'vitest';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import {
  type IgnoreRules,
  ignoredItems,
  withIgnored,
  withoutIgnored,
  withoutIgnoredSteps,
} from '../../src/plan/ignore.ts';
import type { Step, Verdict } from '../../src/plan/plan.ts';
import { step } from '../support/plans.ts';

const nothing = new Map<string, string>();
const rules = (part: Partial<Record<keyof IgnoreRules, readonly string[]>>): IgnoreRules => {
  const map = (names: readonly string[] = []) => new Map(names.map((name) => [name, 'ours']));
  return { paths: map(part.paths), addresses: map(part.addresses), topics: map(part.topics), steps: map(part.steps) };
};

function item(address: string, path: string | null): DraftItem {
  const at = path === null ? null : { path, line: 1 };
  const change = { address, verdict: 'pending' as const, base: 'a', yours: 'a', target: 'b', at };
  return { change, operations: [], conflicts: [], backlog: false, since: null, review: false };
}

function draft(id: string, items: readonly DraftItem[]): Draft {
  const words = {
    title: id,
    why: id,
    docs: null,
    area: 'config',
    need: 'cosmetic',
    risk: 'safe',
    since: null,
  } as const;
  return { id, ...words, after: [], commands: [], items, operations: [], findings: [] };
}

const shelf = item('config/prod/shop.Shelf', 'config/prod.exs');
const window = item('config/all/shop.Window', 'config/config.exs');
const drafts = [draft('shelves', [shelf, window]), draft('labels', [item('deps/labels', 'mix.exs')])];

const idsLeft = (given: IgnoreRules) =>
  withoutIgnored(drafts, { ignore: given }).map(({ id, items }) => `${id} ${items.length}`);

test('nothing ignored leaves the same drafts', () => {
  expect(
    withoutIgnored(drafts, { ignore: { paths: nothing, addresses: nothing, topics: nothing, steps: nothing } }),
  ).toEqual(drafts);
});

test('a topic or a step goes as a whole', () => {
  expect(idsLeft(rules({ topics: ['shelves'] }))).toEqual(['labels 1']);
  expect(idsLeft(rules({ steps: ['labels'] }))).toEqual(['shelves 2']);
});

test('a path takes the file, or all below a directory, and no other that begins alike', () => {
  expect(idsLeft(rules({ paths: ['config/prod.exs'] }))).toEqual(['shelves 1', 'labels 1']);
  expect(idsLeft(rules({ paths: ['config/'] }))).toEqual(['labels 1']);
  expect(idsLeft(rules({ paths: ['conf'] }))).toEqual(['shelves 2', 'labels 1']);
});

test('an address takes all below it', () => {
  expect(idsLeft(rules({ addresses: ['config/prod'] }))).toEqual(['shelves 1', 'labels 1']);
  expect(idsLeft(rules({ addresses: ['config/prod/shop'] }))).toEqual(['shelves 1', 'labels 1']);
  expect(idsLeft(rules({ addresses: ['config/prod/sho'] }))).toEqual(['shelves 2', 'labels 1']);
});

test('the account still adds up, and never counts what it did not count before', () => {
  const ignored = ignoredItems(drafts, rules({ topics: ['shelves'] }));
  const account = withIgnored({ hunks: 5, covered: 4, leftOut: [{ path: 'x', hunks: 1, reason: 'yours' }] }, ignored);
  expect(account).toMatchObject({ hunks: 5, covered: 2 });
  expect(account.leftOut.reduce((sum, { hunks }) => sum + hunks, 0)).toBe(3);
  const backlog = ignored.map((one) => ({ ...one, backlog: true }));
  expect(withIgnored({ hunks: 1, covered: 1, leftOut: [] }, backlog)).toEqual({ hunks: 1, covered: 1, leftOut: [] });
});

test('a part that was left out stays so when the rest of its step is done, and it is all that is left', () => {
  const left = (status: Step['status'], verdict: Verdict, findings: Step['findings'] = []) => {
    const change = { ...shelf.change, verdict };
    return { ...step({ id: 'shelves' }), status, changes: [change], findings };
  };
  const kept = (one: Step, ...ids: readonly string[]) => withoutIgnoredSteps([one], rules({ steps: ids })).length;
  expect(kept(left('manual', 'manual'), 'shelves-by-hand')).toBe(0);
  expect(kept(left('needs-source', 'needs-source'), 'shelves-files')).toBe(0);
  expect(kept(left('manual', 'manual'), 'shelves-files')).toBe(1);
  expect(kept(left('needs-source', 'needs-source'), 'shelves-by-hand')).toBe(1);
  // What findings name was never in the part.
  const finding = { path: 'lib/shop.ex', line: 1, message: 'still here' };
  expect(kept(left('needs-source', 'needs-source', [finding]), 'shelves-files')).toBe(1);
  expect(kept(left('pending', 'pending'), 'shelves-files', 'shelves-by-hand')).toBe(1);
});
