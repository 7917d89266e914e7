import { comparableText } from '../elixir/canonical.ts';
import { mergeValues } from '../elixir/merge-values.ts';
import { fillNames, type Names } from '../elixir/names.ts';
import type { Snapshots, ValueRanges, VariantSnapshot } from '../pristine/snapshots.ts';
import { Address, AddressMap, withoutMember } from './address.ts';
import { formerAddress, type NamedRename, renames } from './renames.ts';
import { bridged, type Delta, gapsIn, type WrittenValue } from './variant-gaps.ts';
import { contains, indexesOf, parseRanges, type VersionSet } from './version-set.ts';

/** What a history is made of. */
export interface HistoryData {
  readonly versions: readonly string[];
  /** By address as text, in the generator's order. */
  readonly written: ReadonlyMap<string, readonly WrittenValue[]>;
  /** What the generator writes there on other machines. */
  readonly alternatives?: ReadonlyMap<string, readonly WrittenValue[]>;
  readonly renames?: readonly NamedRename[];
  /** Placeholder form of each address. */
  readonly placeholders?: ReadonlyMap<string, string>;
}

/**
 * What every known version of the generator wrote, for one set of flags and one project's names. Flags that no
 * pristine project combines are composed: each takes from and adds to the default project, and values that two
 * flags changed are merged by structure.
 */
export class History {
  readonly versions: readonly string[];
  /** Renames of key paths, with this project's names. */
  readonly renames: readonly NamedRename[];
  /** All of it, to make another history of. */
  readonly data: HistoryData;
  readonly #written: ReadonlyMap<string, readonly WrittenValue[]>;
  readonly #alternatives: ReadonlyMap<string, readonly WrittenValue[]>;
  readonly #placeholders: ReadonlyMap<string, string>;
  readonly #indexes: ReadonlyMap<string, number>;
  #addresses: readonly Address[] | undefined;

  constructor(data: HistoryData) {
    this.data = data;
    this.versions = data.versions;
    this.#indexes = new Map(data.versions.map((version, index) => [version, index]));
    this.renames = data.renames ?? [];
    this.#written = data.written;
    this.#alternatives = data.alternatives ?? new Map();
    this.#placeholders = data.placeholders ?? new Map();
  }

  /** The address as topics and snapshots write it, with placeholders for names; undefined for one that the generator never wrote to. */
  placeholder({ text }: Address): string | undefined {
    return this.#placeholders.get(text);
  }

  /** Index of a version in `versions`, -1 when it is not known. */
  indexOf(version: string): number {
    return this.#indexes.get(version) ?? -1;
  }

  /** Every address that it ever wrote to, in its order. */
  get addresses(): readonly Address[] {
    this.#addresses ??= [...this.#written.keys()].map((text) => new Address(text));
    return this.#addresses;
  }

  /** Everything the generator ever wrote at an address, oldest first. */
  values({ text }: Address): readonly WrittenValue[] {
    return this.#written.get(text) ?? [];
  }

  valueAt(address: Address, version: string): string | undefined {
    const index = this.indexOf(version);
    return this.values(address).find(({ versions }) => contains(versions, index))?.value;
  }

  /** Address → value of one version, in the generator's order. */
  facts(version: string): AddressMap<string> {
    const facts = new AddressMap<string>();
    for (const address of this.addresses) {
      const value = this.valueAt(address, version);
      if (value !== undefined) facts.set(address, value);
    }
    return facts;
  }

  /** What it wrote there, or under a former name of the key. */
  formerValues(address: Address): readonly WrittenValue[] {
    const former = this.renames.flatMap((rename) => formerAddress(address, rename) ?? []);
    return [...this.values(address), ...former.flatMap((one) => this.values(one))];
  }

  /** The versions that wrote a value there or under a former name, on any machine; none for a value of the user's. */
  wrote(address: Address, value: string): VersionSet {
    const wanted = comparableText(value);
    return [...this.formerValues(address), ...(this.#alternatives.get(address.text) ?? [])]
      .filter((written) => comparableText(written.value) === wanted)
      .reduce((set, { versions }) => set | versions, 0n);
  }
}

/** History of the projects generated with some flags, given as the names of their variants. */
export function composeHistory(store: Snapshots, variants: readonly string[], names: Names): History {
  const base = written(store.variant('default').added);
  const known = throughEras(variants).filter((name) => name !== 'default' && name in store.index.variants);
  // An umbrella is another tree altogether: the flags' differences are carried over to it.
  if (known.includes('umbrella')) applyVariant(base, store.variant('umbrella'));
  const places = placesByPlainAddress(base.keys());
  for (const [address, deltas] of collect(known, store, { places, base }))
    base.set(address, compose(base.get(address) ?? [], deltas));
  const alternatives = written(store.index.alternatives);
  const fill = (text: string) => fillNames(text, names);
  return new History({
    versions: store.index.versions,
    written: named(base, fill),
    alternatives: named(alternatives, fill),
    renames: renames.map(({ from, to, whole }) => ({
      from: new Address(fill(from)),
      to: new Address(fill(to)),
      whole,
    })),
    placeholders: new Map([...base.keys()].map((address) => [fill(address), address])),
  });
}

/** The flag that leaves assets out, by its name of each era; a variant is known for its own era alone. */
const assetVariants: readonly string[] = ['no-brunch', 'no-webpack', 'no-assets'];

function throughEras(variants: readonly string[]): readonly string[] {
  const isWithout = variants.some((name) => assetVariants.includes(name));
  return isWithout ? [...variants.filter((name) => !assetVariants.includes(name)), ...assetVariants] : variants;
}

function written(values: Readonly<Record<string, ValueRanges>>): Map<string, readonly WrittenValue[]> {
  return new Map(Object.entries(values).map(([address, ranges]) => [address, writtenValues(ranges)]));
}

function writtenValues(ranges: ValueRanges): WrittenValue[] {
  return Object.entries(ranges).map(([value, text]) => ({ value, versions: parseRanges(text) }));
}

function applyVariant(base: Map<string, readonly WrittenValue[]>, variant: VariantSnapshot): void {
  for (const address of new Set([...Object.keys(variant.removed), ...Object.keys(variant.added)])) {
    base.set(address, compose(base.get(address) ?? [], [deltaOf(variant, address)]));
  }
}

function deltaOf(variant: VariantSnapshot, address: string): Delta {
  const removed = writtenValues(variant.removed[address] ?? {}).reduce((set, { versions }) => set | versions, 0n);
  return { added: writtenValues(variant.added[address] ?? {}), removed };
}

/** Addresses without their umbrella member, and the full ones they stand for. */
function placesByPlainAddress(addresses: Iterable<string>): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const address of addresses) {
    const plain = plainAddress(address);
    places.set(plain, [...(places.get(plain) ?? []), address]);
  }
  return places;
}

