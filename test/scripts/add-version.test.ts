import { describe, expect, test } from 'vitest';
import { unknownSwitches } from '../../scripts/installer-switches.ts';
import { grownWith, type Stored, storedIn } from '../../scripts/stored-facts.ts';
import { placeholders } from '../../src/elixir/names.ts';
import { composeHistory } from '../../src/facts/history.ts';
import { buildSnapshots } from '../../src/facts/snapshot-builder.ts';
import { SnapshotStore, type Snapshots } from '../../src/pristine/snapshots.ts';

const shipped = new SnapshotStore();
const stored = storedIn(shipped);

function built({ projects, others, versions }: Pick<Stored, 'projects' | 'others' | 'versions'>): Snapshots {
  const { index, variants } = buildSnapshots(projects, others, versions);
  return { index, variant: (name) => variants[name] ?? { added: {}, removed: {} } };
}

/** All that a history says of every version, in order. */
function said(snapshots: Snapshots, variant: string): unknown {
  const history = composeHistory(snapshots, [variant, 'releases'], placeholders);
  return history.versions.map((version) => [version, ...history.facts(version).byText]);
}

const variants = Object.keys(stored.variants);

describe('snapshots that are taken apart and built again', () => {
  const again = built(stored);

  test.each(variants)('say the same of %s', (variant) => {
    expect(said(again, variant)).toEqual(said(shipped, variant));
  });

  test('know the same values of other machines', () => {
    expect(again.index.alternatives).toEqual(shipped.index.alternatives);
  });
});

describe.each(['newest', 'one in between'])('a version that is added to the others, the %s', (which) => {
  const version = (which === 'newest' ? stored.versions.at(-1) : stored.versions.at(-9)) ?? '';
  const without = <T extends { version: string }>(all: readonly T[]) => all.filter((one) => one.version !== version);
  const only = <T extends { version: string }>(all: readonly T[]) => all.filter((one) => one.version === version);
  const before: Stored = { ...stored, projects: without(stored.projects), others: without(stored.others) };
  const grown = built(grownWith(before, { projects: only(stored.projects), others: only(stored.others) }));

  test('stands in its place', () => {
    expect(grown.index.versions).toEqual(shipped.index.versions);
    expect(grown.index.variants).toEqual(shipped.index.variants);
  });

  test.each(variants)('leaves what is said of %s as if it had always been there', (variant) => {
    expect(said(grown, variant)).toEqual(said(shipped, variant));
  });
});

test('a new version without release files gets the newest that are known', () => {
  const [version = ''] = stored.versions.slice(-1);
  const [last] = stored.projects.filter((one) => one.version === version && one.variant === 'default');
  const grown = built(grownWith(stored, { projects: last ? [{ ...last, version: '9.0.0' }] : [], others: [] }));
  const facts = (of: string) => [...composeHistory(grown, ['releases'], placeholders).facts(of).byText];
  expect(facts('9.0.0')).toEqual(facts(version));
  expect(facts('9.0.0').some(([address]) => address.startsWith('docker/'))).toBe(true);
});

test('options of an installer that no flag stands for are named', () => {
  const task = `defmodule Mix.Tasks.Phx.Fancy do
  @switches [
    ecto: :boolean,
    database: :string,
    no_mailer: :boolean,
    fancy_buttons: :boolean,
    install: :boolean
  ]
end
`;
  expect(unknownSwitches(task)).toEqual(['--fancy-buttons']);
});
