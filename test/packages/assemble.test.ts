import { describe, expect, it } from 'vitest';
import { parse } from '../../src/elixir/parse.ts';
import { PackageFacts } from '../../src/packages/facts.ts';
import { lookup } from '../../src/packages/lookup.ts';
import { packageDocument, packageIndex } from '../../src/packages/source/assemble.ts';
import { definedModules } from '../../src/packages/source/definitions.ts';

const versions: readonly [string, string, Record<string, string>, string][] = [
  ['1.0.0', '~> 1.10', { moon: '~> 1.0' }, 'def ebb(a), do: a\ndef flow(a), do: a'],
  ['1.1.0-rc.0', '~> 1.10', { moon: '~> 1.0' }, 'def ebb(a), do: a\ndef flow(a), do: a\ndef swell(a), do: a'],
  [
    '1.1.0',
    '~> 1.12',
    { moon: '~> 1.0' },
    '@deprecated "Use Moon.pull/2"\ndef ebb(a), do: a\ndef flow(a), do: a\ndef swell(a), do: a',
  ],
  [
    '1.10.0',
    '~> 1.12',
    { moon: '~> 1.0', sun: '~> 2.0 optional' },
    '@doc false\ndef flow(a), do: a\ndefmacro swell(a), do: a',
  ],
  ['2.0.0', '~> 1.15', { sun: '~> 2.0 optional' }, 'for name <- names() do\n  def unquote(name)(a), do: a\nend'],
];

const document = packageDocument(
  'tide',
  versions.toReversed().map(([version, elixir, deps, body]) => ({
    version,
    requirements: { name: 'tide', elixir, deps: new Map(Object.entries(deps)) },
    modules: definedModules(parse(`defmodule Tide do\n${body}\nend\n`)),
  })),
);
const facts = new PackageFacts(JSON.parse(JSON.stringify(document)));
const of = (version: string, name: string) => lookup(facts, version, 'Tide', name, 1);

describe('facts of a package over its versions', () => {
  it('has them in the order of versions, not of text', () => {
    expect(facts.versions).toEqual(['1.0.0', '1.1.0-rc.0', '1.1.0', '1.10.0', '2.0.0']);
    expect(facts.releases).not.toContain('1.1.0-rc.0');
  });

  it('writes a value down only where it changes', () => {
    expect(document.elixir).toEqual({ '1.0.0..1.1.0': '~> 1.10', '1.1.0..2.0.0': '~> 1.12', '2.0.0': '~> 1.15' });
    expect(document.deps).toEqual({
      moon: { '1.0.0..2.0.0': '~> 1.0' },
      sun: { '1.10.0': '~> 2.0 optional' },
    });
  });

  it('answers for versions between and after those that were read', () => {
    expect(facts.elixir('1.9.3')).toBe('~> 1.12');
    expect(facts.deps('1.12.0')).toEqual([
      { name: 'moon', requirement: '~> 1.0', optional: false },
      { name: 'sun', requirement: '~> 2.0', optional: true },
    ]);
    expect(facts.elixir('2.4.0')).toBe('~> 1.15');
    expect(facts.elixir('0.9.0')).toBeUndefined();
  });
});

describe('lookup', () => {
  it.each([
    ['1.0.0', 'ebb', { state: 'present', kind: 'function', deprecated: null }],
    ['1.1.0', 'ebb', { state: 'present', kind: 'function', deprecated: { since: '1.1.0', instead: 'Moon.pull/2' } }],
    ['1.10.0', 'ebb', { state: 'absent', gone: '1.10.0', moduleGone: false }],
    ['1.10.0', 'flow', { state: 'present', kind: 'hidden', deprecated: null }],
    ['1.10.0', 'swell', { state: 'present', kind: 'macro', deprecated: null }],
    ['1.0.0', 'swell', { state: 'absent', gone: null, moduleGone: false }],
    ['2.0.0', 'ebb', { state: 'unknown' }],
    ['0.9.0', 'ebb', { state: 'unknown' }],
  ])('in %s, %s is as its source said', (version, name, expected) => {
    expect(of(version, name)).toEqual(expected);
  });

  it('says nothing of a module that it does not know', () => {
    expect(lookup(facts, '1.0.0', 'Ebb', 'ebb', 1)).toEqual({ state: 'unknown' });
    expect(lookup(facts, '1.0.0', 'constructor', 'ebb', 1)).toEqual({ state: 'unknown' });
  });
});

it('names in the index which package has which module', () => {
  expect(packageIndex([document])).toEqual({ format: 1, modules: { tide: 'Tide' } });
});
