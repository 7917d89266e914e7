import { diffIndices } from 'node-diff3';

/** How many pairs of lines are compared one by one: a thousand lines with a thousand. */
const mostCompared = 1_000_000;

/** Half-open range of lines, counted from 0. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** Lines of the base and what stands in their place on one side. */
export interface Edit {
  readonly base: Lines;
  readonly side: Lines;
}

/**
 * What one side changed, in order; two edits never touch. Lines that stand once on both sides are matched first, so
 * that blank lines and `end` follow the lines around them.
 */
export function editsBetween(base: readonly string[], side: readonly string[]): Edit[] {
  return joined(between(base, side, { start: 0, end: base.length }, { start: 0, end: side.length }));
}

function between(base: readonly string[], side: readonly string[], b: Lines, s: Lines): Edit[] {
  if (b.start === b.end && s.start === s.end) return [];
  if (b.start === b.end || s.start === s.end) return [{ base: b, side: s }];
  const anchors = anchorsOf(base, side, b, s);
  // Only where no line tells: else a new block that ends like the one before it would be taken for that one.
  if (anchors.length === 0) return withoutAnchors(base, side, ...trimmed(base, side, b, s));
  return around(anchors, base, side, b, s);
}

/**
 * Each line with each other is compared of ranges that are small. In large ones a line that stands as often on both sides is matched
 * by its number: the third `end` with the third.
 */
function withoutAnchors(base: readonly string[], side: readonly string[], b: Lines, s: Lines): Edit[] {
  if ((b.end - b.start) * (s.end - s.start) <= mostCompared) return plainEdits(base, side, b, s);
  const numbered = anchorsOf(base, side, b, s, Number.POSITIVE_INFINITY);
  return numbered.length === 0 ? [{ base: b, side: s }] : around(numbered, base, side, b, s);
}

/** What differs before, between and after lines that are matched. */
function around(
  anchors: readonly (readonly [number, number])[],
  base: readonly string[],
  side: readonly string[],
  b: Lines,
  s: Lines,
): Edit[] {
  const edits: Edit[] = [];
  let [atBase, atSide] = [b.start, s.start];
  for (const [inB, inS] of [...anchors, [b.end, s.end] as const]) {
    edits.push(...between(base, side, { start: atBase, end: inB }, { start: atSide, end: inS }));
    [atBase, atSide] = [inB + 1, inS + 1];
  }
  return edits;
}

/** Both ranges without the lines that they begin and end with alike. */
function trimmed(base: readonly string[], side: readonly string[], b: Lines, s: Lines): [Lines, Lines] {
  let [bs, be, ss, se] = [b.start, b.end, s.start, s.end];
  while (bs < be && ss < se && base[bs] === side[ss]) [bs, ss] = [bs + 1, ss + 1];
  while (bs < be && ss < se && base[be - 1] === side[se - 1]) [be, se] = [be - 1, se - 1];
  return [
    { start: bs, end: be },
    { start: ss, end: se },
  ];
}

/** Pairs of lines that stand as often in both ranges, once if not told otherwise: the longest run of them that is in the same order. */
function anchorsOf(
  base: readonly string[],
  side: readonly string[],
  b: Lines,
  s: Lines,
  mostTimes = 1,
): (readonly [number, number])[] {
  const [inBase, inSide] = [places(base, b), places(side, s)];
  const pairs = [...inBase].flatMap(([line, at]) => {
    const others = inSide.get(line) ?? [];
    const isAnchor = at.length === others.length && at.length <= mostTimes;
    return isAnchor ? at.map((one, index) => [one, others[index] ?? 0] as const) : [];
  });
  return longestAscending(pairs.sort(([x], [y]) => x - y));
}

/** Where each line stands. */
function places(lines: readonly string[], { start, end }: Lines): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let at = start; at < end; at += 1) {
    const line = lines[at] ?? '';
    const known = found.get(line);
    if (known === undefined) found.set(line, [at]);
    else known.push(at);
  }
  return found;
}

function longestAscending(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  interface Link {
    readonly pair: readonly [number, number];
    readonly before: Link | undefined;
  }
  const piles: Link[] = [];
  for (const pair of pairs) {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[middle]?.pair[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    piles[low] = { pair, before: piles[low - 1] };
  }
  const result: (readonly [number, number])[] = [];
  for (let link = piles.at(-1); link; link = link.before) result.push(link.pair);
  return result.reverse();
}

function plainEdits(base: readonly string[], side: readonly string[], b: Lines, s: Lines): Edit[] {
  return diffIndices(base.slice(b.start, b.end), side.slice(s.start, s.end)).map(({ buffer1, buffer2 }) => ({
    base: { start: b.start + buffer1[0], end: b.start + buffer1[0] + buffer1[1] },
    side: { start: s.start + buffer2[0], end: s.start + buffer2[0] + buffer2[1] },
  }));
}

function joined(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last && last.base.end === edit.base.start && last.side.end === edit.side.start) {
      result[result.length - 1] = {
        base: { start: last.base.start, end: edit.base.end },
        side: { start: last.side.start, end: edit.side.end },
      };
    } else result.push(edit);
  }
  return result;
}
