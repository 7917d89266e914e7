import type { PristineFacts } from '../src/facts/snapshot-builder.ts';
import { contains, indexesOf, parseRanges } from '../src/facts/version-set.ts';
import type { Snapshots, ValueRanges } from '../src/pristine/snapshots.ts';
import { compareVersions } from '../src/pristine/versions.ts';

/** Snapshots taken apart into the projects that they were built from. */
export interface Stored {
  readonly versions: readonly string[];
  readonly variants: Readonly<Record<string, string>>;
  readonly projects: readonly PristineFacts[];
  /** Single facts that other machines write. */
  readonly others: readonly PristineFacts[];
}

/** Takes snapshots apart. What is built from the result holds the same facts in the same order. */
export function storedIn(snapshots: Snapshots): Stored {
  const { versions, variants, alternatives } = snapshots.index;
  const projects = Object.entries(variants).flatMap(([variant, ranges]) =>
    indexesOf(parseRanges(ranges)).map((index) => ({
      version: versions[index] ?? '',
      variant,
      facts: factsAt(snapshots, variant, index),
    })),
  );
  return { versions, variants, projects, others: othersIn(alternatives, versions, projects) };
}

function factsAt(snapshots: Snapshots, variant: string, index: number): Map<string, string> {
  const facts = valuesAt(snapshots.variant('default').added, index);
  if (variant === 'default') return facts;
  const { added, removed } = snapshots.variant(variant);
  const own = valuesAt(added, index);
  for (const address of valuesAt(removed, index).keys()) if (!own.has(address)) facts.delete(address);
  for (const [address, value] of own) facts.set(address, value);
  return facts;
}

function valuesAt(values: Readonly<Record<string, ValueRanges>>, index: number): Map<string, string> {
  const facts = new Map<string, string>();
  for (const [address, ranges] of Object.entries(values)) {
    const [value] = Object.entries(ranges).find(([, text]) => contains(parseRanges(text), index)) ?? [];
    if (value !== undefined) facts.set(address, value);
  }
  return facts;
}

/** Each alternative beside every project that states the address. */
function othersIn(
  alternatives: Readonly<Record<string, ValueRanges>>,
  versions: readonly string[],
  projects: readonly PristineFacts[],
): PristineFacts[] {
  return Object.entries(alternatives).flatMap(([address, ranges]) =>
    Object.entries(ranges).flatMap(([value, text]) => {
      const wrote = new Set(indexesOf(parseRanges(text)).map((index) => versions[index]));
      return projects
        .filter(({ version, facts }) => wrote.has(version) && facts.has(address))
        .map(({ version, variant }) => ({ version, variant, facts: new Map([[address, value]]) }));
    }),
  );
}

/** What snapshots are built from once some projects are added; those of a version that is there already replace it. */
export function grownWith(
  stored: Stored,
  added: { readonly projects: readonly PristineFacts[]; readonly others: readonly PristineFacts[] },
): { projects: PristineFacts[]; others: PristineFacts[]; versions: string[] } {
  const fresh = new Set(added.projects.map(({ version, variant }) => `${version}/${variant}`));
  const kept = (all: readonly PristineFacts[]) =>
    all.filter(({ version, variant }) => !fresh.has(`${version}/${variant}`));
  const projects = [...kept(stored.projects), ...withReleases(stored, added.projects)];
  const byVersion = projects.sort((a, b) => compareVersions(a.version, b.version));
  const versions = [...new Set(byVersion.map(({ version }) => version))];
  return { projects: byVersion, others: [...kept(stored.others), ...added.others], versions };
}

/** New default projects without release files of their own get the newest that are known. */
function withReleases(stored: Stored, added: readonly PristineFacts[]): PristineFacts[] {
  const has = new Set(added.filter(({ variant }) => variant === 'releases').map(({ version }) => version));
  const last = stored.projects.findLast(({ variant }) => variant === 'releases');
  const base = stored.projects.find(({ version, variant }) => version === last?.version && variant === 'default');
  if (!last || !base) return [...added];
  const release = [...last.facts].filter(([address, value]) => base.facts.get(address) !== value);
  const lacking = added.filter(({ version, variant }) => variant === 'default' && !has.has(version));
  return [
    ...added,
    ...lacking.map(({ version, facts }) => ({ version, variant: 'releases', facts: new Map([...facts, ...release]) })),
  ];
}
