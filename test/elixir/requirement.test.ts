import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allows,
  compareVersions,
  lowest,
  parseRequirement,
  parseVersion,
  type Requirement,
  type Version,
  versionText,
} from '../../src/elixir/requirement.ts';
import { describeMix, evaluated, scratchFile } from '../support/mix.ts';

const version = (text: string): Version => parseVersion(text)!;
const requirement = (text: string): Requirement => parseRequirement(text)!;
const match = (versionText: string, requirementText: string) =>
  allows(requirement(requirementText), version(versionText));

test('a version has three parts without leading zeros', () => {
  expect(parseVersion('1.8.0-rc.1+b')).toEqual({ major: 1, minor: 8, patch: 0, pre: ['rc', 1] });
  for (const text of ['1.8', '1', '', '1.08.0', '1.8.0-01', '1.8.0-a..b', 'v1.8.0', '1.8.0.0']) {
    expect(parseVersion(text)).toBeNull();
  }
  expect(versionText(version('1.8.0-rc.1+b'))).toBe('1.8.0-rc.1');
});

test('versions are ordered, pre-releases before releases', () => {
  const ordered = ['1.0.0-1', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.b', '1.0.0-rc.2', '1.0.0-rc.11', '1.0.0'];
  const shuffled = [...ordered].reverse().map(version).sort(compareVersions);
  expect(shuffled.map(versionText)).toEqual(ordered);
  expect(compareVersions(version('1.0.0+a'), version('1.0.0+b'))).toBe(0);
});

test('~> reaches to the next part but one', () => {
  expect(match('1.9.3', '~> 1.8')).toBe(true);
  expect(match('2.0.0', '~> 1.8')).toBe(false);
  expect(match('1.8.12', '~> 1.8.3')).toBe(true);
  expect(match('1.9.0', '~> 1.8.3')).toBe(false);
  expect(match('1.8.2', '~> 1.8.3')).toBe(false);
});

test('a pre-release counts, below the lower end and above the upper one it does not', () => {
  expect(match('1.8.0-rc.1', '~> 1.0')).toBe(true);
  expect(match('1.8.0-rc.1', '~> 1.8')).toBe(false);
  expect(match('2.0.0-rc.1', '~> 1.8')).toBe(false);
  expect(match('2.0.0-rc.1', '>= 1.8.0')).toBe(true);
  expect(match('1.8.0-rc.1', '~> 1.8.0-rc.0')).toBe(true);
});

test('conditions are joined by and, alternatives by or', () => {
  expect(match('1.9.0', '>= 1.8.0 and < 2.0.0')).toBe(true);
  expect(match('2.1.0', '>= 1.8.0 and < 2.0.0 or ~> 2.1')).toBe(true);
  expect(match('2.0.0', '>= 1.8.0 and < 2.0.0 or ~> 2.1')).toBe(false);
  expect(match('1.2.0', '1.2.0')).toBe(true);
});

test('what is no requirement is none', () => {
  for (const text of ['', '~> 1', '> 1.1', 'and ~> 1.0', '~> 1.2 and', '~>1.2 or~>1.3', 'latest']) {
    expect(parseRequirement(text)).toBeNull();
  }
});

test('the lowest version that a requirement allows', () => {
  const low = (text: string) => {
    const found = lowest(requirement(text));
    return found && versionText(found);
  };
  expect(low('~> 1.15')).toBe('1.15.0');
  expect(low('~> 1.7.14')).toBe('1.7.14');
  expect(low('>= 0.0.0')).toBe('0.0.0');
  expect(low('> 1.0.0')).toBe('1.0.1');
  expect(low('< 2.0.0')).toBe('0.0.0');
  expect(low('~> 0.20 or ~> 1.0')).toBe('0.20.0');
  expect(low('~> 1.8.0-rc.0')).toBe('1.8.0-rc.0');
  expect(low('< 1.0.0 and > 2.0.0')).toBeNull();
});

const part = fc.integer({ min: 0, max: 3 });
const versions = fc
  .tuple(part, part, part, fc.constantFrom('', '-rc.0', '-rc.1', '-0', '-alpha'))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
const conditions = fc.oneof(
  fc.tuple(fc.constantFrom('', '== ', '>= ', '> ', '<= ', '< ', '~> '), versions).map((parts) => parts.join('')),
  fc.tuple(part, part).map(([major, minor]) => `~> ${major}.${minor}`),
);
const requirements = fc
  .array(fc.tuple(conditions, fc.constantFrom('and', 'or')), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([text, joint], at) => (at === 0 ? text : ` ${joint} ${text}`)).join(''));

test('no release below the lowest is allowed', () => {
  fc.assert(
    fc.property(requirements, fc.array(versions, { minLength: 20 }), (text, sample) => {
      const least = lowest(requirement(text));
      const releases = sample.filter((one) => !one.includes('-') && match(one, text));
      if (least === null) expect(releases).toEqual([]);
      else for (const one of releases) expect(compareVersions(version(one), least)).toBeGreaterThanOrEqual(0);
    }),
  );
});

describeMix('Elixir', () => {
  test('agrees on random versions and requirements', () => {
    const pairs = fc.sample(fc.tuple(versions, requirements), { numRuns: 2000, seed: 7 });
    const script = `for line <- System.argv() |> hd() |> File.read!() |> String.split("\\n"),
      [version, requirement] = String.split(line, "|"),
      do: IO.puts(Version.match?(version, requirement))`;
    const input = scratchFile(pairs.map((pair) => pair.join('|')).join('\n'));
    const answers = evaluated(script, [input]).trimEnd().split('\n');
    const ours = pairs.map(([one, text]) => String(match(one, text)));
    expect(ours.map((answer, at) => [...pairs[at]!, answer])).toEqual(
      answers.map((answer, at) => [...pairs[at]!, answer]),
    );
  });
});
