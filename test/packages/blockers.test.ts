import { describe, expect, it } from 'vitest';
import { blockers, type ListedDep, type ProjectPackages, refusingRequirements } from '../../src/packages/blockers.ts';
import type { PackageDocument } from '../../src/packages/document.ts';
import { PackageFacts } from '../../src/packages/facts.ts';
import type { Packages } from '../../src/packages/store.ts';
import { readLock } from '../../src/project/lock.ts';

function packagesOf(documents: readonly PackageDocument[]): Packages {
  const facts = new Map(documents.map((one) => [one.package, new PackageFacts(one)]));
  return { package: (name) => facts.get(name) ?? null, definedBy: () => [] };
}

function document(name: string, versions: string, deps: PackageDocument['deps'] = {}): PackageDocument {
  return { format: 1, package: name, versions, elixir: {}, deps, modules: {} };
}

const packages = packagesOf([
  document('phoenix', '1.5.0 1.5.14 1.6.0 1.6.16 1.7.0 1.7.21 1.8.0', {
    plug: { '1.5.0..1.7.0': '~> 1.10', '1.7.0': '~> 1.14' },
    phoenix_view: { '1.6.0..1.7.0': '~> 1.0', '1.7.0': '~> 2.0 optional' },
  }),
  document('plug', '1.10.0 1.13.6 1.14.0 1.18.0', {
    mime: { '1.10.0..1.13.6': '~> 1.0', '1.13.6': '~> 1.0 or ~> 2.0' },
  }),
  document('phoenix_view', '1.0.0 2.0.0'),
  document('ecto', '2.2.0 3.10.0'),
]);

function lockOf(entries: Record<string, readonly [string, string?]>): string {
  const lines = Object.entries(entries).map(
    ([name, [version, deps = '']]) =>
      `  "${name}": {:hex, :${name}, "${version}", "aa", [:mix], [${deps}], "hexpm", "bb"},`,
  );
  return `%{\n${lines.join('\n')}\n}\n`;
}

const on = (name: string, requirement: string, optional = false) =>
  `{:${name}, "${requirement}", [hex: :${name}, repo: "hexpm", optional: ${optional}]}`;

function listed(name: string, requirement: string | null, line: number, override = false): ListedDep {
  return { name, requirement, override, at: { path: 'mix.exs', line } };
}

function project(lock: string, deps: readonly ListedDep[]): ProjectPackages {
  return { listed: deps, locked: readLock(lock), lockPath: 'mix.lock' };
}

const phoenix = listed('phoenix', '~> 1.5.0', 30);

