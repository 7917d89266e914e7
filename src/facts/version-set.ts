/** A set of versions as bits, by their index in the list of known versions. */
export type VersionSet = bigint;

/** Reads `"0-3 7"`. */
export function parseRanges(text: string): VersionSet {
  let set = 0n;
  for (const range of text.split(' ').filter(Boolean)) {
    const [first = 0, last = first] = range.split('-').map(Number);
    set |= ((1n << BigInt(last - first + 1)) - 1n) << BigInt(first);
  }
  return set;
}

/** Writes `"0-3 7"`. */
export function formatRanges(set: VersionSet): string {
  const ranges: string[] = [];
  for (const index of indexesOf(set)) {
    const last = ranges.at(-1)?.split('-').map(Number);
    if (last?.at(-1) === index - 1) ranges[ranges.length - 1] = `${last[0]}-${index}`;
    else ranges.push(String(index));
  }
  return ranges.join(' ');
}

/** Indexes in rising order. By way of the set's digits: a shift of a large number copies it, once for each bit. */
export function indexesOf(set: VersionSet): number[] {
  const digits = set.toString(2);
  const indexes: number[] = [];
  for (let index = 0; index < digits.length; index += 1)
    if (digits[digits.length - 1 - index] === '1') indexes.push(index);
  return indexes;
}

/** The set of one version. */
export function setOf(index: number): VersionSet {
  return 1n << BigInt(index);
}

/** Whether a version is in a set. */
export function contains(set: VersionSet, index: number): boolean {
  return ((set >> BigInt(index)) & 1n) === 1n;
}

/** All versions up to and with `index`. */
export function upTo(index: number): VersionSet {
  return (1n << BigInt(index + 1)) - 1n;
}
