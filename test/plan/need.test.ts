import { expect, test } from 'vitest';
import { topicDraft } from '../../src/plan/claimed.ts';
import type { Draft } from '../../src/plan/draft.ts';
import { withNeedShown } from '../../src/plan/need.ts';
import { topicById } from '../../src/topics/catalogue.ts';

function draft(id: string): Draft {
  const topic = topicById(id);
  if (topic === undefined) throw new Error(`no topic ${id}`);
  return topicDraft(topic, []);
}

const needOf = (id: string, to: string, locked: Readonly<Record<string, string>> = {}, oldest: string | null = null) =>
  withNeedShown([draft(id)], { to, elixir: { oldest }, project: { locked: new Map(Object.entries(locked)) } })[0]?.need;

test('what only a later target breaks without is recommended until then', () => {
  expect(needOf('inner-content', '1.5.14')).toBe('recommended');
  expect(needOf('inner-content', '1.6.0')).toBe('required');
});

test('what is left of a change that the lock shows to be made is no need', () => {
  expect(needOf('ecto-3', '1.8.0', { ecto_sql: '3.11.0' })).toBe('cosmetic');
  expect(needOf('ecto-3', '1.8.0', { ecto_sql: '2.2.0' })).toBe('required');
  expect(needOf('ecto-3', '1.8.0')).toBe('required');
});

test('an app that runs on a Phoenix that asks for the same Elixir needs no other', () => {
  expect(needOf('elixir-requirement', '1.8.12', { phoenix: '1.8.1' })).toBe('cosmetic');
  expect(needOf('elixir-requirement', '1.8.12', { phoenix: '1.7.21' })).toBe('required');
  expect(needOf('elixir-requirement', '1.8.12')).toBe('required');
});

test('an app that is built on the Elixir that the target asks for needs no other', () => {
  const locked = { phoenix: '1.7.21' };
  expect(needOf('elixir-requirement', '1.8.12', locked, '1.15.8')).toBe('cosmetic');
  expect(needOf('elixir-requirement', '1.8.12', locked, '1.18')).toBe('cosmetic');
  expect(needOf('elixir-requirement', '1.8.12', locked, '1.14.5')).toBe('required');
});

test('a layout named by a string goes on up to the LiveView that raises', () => {
  expect(needOf('live-layout-names', '1.7.7')).toBe('recommended');
  expect(needOf('live-layout-names', '1.7.8')).toBe('required');
});
