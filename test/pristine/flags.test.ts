import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generatorFlags } from '../../src/pristine/flag-data.ts';
import {
  canonicalFlags,
  flagsFor,
  flagsOfVariant,
  parseFlags,
  quietArgs,
  variantOf,
} from '../../src/pristine/flags.ts';
import { describePristine, pristineRoot, pristineVersions } from '../support/pristine.ts';

it('reads flags as mix phx.new spells them, in one order', () => {
  expect(parseFlags(['--no-mailer', '--database=mysql', '--umbrella', '--adapter', 'cowboy']).flags).toEqual([
    ...['--umbrella', '--database mysql', '--no-mailer', '--adapter cowboy'],
  ]);
});

it('keeps names apart from flags', () => {
  expect(parseFlags(['--app', 'shop', '--module=Acme.Shop', '--web-module', 'Acme.Front', '--no-ecto'])).toMatchObject({
    flags: ['--no-ecto'],
    names: { app: 'shop', module: 'Acme.Shop', webModule: 'Acme.Front' },
  });
});

it('lets the last of two contradicting flags count', () => {
  expect(parseFlags(['--no-ecto', '--ecto']).flags).toEqual([]);
  expect(parseFlags(['--live', '--no-live']).flags).toEqual(['--no-live']);
  expect(parseFlags(['--database', 'mysql', '--database', 'postgres']).flags).toEqual([]);
  expect(parseFlags(['--no-webpack', '--assets']).flags).toEqual([]);
  expect(parseFlags(['--binary-id', '--no-binary-id']).flags).toEqual([]);
});

it('leaves out what changes the run alone, and says so', () => {
  expect(parseFlags(['--no-install', '--verbose']).dropped.map(({ flag }) => flag)).toEqual([
    '--no-install',
    '--verbose',
  ]);
});

it('guesses what a misspelt flag should be', () => {
  const failure = () => parseFlags(['--no-mialer']);
  expect(failure).toThrow(expect.objectContaining({ code: 'unknown-flag', exit: 4 }));
  expect(failure).toThrow(expect.objectContaining({ remedy: expect.stringContaining('--no-mailer') }));
  expect(() => parseFlags(['--zebra'])).toThrow(
    expect.objectContaining({ remedy: expect.not.stringContaining('mean') }),
  );
});

it.each([[['--database', 'oracle']], [['--database']], [['--adapter=']], [['--app', '--no-ecto']]])(
  'refuses %j',
  (argv) => {
    expect(() => parseFlags(argv)).toThrow(expect.objectContaining({ code: 'bad-flag-value' }));
  },
);

it('takes both halves of --no-assets for the whole', () => {
  expect(canonicalFlags(['--no-tailwind', '--no-esbuild'])).toEqual(['--no-assets']);
  expect(canonicalFlags(['--no-html', '--no-live'])).toEqual(['--no-html']);
});

it.each([
  ['1.3.4', '--no-brunch'],
  ['1.5.14', '--no-webpack'],
  ['1.8.3', '--no-assets'],
])('spells --no-assets for %s as %s', (version, spelled) => {
  expect(flagsFor(version, ['--no-assets'])).toEqual({ flags: ['--no-assets'], args: [spelled], dropped: [] });
});

it('says nothing of a flag whose meaning is the default of that version', () => {
  for (const [version, flag] of [
    ['1.5.9', '--no-mailer'],
    ['1.8.3', '--live'],
    ['1.7.8', '--adapter cowboy'],
    ['1.7.11', '--adapter bandit'],
  ] as const) {
    expect(flagsFor(version, [flag])).toEqual({ flags: [], args: [], dropped: [] });
  }
});

it('says why a version cannot take a flag', () => {
  expect(flagsFor('1.4.10', ['--database mssql']).dropped).toEqual([
    { flag: '--database mssql', reason: expect.stringContaining('1.4.9 to 1.4.18') },
  ]);
  expect(flagsFor('1.5.9', ['--database sqlite3']).dropped).toHaveLength(1);
  expect(flagsFor('1.4.0', ['--live', '--no-gettext']).dropped).toHaveLength(2);
});

it('puts --no-assets in the place of --no-esbuild where that is not there yet, and says so', () => {
  const { flags, args, dropped } = flagsFor('1.6.16', ['--no-esbuild']);
  expect({ flags, args }).toEqual({ flags: ['--no-assets'], args: ['--no-assets'] });
  expect(dropped).toHaveLength(1);
});

it('keeps every run quiet with what the version knows', () => {
  expect(quietArgs('1.5.5')).toEqual([]);
  expect(quietArgs('1.7.18')).toEqual(['--no-install']);
  expect(quietArgs('1.8.0')).toEqual(['--no-install', '--no-inside-docker-env', '--no-version-check']);
});

const flagSet = fc.uniqueArray(fc.constantFrom(...generatorFlags.map(({ flag }) => flag)), { maxLength: 6 });

it('names every set of flags, and reads the name back', () => {
  fc.assert(
    fc.property(flagSet, (flags) => {
      const canonical = canonicalFlags(flags);
      expect(flagsOfVariant(variantOf(flags))).toEqual(canonical);
      expect(canonicalFlags(canonical)).toEqual(canonical);
      expect(canonicalFlags([...flags].reverse())).toEqual(canonical);
    }),
  );
});

it('comes to the same flags when asked twice for a version', () => {
  fc.assert(
    fc.property(
      flagSet,
      fc.constantFrom('1.3.4', '1.4.10', '1.5.9', '1.6.16', '1.7.1', '1.7.9', '1.8.12'),
      (flags, version) => {
        const first = flagsFor(version, flags);
        expect(flagsFor(version, first.flags)).toMatchObject({ flags: first.flags, args: first.args });
      },
    ),
  );
});

it('knows no variant of another name', () => {
  expect(flagsOfVariant('no-zebra')).toBeNull();
  expect(flagsOfVariant('')).toBeNull();
  expect(flagsOfVariant('no-webpack')).toEqual(['--no-assets']);
});

describePristine('flags and the generated projects', () => {
  it('takes every variant of every version, each under another set of flags', () => {
    for (const version of pristineVersions()) {
      const variants = readdirSync(join(pristineRoot(), 'pristine', version));
      const taken = variants.map((variant) => flagsFor(version, flagsOfVariant(variant) ?? ['?']));
      expect(taken.flatMap(({ dropped }) => dropped)).toEqual([]);
      expect(new Set(taken.map(({ flags }) => flags.join(' '))).size).toBe(variants.length);
    }
  });
});
