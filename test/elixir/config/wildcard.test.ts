import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameMatcher } from '../../../src/elixir/config/wildcard.ts';

describe('a wildcard of import_config', () => {
  test.each([
    ['*.exs', 'prod.exs', true],
    ['*.exs', 'prod.ex', false],
    ['*.exs', '.prod.exs', false],
    ['p?od.exs', 'prod.exs', true],
    ['p?od.exs', 'pod.exs', false],
    ['{dev,te*}.exs', 'test.exs', true],
    ['{dev,te*}.exs', 'prod.exs', false],
    ['[a-dp]*.exs', 'prod.exs', true],
    ['[a-d,p]rod.exs', 'prod.exs', true],
    ['[z-a]rod.exs', 'prod.exs', false],
    ['a[b.exs', 'a[b.exs', true],
    ['a{b.exs', 'a{b.exs', true],
    ['**.exs', 'prod.exs', true],
    ['*d*', 'prod', true],
    ['', 'prod', false],
  ])('%s and %s: %s', (segment, name, expected) => {
    expect(nameMatcher(segment)(name)).toBe(expected);
  });

  test('that is made of stars ends soon, whatever the name', () => {
    expect(nameMatcher(`${'*a'.repeat(100)}*b`)('a'.repeat(250))).toBe(false);
  });

  test('without special characters means that name alone', () => {
    const plain = fc.string({ minLength: 1 }).filter((name) => !/[*?{[]|^\./.test(name));
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        expect(nameMatcher(one)(one)).toBe(true);
        expect(nameMatcher(one)(other)).toBe(one === other);
        expect(nameMatcher(`${one}*`)(one + other)).toBe(true);
      }),
    );
  });
});
