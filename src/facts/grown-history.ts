import { compareVersions } from '../pristine/versions.ts';
import { Address } from './address.ts';
import { History, type HistoryData } from './history.ts';
import type { WrittenValue } from './variant-gaps.ts';
import { contains, setOf, type VersionSet } from './version-set.ts';

/** What a version writes that no history knows yet, under the project's names. */
export interface NewVersion {
  readonly version: string;
  readonly facts: ReadonlyMap<string, string>;
  /** The form of an address with placeholders for names. */
  readonly placeholder: (address: string) => string;
}

/**
 * A history with one more version, in its place among the others. A generated project has no release files: those of
 * the version before count for the new one too.
 */
export function grownHistory({ data }: History, added: NewVersion): History {
  const later = data.versions.findIndex((version) => compareVersions(version, added.version) > 0);
  const at = later === -1 ? data.versions.length : later;
  const written = new Map<string, readonly WrittenValue[]>();
  const keeps = ![...added.facts.keys()].some(isRelease);
  for (const [address, values] of shifted(data.written, at)) {
    const kept = keeps && isRelease(address) ? valueBefore(values, at) : undefined;
    written.set(address, withValue(values, added.facts.get(address) ?? kept, at));
  }
  const fresh = [...added.facts].filter(([address]) => !written.has(address));
  for (const [address, value] of fresh) written.set(address, withValue([], value, at));
  const placeholders = fresh.map(([address]) => [address, added.placeholder(address)] as const);
  return new History({
    ...data,
    versions: data.versions.toSpliced(at, 0, added.version),
    written,
    alternatives: shifted(data.alternatives ?? new Map(), at),
    placeholders: new Map([...(data.placeholders ?? []), ...placeholders]),
  });
}

type Written = HistoryData['written'];

/** Makes room for one version at an index. */
function shifted(written: Written, at: number): Written {
  const below = setOf(at) - 1n;
  const moved = (set: VersionSet) => (set & below) | ((set & ~below) << 1n);
  return new Map(
    [...written].map(([address, values]) => [
      address,
      values.map(({ value, versions }) => ({ value, versions: moved(versions) })),
    ]),
  );
}

function isRelease(address: string): boolean {
  return new Address(address).isRelease;
}

function valueBefore(values: readonly WrittenValue[], at: number): string | undefined {
  return at === 0 ? undefined : values.find(({ versions }) => contains(versions, at - 1))?.value;
}

function withValue(values: readonly WrittenValue[], value: string | undefined, at: number): readonly WrittenValue[] {
  if (value === undefined) return values;
  if (!values.some((one) => one.value === value)) return [...values, { value, versions: setOf(at) }];
  return values.map((one) => (one.value === value ? { value, versions: one.versions | setOf(at) } : one));
}
