import { expect, test } from 'vitest';
import { Address } from '../../src/facts/address.ts';
import { keepScopes } from '../../src/merge/web/scopes.ts';

const target = '[pipe_through(:browser), forward("/letters", Postbox.Preview)]';

function ruled(yours: string, base: string | null = null) {
  const address = new Address('web/router.scope./dev');
  const one = { address, yours: { address, value: yours }, base, target, result: target, since: 0, backlog: false };
  return keepScopes([{ ...one, outcome: 'conflict' }])[0]?.outcome;
}

test('a scope that has what the generator brings has it, in whatever spelling and with options of its own', () => {
  expect(ruled('[pipe_through([:browser]), forward("/letters", Postbox.Preview, base_path: "/dev/letters")]')).toBe(
    'done',
  );
});

test('a scope that lacks a call, or keeps what the generator took away, is not done', () => {
  expect(ruled('[pipe_through(:browser)]')).toBe('conflict');
  expect(ruled('[pipe_through(:browser), forward("/letters", Postbox.Other)]')).toBe('conflict');
  expect(ruled(target, '[pipe_through(:browser), get("/inbox", Postbox.Inbox)]')).toBe('conflict');
});
