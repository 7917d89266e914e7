import { describe, expect, test } from 'vitest';
import { Address } from '../../src/facts/address.ts';
import { History } from '../../src/facts/history.ts';
import { parseRanges } from '../../src/facts/version-set.ts';
import { rule } from '../../src/merge/verdict.ts';

/** Four versions; the project stems from the first, is locked at the second, and goes to the last. */
const versions = ['1.5.0', '1.6.0', '1.7.0', '1.8.0'];
const key = new Address('config/all/shop.key');
const span = { origin: 0, start: 0, from: 1, to: 3 };

/** What each of the four versions wrote at one address; null for nothing. */
function history(...values: (string | null)[]): History {
  const written = values.flatMap((value, index) =>
    value === null ? [] : [{ value, versions: parseRanges(String(index)) }],
  );
  return new History({ versions, written: new Map([[key.text, written]]) });
}

function outcome(yours: string | null, ...values: (string | null)[]): string {
  return rule(key, yours, history(...values), span).outcome;
}

describe('a key that the generator still writes', () => {
  test('is done where the project has taken up the change', () => {
    expect(outcome('2', '1', '1', '2', '2')).toBe('done');
  });
  test('agrees where nothing ever changed', () => {
    expect(outcome('1', '1', '1', '1', '1')).toBe('agreed');
  });
  test('is pending where yours is a former default, of any version', () => {
    expect(outcome('1', '1', '2', '3', '4')).toBe('pending');
    expect(outcome('3', '1', '2', '3', '4')).toBe('pending');
  });
  test('is a conflict where you chose a value no generator ever wrote', () => {
    expect(outcome('9', '1', '1', '1', '2')).toBe('conflict');
  });
  test('stays yours where you had a setting before the generator came to it', () => {
    expect(outcome('9', null, null, '1', '2')).toBe('yours');
  });
  test('stays yours where it has all that is new, and more', () => {
    const quoted = new Address('web/ShopWeb.live_view');
    const written = [{ value: '[use(View, layout: a)]', versions: parseRanges('2-3') }];
    const known = new History({ versions, written: new Map([[quoted.text, written]]) });
    expect(rule(quoted, '[use(View, layout: a, container: b)]', known, span).outcome).toBe('yours');
    expect(rule(quoted, '[use(View, layout: c)]', known, span).outcome).toBe('conflict');
  });
  test('stays yours where the generator has not changed it since', () => {
    expect(outcome('9', '1', '1', '1', '1')).toBe('yours');
  });
  test('stays yours where it has all that the generator has long written, beside what an older one wrote', () => {
    expect(outcome('[:user, :request, :shop]', '[:user]', '[:request]', '[:request]', '[:request]')).toBe('yours');
    expect(outcome('[:user, :shop]', '[:user]', '[:request]', '[:request]', '[:request]')).toBe('pending');
  });
  test('stays yours where it is a switch that no generator ever set that way', () => {
    expect(outcome('true', 'false', 'false', 'false', 'not code_reloading?')).toBe('yours');
    expect(outcome('true', 'true', 'false', 'false', 'not code_reloading?')).toBe('pending');
    expect(outcome('debug?', 'false', 'false', 'false', 'not code_reloading?')).toBe('conflict');
  });
  test('is new where no version up to yours wrote it', () => {
    expect(outcome(null, null, null, null, '1')).toBe('pending');
  });
  test('is declined where you took it out', () => {
    expect(outcome(null, '1', '1', '1', '1')).toBe('declined');
  });
  test('is backlog, not declined, where the project never had it', () => {
    const ruling = rule(key, null, history(null, '1', '1', '1'), span);
    expect(ruling).toMatchObject({ outcome: 'pending', backlog: true });
  });
});

test('another name for the same level is no news to who chose one of their own', () => {
  expect(outcome(':info', ':warn', ':warn', ':warn', ':warning')).toBe('yours');
  expect(outcome(':warn', ':warn', ':warn', ':warn', ':warning')).toBe('pending');
  expect(outcome(':info', ':warn', ':warn', ':warn', ':error')).toBe('conflict');
});

describe('a key that the generator dropped', () => {
  test('goes where it is an untouched default', () => {
    expect(outcome('1', '1', '1', '1', null)).toBe('pending');
  });
  test('needs a person where the value is your own', () => {
    expect(outcome('9', '1', '1', '1', null)).toBe('manual');
  });
  test('is nobody else’s business where neither your origin nor your version wrote it', () => {
    expect(outcome('9', null, null, '1', null)).toBe('yours');
  });
});

describe('a list that both changed', () => {
  test('is merged by element, with the nearest former value as base', () => {
    const ruling = rule(key, '["a", "mine"]', history('["a"]', '["a"]', '["a"]', '["a", "b"]'), span);
    expect(ruling).toMatchObject({ outcome: 'pending', result: '["a", "b", "mine"]' });
  });
  test('stays yours where the merge brings nothing', () => {
    expect(outcome('["b", "mine"]', '["a", "b"]', '["a", "b"]', '["a", "b"]', '["b"]')).toBe('yours');
  });
});

test('the version that brought the change is named', () => {
  const ruling = rule(key, '1', history('1', '1', '2', '2'), span);
  expect(versions[ruling.since]).toBe('1.7.0');
  expect(ruling.backlog).toBe(false);
});

describe('a value that only versions after the target write', () => {
  const toSecond = { origin: 0, start: 0, from: 0, to: 1 };
  const at = (yours: string, ...values: (string | null)[]) => rule(key, yours, history(...values), toSecond);

  test('stays: the project is ahead', () => {
    expect(at('2', '1', '1', '2', '2').outcome).toBe('agreed');
    expect(at('3', '1', '2', '3', '3')).toMatchObject({ outcome: 'done', result: '3' });
  });
  test('stays where the target writes nothing, or no longer', () => {
    expect(at('2', null, null, '2', '2').outcome).toBe('agreed');
    expect(at('2', '1', null, null, '2').outcome).toBe('agreed');
  });
  test('is no base to merge with, and what nobody wrote up to the target is no default that was dropped', () => {
    expect(at('9', null, null, '2', '2').outcome).toBe('yours');
    expect(at('["mine", "c"]', '["a"]', '["a"]', '["c"]', '["c"]').outcome).toBe('yours');
  });
});

test('a value that came and went after the version the project counts from was never its default', () => {
  expect(outcome('7', '1', '1', '7', null)).toBe('yours');
  expect(outcome('7', '1', '7', null, null)).toBe('pending');
});
