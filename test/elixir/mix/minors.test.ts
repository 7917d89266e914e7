import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sameValue } from '../../../src/elixir/canonical.ts';
import { performer } from '../../../src/elixir/edited.ts';
import { mixEditors } from '../../../src/elixir/mix/edit.ts';
import type { Dep, MixAlias, Mixfile, MixKey } from '../../../src/elixir/mix/model.ts';
import type { MixOperation } from '../../../src/elixir/mix/operation.ts';
import { readMixfile } from '../../../src/elixir/mix/read.ts';
import { parse } from '../../../src/elixir/parse.ts';
import { formatted, hasMix } from '../../support/mix.ts';
import { describePristine, pristineRoot, pristineVersions } from '../../support/pristine.ts';

const performMix = performer(mixEditors);

const path = 'mix.exs';

/** Everything that has to be done to a `mix.exs` to state what another states. */
function operations(from: Mixfile, to: Mixfile, target: string): MixOperation[] {
  return [...depOperations(from, to, target), ...keyOperations(from, to), ...aliasOperations(from, to)];
}

function depOperations(from: Mixfile, to: Mixfile, target: string): MixOperation[] {
  const order = to.deps.map(({ name }) => name);
  const removed = from.deps.filter((dep) => !order.includes(dep.name));
  return [
    ...removed.map((dep): MixOperation => ({ kind: 'remove-dep', path, dep: dep.name })),
    ...to.deps.flatMap((dep) => {
      const old = from.deps.find(({ name }) => name === dep.name);
      if (old === undefined) {
        return [{ kind: 'add-dep', path, text: target.slice(dep.range.start, dep.range.end), order } as const];
      }
      if ((old.requirement === null) !== (dep.requirement === null)) {
        return [{ kind: 'replace-dep', path, text: target.slice(dep.range.start, dep.range.end) } as const];
      }
      return [...bumps(old, dep), ...options(old, dep)];
    }),
  ];
}

function bumps(from: Dep, to: Dep): MixOperation[] {
  if (from.requirement === to.requirement || to.requirement === null) return [];
  return [{ kind: 'set-requirement', path, dep: to.name, requirement: to.requirement }];
}

function options(from: Dep, to: Dep): MixOperation[] {
  const names = to.options.map(({ name }) => name);
  return [
    ...to.options.map(({ name, display }): MixOperation => {
      return { kind: 'set-dep-option', path, dep: to.name, option: name, value: display };
    }),
    ...from.options
      .filter(({ name }) => !names.includes(name))
      .map(({ name }): MixOperation => ({ kind: 'remove-dep-option', path, dep: to.name, option: name })),
  ];
}

function keyOperations(from: Mixfile, to: Mixfile): MixOperation[] {
  return (['project', 'application', 'cli'] as const).flatMap((section) => {
    const wanted = to[section].filter(isFact);
    const gone = from[section].filter(isFact).filter((key) => !wanted.some((one) => keyPath(one) === keyPath(key)));
    return [
      ...wanted.map((key): MixOperation => {
        const order = [...new Set(to[section].map((one) => one.path[0] ?? ''))];
        return { kind: 'set-mix-key', path, section, keys: key.path, value: key.display, order };
      }),
      ...gone.map((key): MixOperation => ({ kind: 'remove-mix-key', path, section, keys: key.path })),
    ];
  });
}

const isFact = (key: MixKey) => !['deps', 'aliases'].includes(key.path[0] ?? '');
const keyPath = (key: MixKey) => key.path.join('.');

function aliasOperations(from: Mixfile, to: Mixfile): MixOperation[] {
  const order = to.aliases.map(({ name }) => name);
  return [
    ...to.aliases.map((one: MixAlias): MixOperation => {
      return { kind: 'set-alias', path, alias: one.name, value: one.display, order };
    }),
    ...from.aliases
      .filter(({ name }) => !order.includes(name))
      .map(({ name }): MixOperation => ({ kind: 'remove-alias', path, alias: name })),
  ];
}

/** What the file states, comparable however it is spelled. */
function stated(mixfile: Mixfile): string[] {
  const keys = (section: 'project' | 'application' | 'cli') =>
    mixfile[section].filter(isFact).map((key) => `${section}.${keyPath(key)} = ${key.display}`);
  return [
    ...mixfile.deps.map(({ name, requirement }) => `deps/${name} ${requirement}`),
    ...mixfile.deps.flatMap((dep) => dep.options.map(({ name, display }) => `deps/${dep.name}.${name} = ${display}`)),
    ...mixfile.aliases.map(({ name, display }) => `aliases.${name} = ${display}`),
    ...keys('project'),
    ...keys('application'),
    ...keys('cli'),
  ].toSorted();
}

function mixfileOf(version: string, variant: string): string {
  return readFileSync(join(pristineRoot(), 'pristine', version, variant, path), 'utf8');
}

describePristine('from the first to the last version of each minor, and on to the next', () => {
  const versions = pristineVersions();
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  const ends = versions.filter((one, at) => {
    return minor(one) !== minor(versions[at - 1] ?? '') || minor(one) !== minor(versions[at + 1] ?? '');
  });
  const pairs = [
    ...ends.slice(1).map((to, at) => [ends[at] ?? to, to] as const),
    [ends[0] ?? '', ends.at(-1) ?? ''] as const,
  ];
  const results = new Map<string, string>();

  test.each(pairs)('%s → %s: deps, keys and aliases are those of the target', (from, to) => {
    const target = mixfileOf(to, 'default');
    let text = mixfileOf(from, 'default');
    const wanted = readMixfile(parse(target));
    for (const operation of operations(readMixfile(parse(text)), wanted, target)) {
      const result = performMix(text, operation);
      if (!result.ok) throw new Error(`${operation.kind}: ${result.reason}\n${JSON.stringify(operation)}`);
      expect(performMix(result.text, operation)).toEqual(result);
      text = result.text;
    }
    const now = readMixfile(parse(text));
    const [ours, theirs] = [stated(now), stated(wanted)];
    expect(ours.length).toBe(theirs.length);
    for (const [at, line] of ours.entries()) {
      if (line === theirs[at]) continue;
      const [key, value = ''] = line.split(' = ');
      const [wantedKey, wantedValue = ''] = (theirs[at] ?? '').split(' = ');
      expect(key).toBe(wantedKey);
      expect([line, sameValue(value, wantedValue)]).toEqual([line, true]);
    }
    results.set(`${from} → ${to}`, text);
  });

  test.skipIf(!hasMix)('and what the formatter passed before, it passes after', () => {
    const before = formatted(pairs.map(([from]) => mixfileOf(from, 'default')));
    const passed = pairs.filter(([from], at) => `${before[at]}\n` === mixfileOf(from, 'default'));
    expect(passed.length).toBeGreaterThan(3);
    expect(results.size).toBe(pairs.length);
    const texts = passed.map(([from, to]) => results.get(`${from} → ${to}`) ?? '');
    expect(texts).toEqual(formatted(texts).map((text) => `${text}\n`));
  });
});
