import { describe, expect, test } from 'vitest';
import { placeholders } from '../../src/elixir/names.ts';
import { Address } from '../../src/facts/address.ts';
import { grownHistory } from '../../src/facts/grown-history.ts';
import { composeHistory } from '../../src/facts/history.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';

const history = composeHistory(new SnapshotStore(), ['releases'], placeholders);
const newest = history.versions.at(-1) ?? '';
const placeholder = (address: string) => address.replaceAll('shop', '{app}');

describe.each(['9.0.0', '1.7.99'])('a history that learns of %s', (version) => {
  const facts = new Map([...history.facts(newest).byText, ['config/all/shop.novelty', 'true']]);
  const grown = grownHistory(history, { version, facts, placeholder });

  test('has it in its place', () => {
    expect(grown.versions.filter((one) => one !== version)).toEqual(history.versions);
    expect(grown.versions[grown.indexOf(version) + 1]).toBe(version === '9.0.0' ? undefined : '1.8.0');
  });

  test('says what it writes', () => {
    expect([...grown.facts(version).byText].sort()).toEqual([...facts].sort());
    expect(grown.placeholder(new Address('config/all/shop.novelty'))).toBe('config/all/{app}.novelty');
  });

  test('says the same as before of all others', () => {
    for (const one of history.versions) expect(grown.facts(one).byText).toEqual(history.facts(one).byText);
    for (const [address, value] of history.facts('1.6.0')) {
      expect(grown.wrote(address, value) === 0n).toBe(history.wrote(address, value) === 0n);
    }
  });

  test('keeps the release files of the version before where it has none', () => {
    const bare = new Map([...facts].filter(([address]) => !/^(docker|release)\//.test(address)));
    const before = history.versions.filter((one) => one !== version)[grown.indexOf(version) - 1] ?? '';
    const release = (all: ReadonlyMap<string, string>) => [...all].filter(([address]) => address.startsWith('docker/'));
    const kept = release(grownHistory(history, { version, facts: bare, placeholder }).facts(version).byText);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(release(history.facts(before).byText));
  });
});
