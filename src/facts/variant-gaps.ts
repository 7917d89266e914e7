import { sameValue } from '../elixir/canonical.ts';
import { mergeValues } from '../elixir/merge-values.ts';
import { contains, parseRanges, setOf, type VersionSet } from './version-set.ts';

/** One value that the generator wrote at an address, and the versions that did. */
export interface WrittenValue {
  readonly value: string;
  readonly versions: VersionSet;
}

/** What a flag changes at one address. */
export interface Delta {
  readonly added: readonly WrittenValue[];
  readonly removed: VersionSet;
}

/** Versions for which a variant is not known, with the nearest earlier one for which it is. */
export type Gaps = ReadonlyMap<number, number>;

/** The gaps between a variant's known versions, given as ranges of version indexes. */
export function gapsIn(ranges: string): Gaps {
  const known = parseRanges(ranges);
  const gaps = new Map<number, number>();
  let last = -1;
  for (let index = 0; known >> BigInt(index) !== 0n; index += 1) {
    if (contains(known, index)) last = index;
    else if (last !== -1) gaps.set(index, last);
  }
  return gaps;
}

/**
 * Carries what a flag changes over to versions for which no project with it is known: what it leaves out stays out,
 * what it writes otherwise is merged with what the default project came to say. Changed files cannot be foretold.
 */
export function bridged(delta: Delta, address: string, base: readonly WrittenValue[], gaps: Gaps): Delta {
  let { removed } = delta;
  const added = [...delta.added];
  for (const [index, known] of gaps) {
    const own = valueIn(delta.added, known);
    const [was, is] = [valueIn(base, known), valueIn(base, index)];
    if (own === undefined) removed |= contains(delta.removed, known) ? setOf(index) : 0n;
    else if (was === is) added.push({ value: own, versions: setOf(index) });
    else if (!address.startsWith('file/')) added.push({ value: changed(own, was, is), versions: setOf(index) });
  }
  return { added, removed };
}

function valueIn(values: readonly WrittenValue[], index: number): string | undefined {
  return values.find(({ versions }) => contains(versions, index))?.value;
}

function changed(own: string, was: string | undefined, is: string | undefined): string {
  if (was === undefined || is === undefined) return own;
  return sameValue(own, was) ? is : (mergeValues(was, own, is) ?? own);
}
