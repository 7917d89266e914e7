import { sameValue } from '../elixir/canonical.ts';
import type { SnapshotIndex, ValueRanges, VariantSnapshot } from '../pristine/snapshots.ts';
import { formatRanges, setOf, type VersionSet } from './version-set.ts';

/** The facts of one pristine project, in placeholder form and in the generator's order. */
export interface PristineFacts {
  readonly version: string;
  readonly variant: string;
  readonly facts: ReadonlyMap<string, string>;
}

type Written = Map<string, Map<string, VersionSet>>;

/**
 * Builds the snapshots of a pack: the default project's facts with the versions that wrote them, and for every
 * variant what it adds and removes. `others` are the same projects from other machines; where a value differs
 * there, both are what the generator writes.
 */
export function buildSnapshots(
  projects: readonly PristineFacts[],
  others: readonly PristineFacts[],
  versions: readonly string[],
): { index: SnapshotIndex; variants: Record<string, VariantSnapshot> } {
  const indexOf = (version: string) => versions.indexOf(version);
  const names = [...new Set(projects.map(({ variant }) => variant))].sort();
  const membersOf = (name: string) => projects.filter(({ variant }) => variant === name);
  const defaults = new Map(membersOf('default').map((project) => [project.version, project.facts]));
  const variants: Record<string, VariantSnapshot> = {};
  const known: Record<string, string> = {};
  for (const variant of names) {
    const members = membersOf(variant);
    const added: Written = new Map();
    const removed: Written = new Map();
    for (const { version, facts } of members) {
      const base =
        variant === 'default' ? new Map<string, string>() : (defaults.get(version) ?? new Map<string, string>());
      record(added, difference(facts, base), indexOf(version));
      record(removed, difference(base, facts), indexOf(version));
    }
    const order = addressOrder(members.map(({ facts }) => facts));
    variants[variant] = { added: rangesOf(added, order), removed: rangesOf(removed, [...removed.keys()].sort()) };
    known[variant] = formatRanges(members.reduce((set, { version }) => set | setOf(indexOf(version)), 0n));
  }
  const alternatives = rangesOf(alternativesOf(projects, others, indexOf));
  return { index: { format: 1, versions, variants: known, alternatives }, variants };
}

function difference(facts: ReadonlyMap<string, string>, base: ReadonlyMap<string, string>): [string, string][] {
  return [...facts].filter(([address, value]) => base.get(address) !== value);
}

function record(written: Written, facts: readonly [string, string][], index: number): void {
  for (const [address, value] of facts) {
    const values = written.get(address) ?? new Map<string, VersionSet>();
    values.set(value, (values.get(value) ?? 0n) | setOf(index));
    written.set(address, values);
  }
}

function rangesOf(
  written: Written,
  order: readonly string[] = [...written.keys()].sort(),
): Record<string, ValueRanges> {
  return Object.fromEntries(
    order
      .filter((address) => written.has(address))
      .map((address) => {
        const values = [...(written.get(address) ?? [])];
        return [address, Object.fromEntries(values.map(([value, set]) => [value, formatRanges(set)]))];
      }),
  );
}

/** One order of all addresses: the newest project's, older ones' behind the neighbour that they followed. */
function addressOrder(projects: readonly ReadonlyMap<string, string>[]): string[] {
  const order: string[] = [];
  const known = new Set<string>();
  for (const facts of [...projects].reverse()) {
    let previous = -1;
    const positions = new Map(order.map((address, index) => [address, index]));
    const insertions: { after: number; address: string }[] = [];
    for (const address of facts.keys()) {
      if (known.has(address)) previous = positions.get(address) ?? previous;
      else insertions.push({ after: previous, address });
      known.add(address);
    }
    for (const { after, address } of insertions.reverse()) order.splice(after + 1, 0, address);
  }
  return order;
}

function alternativesOf(
  projects: readonly PristineFacts[],
  others: readonly PristineFacts[],
  indexOf: (version: string) => number,
): Written {
  const own = new Map(projects.map((project) => [`${project.version}/${project.variant}`, project.facts]));
  const written: Written = new Map();
  for (const { version, variant, facts } of others) {
    const known = own.get(`${version}/${variant}`);
    const differing = [...facts].filter(([address, value]) => {
      const mine = known?.get(address);
      return mine !== undefined && !sameValue(mine, value);
    });
    record(written, differing, indexOf(version));
  }
  return written;
}
