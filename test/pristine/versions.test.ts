import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareVersions, elixirOf, isStable, releaseLine, resolveVersion } from '../../src/pristine/versions.ts';

const known = ['1.7.9', '1.7.21', '1.8.0-rc.1', '1.8.3', '1.8.12', '1.6.16'];

it('reads latest and a release line as the newest stable version', () => {
  expect(resolveVersion('latest', known)).toBe('1.8.12');
  expect(resolveVersion('1.7', known)).toBe('1.7.21');
  expect(resolveVersion('v1.8.3', known)).toBe('1.8.3');
});

it('takes a full version that no list has', () => {
  expect(resolveVersion('1.8.13', known)).toBe('1.8.13');
});

it.each([
  ['1.9', 'unknown-version'],
  ['1.8.0-rc.1', 'unknown-version'],
  ['newest', 'unknown-version'],
  ['', 'unknown-version'],
  ['1.2', 'version-too-old'],
  ['1.2.5', 'version-too-old'],
])('refuses %j as %s', (wanted, code) => {
  expect(() => resolveVersion(wanted, known)).toThrow(expect.objectContaining({ code }));
});

it('orders versions by number', () => {
  expect([...known].sort(compareVersions)).toEqual(['1.8.0-rc.1', '1.6.16', '1.7.9', '1.7.21', '1.8.3', '1.8.12']);
  expect(releaseLine('1.7.21')).toBe('1.7');
  expect(isStable('1.8')).toBe(false);
});

it('has one order for all versions', () => {
  const version = fc.tuple(fc.nat(3), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

it.each([
  ['1.3.4', '1.4.0'],
  ['1.5.9', '1.7.0'],
  ['1.6.16', '1.12.0'],
  ['1.8.8', '1.15.0'],
  ['1.8.12', '1.17.0'],
])('knows the Elixir that the installer of %s needs', (version, elixir) => {
  expect(elixirOf(version)).toBe(elixir);
});
