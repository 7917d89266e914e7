import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameMatcher, pathMatcher } from '../../src/elixir/wildcard.ts';

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
    const plain = fc.string({ minLength: 1 }).filter((name) => !/[*?{[/]|^\./.test(name));
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        expect(nameMatcher(one)(one)).toBe(true);
        expect(nameMatcher(one)(other)).toBe(one === other);
        expect(nameMatcher(`${one}*`)(one + other)).toBe(true);
      }),
    );
  });
});

describe('a pattern of paths', () => {
  test.each([
    ['{mix,.formatter}.exs', '.formatter.exs', true],
    ['*.{ex,exs}', '.formatter.exs', true],
    ['*.{ex,exs}', 'lib/pier.ex', false],
    ['./lib/**/*.ex', 'lib/pier.ex', true],
    ['{config,lib}/**/*.{ex,exs}', 'lib/harbor/piers/pier.ex', true],
    ['{config,lib}/**/*.{ex,exs}', 'test/harbor/pier.exs', false],
    ['{lib/harbor,test}/**/*.ex', 'lib/harbor/piers/pier.ex', true],
    ['{lib/harbor,test}/**/*.ex', 'lib/ferry/pier.ex', false],
    ['priv/*/seeds.exs', 'priv/repo/seeds.exs', true],
    ['priv/*/seeds.exs', 'priv/repo/more/seeds.exs', false],
    ['lib/**', 'lib/harbor/pier.ex', true],
    ['lib/**', 'library/pier.ex', false],
    ['lib/**.ex', 'lib/harbor/pier.ex', false],
    ['lib/?ier.ex', 'lib/pier.ex', true],
    ['lib?pier.ex', 'lib/pier.ex', false],
    ['**/*.ex', 'pier.ex', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pathMatcher(pattern)(path)).toBe(expected);
  });

  test('that is made of stars ends soon, whatever the path', () => {
    expect(pathMatcher(`${'**/*a'.repeat(50)}*b`)('a/'.repeat(120))).toBe(false);
  });
});