describe('locked packages that block a target', () => {
  it('names one that refuses Phoenix itself, where it is listed, and how far the app can go', () => {
    const lock = lockOf({ phoenix: ['1.5.0'], moor: ['2.1.0', on('phoenix', '>= 1.3.0 and < 1.6.0')] });
    const found = blockers(project(lock, [phoenix, listed('moor', '~> 2.1', 31)]), packages, '1.8.0');
    expect(found).toEqual({
      blockers: [
        {
          package: 'moor',
          locked: '2.1.0',
          cause: 'package',
          liftedBy: null,
          requires: [{ name: 'phoenix', requirement: '>= 1.3.0 and < 1.6.0', optional: false }],
          at: { path: 'mix.exs', line: 31 },
          listed: '~> 2.1',
        },
      ],
      reachable: '1.5.14',
    });
  });

  it('names one that refuses what the target asks of another package', () => {
    const lock = lockOf({ phoenix: ['1.5.0'], plug: ['1.10.0'], buoy: ['0.3.0', on('plug', '~> 1.10 and < 1.14.0')] });
    const { blockers: found, reachable } = blockers(project(lock, [phoenix]), packages, '1.7.21');
    expect(found.map((one) => [one.package, one.at, one.listed])).toEqual([
      ['buoy', { path: 'mix.lock', line: 4 }, null],
    ]);
    expect(reachable).toBe('1.6.16');
  });

  it.each([
    ['allows the target', on('phoenix', '~> 1.5')],
    ['asks only of what the target leaves as it is', on('ecto', '~> 2.0')],
    ['asks of a package that nobody has facts of', on('moon', '~> 9.0')],
    ['has an optional dep that the project lacks', on('phoenix_view', '~> 1.0', true)],
    ['has a requirement that nobody can read', on('phoenix', 'whatever')],
  ])('lets pass one that %s', (_, deps) => {
    const lock = lockOf({ phoenix: ['1.5.0'], moor: ['2.1.0', deps] });
    expect(blockers(project(lock, [phoenix]), packages, '1.8.0')).toEqual({ blockers: [], reachable: '1.8.0' });
  });

  it('counts an optional dep where the project has it', () => {
    const lock = lockOf({
      phoenix: ['1.6.0'],
      phoenix_view: ['1.0.0'],
      moor: ['2.1.0', on('phoenix_view', '~> 1.0', true)],
    });
    expect(blockers(project(lock, [phoenix]), packages, '1.8.0').blockers.map((one) => one.package)).toEqual(['moor']);
  });

  it('lets the project override what others ask', () => {
    const lock = lockOf({ phoenix: ['1.5.0'], moor: ['2.1.0', on('phoenix', '< 1.6.0')] });
    const own = listed('phoenix', '~> 1.5', 30, true);
    expect(blockers(project(lock, [own]), packages, '1.8.0').blockers).toEqual([]);
    expect(blockers(project(lock, [listed('phoenix', null, 30)]), packages, '1.8.0').blockers).toEqual([]);
  });

  it('takes packages from git as they are', () => {
    const lock = '%{\n  "moor": {:git, "https://example.com/moor.git", "abc", []},\n}\n';
    expect(readLock(lock)).toEqual([{ name: 'moor', version: null, deps: [], line: 2 }]);
    expect(blockers(project(lock, [phoenix]), packages, '1.8.0').blockers).toEqual([]);
  });

  it('has no reachable version where even the one in use is refused', () => {
    const lock = lockOf({ phoenix: ['1.6.0'], moor: ['2.1.0', on('phoenix', '< 1.6.0')] });
    expect(blockers(project(lock, [phoenix]), packages, '1.8.0').reachable).toBeNull();
  });

  it('names a requirement of mix.exs that leaves out every version the target takes, and the lowest that it takes', () => {
    const lock = lockOf({ phoenix: ['1.5.0'], plug: ['1.10.0'] });
    const { blockers: found, reachable } = blockers(
      project(lock, [phoenix, listed('plug', '~> 1.10.0', 32)]),
      packages,
      '1.8.0',
    );
    expect(found).toMatchObject([
      { package: 'plug', locked: '1.10.0', cause: 'requirement', requires: [], liftedBy: '1.14.0', at: { line: 32 } },
    ]);
    expect(reachable).toBe('1.8.0');
  });

  it('takes a target, and what it asks for, that came out since the facts were made', () => {
    const newer = packagesOf([
      document('phoenix', '1.7.0 1.8.0', { plug: { '1.7.0': '~> 1.14', '1.8.0': '~> 2.0' } }),
      document('plug', '1.14.0 1.18.0'),
    ]);
    const lock = lockOf({ phoenix: ['1.7.0'], plug: ['1.14.0'], moor: ['2.1.0', on('phoenix', '< 1.8.0')] });
    const { blockers: found, reachable } = blockers(project(lock, [phoenix]), newer, '1.8.3');
    expect(found.map((one) => one.package)).toEqual(['moor']);
    expect(reachable).toBe('1.7.0');
  });
});

describe('locked packages that block what steps ask for', () => {
  const lock = lockOf({ moor: ['2.1.0', on('plug', '~> 1.10 and < 1.14.0')] });

  it('names one that refuses another dep as mix.exs comes to ask for it', () => {
    const found = refusingRequirements(project(lock, [phoenix, listed('plug', '~> 1.14', 31)]), packages);
    expect(found).toMatchObject([{ package: 'moor', requires: [{ name: 'plug' }], at: { path: 'mix.lock', line: 2 } }]);
  });

  it.each([
    ['what it allows', listed('plug', '~> 1.10', 31)],
    ['an override', listed('plug', '~> 1.14', 31, true)],
    ['what only a newer release than those known allows', listed('plug', '~> 1.99', 31)],
  ])('does not name one over %s', (_, plug) => {
    expect(refusingRequirements(project(lock, [phoenix, plug]), packages)).toEqual([]);
  });
});