function plainAddress(address: string): string {
  return withoutMember(address).address.replace(/^file\/apps\/(?:\{app\}|\{app\}_web)\//, 'file/');
}

function collect(
  names: readonly string[],
  store: Snapshots,
  { places, base }: { places: Map<string, string[]>; base: ReadonlyMap<string, readonly WrittenValue[]> },
): Map<string, Delta[]> {
  const deltas = new Map<string, Delta[]>();
  const { added } = store.variant('default');
  for (const name of names) {
    if (name === 'umbrella') continue;
    const variant = store.variant(name);
    const gaps = gapsIn(store.index.variants[name] ?? '');
    for (const address of new Set([...Object.keys(variant.removed), ...Object.keys(variant.added)])) {
      const usual = writtenValues(added[address] ?? {});
      const delta = bridged(deltaOf(variant, address), address, usual, gaps);
      for (const place of places.get(address) ?? [address]) {
        deltas.set(place, [...(deltas.get(place) ?? []), standing(delta, usual, base.get(place) ?? [])]);
      }
    }
  }
  return deltas;
}

/** A flag changes only what stands at a place: what the default project has there, an umbrella may have elsewhere. */
function standing({ added, removed }: Delta, usual: readonly WrittenValue[], here: readonly WrittenValue[]): Delta {
  const versionsOf = (values: readonly WrittenValue[]) => values.reduce((set, { versions }) => set | versions, 0n);
  const absent = versionsOf(usual) & ~versionsOf(here);
  return { added: added.map(({ value, versions }) => ({ value, versions: versions & ~absent })), removed };
}

/** Values at one address once each flag has taken and added its own. */
function compose(values: readonly WrittenValue[], deltas: readonly Delta[]): WrittenValue[] {
  const touched = deltas.reduce(
    (set, { added, removed }) => added.reduce((all, one) => all | one.versions, set | removed),
    0n,
  );
  const result = values.map(({ value, versions }) => ({ value, versions: versions & ~touched }));
  for (const { versions, lowest } of alike(touched, [...values, ...deltas.flatMap(setsOf)])) {
    const value = composeOne(values.find((written) => contains(written.versions, lowest))?.value, deltas, lowest);
    if (value !== undefined) result.push({ value, versions });
  }
  return joined(result);
}

function setsOf({ added, removed }: Delta): { versions: VersionSet }[] {
  return [...added, { versions: removed }];
}

/** Parts of a set that lie each within or outside of every other set: their versions compose alike. Oldest first. */
function alike(
  set: VersionSet,
  others: readonly { versions: VersionSet }[],
): { versions: VersionSet; lowest: number }[] {
  let parts = [set];
  for (const { versions } of others) {
    parts = parts.flatMap((part) => [part & versions, part & ~versions].filter((one) => one !== 0n));
  }
  return parts
    .filter((part) => part !== 0n)
    .map((versions) => ({ versions, lowest: indexesOf(versions)[0] ?? 0 }))
    .sort((one, other) => one.lowest - other.lowest);
}

function composeOne(base: string | undefined, deltas: readonly Delta[], index: number): string | undefined {
  let value = base;
  for (const { added, removed } of deltas) {
    const own = added.find(({ versions }) => contains(versions, index))?.value;
    if (own === undefined && !contains(removed, index)) continue;
    // One flag leaves the key out altogether: no other flag's change of it matters.
    if (own === undefined) return undefined;
    value = value === base || base === undefined || value === undefined ? own : (mergeValues(base, value, own) ?? own);
  }
  return value;
}

function joined(values: readonly WrittenValue[]): WrittenValue[] {
  const sets = new Map<string, VersionSet>();
  for (const { value, versions } of values) sets.set(value, (sets.get(value) ?? 0n) | versions);
  return [...sets].filter(([, versions]) => versions !== 0n).map(([value, versions]) => ({ value, versions }));
}

function named(
  values: ReadonlyMap<string, readonly WrittenValue[]>,
  fill: (text: string) => string,
): Map<string, readonly WrittenValue[]> {
  return new Map(
    [...values].map(([address, written]) => [
      fill(address),
      written.map(({ value, versions }) => ({ value: fill(value), versions })),
    ]),
  );
}
