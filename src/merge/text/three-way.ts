import { type Edit, editsBetween, type Lines } from './align.ts';
import { linesOf, type Region, textOf, unspaced } from './region.ts';

interface Sided extends Edit {
  readonly yours: boolean;
}

/** The three ranges of lines that one stretch of a merge spans. */
interface Stretch {
  readonly base: Lines;
  readonly yours: Lines;
  readonly target: Lines;
  /** Edits of either side in it. */
  readonly edits: readonly Sided[];
}

/** Three versions of a file, line by line without line ends. */
export interface Three {
  readonly base: readonly string[];
  readonly yours: readonly string[];
  readonly target: readonly string[];
}

/** Merges by lines. Regions cover all three files without a gap, in order. */
function threeWay({ base, yours, target }: Three, targetLine = 1): Region[] {
  const three = { base, yours, target };
  return stretches(three, (line) => line).flatMap((stretch) =>
    regionsOf(slices(three, stretch), stretch, targetLine, shiftAround(three, stretch)),
  );
}

function slices({ base, yours, target }: Three, stretch: Stretch): Three {
  return {
    base: base.slice(stretch.base.start, stretch.base.end),
    yours: yours.slice(stretch.yours.start, stretch.yours.end),
    target: target.slice(stretch.target.start, stretch.target.end),
  };
}

function regionsOf(three: Three, { edits, target }: Stretch, targetLine: number, shift: Shift): Region[] {
  const at = targetLine + target.start;
  const region = (kind: Region['kind'], text: readonly string[]): Region[] => [make(kind, three, text, at)];
  const [mine, theirs] = [edits.some((edit) => edit.yours), edits.some((edit) => !edit.yours)];
  if (!mine) return theirs ? region('taken', moved(three.target, shift)) : region('agreed', three.yours);
  if (!theirs) return region('kept', three.yours);
  return settle(three, at);
}

function make(kind: Region['kind'], three: Three, text: readonly string[], targetLine: number): Region {
  const [base, yours, target] = [textOf(three.base), textOf(three.yours), textOf(three.target)];
  return { kind, base, yours, target, text: textOf(text), targetLine };
}

/** A stretch that both changed: alike, or one of them only its white space, or in earnest. */
function settle(three: Three, at: number): Region[] {
  const [base, yours, target] = [three.base, three.yours, three.target].map((lines) => unspaced(textOf(lines)));
  if (yours === target) return [make('agreed', three, three.yours, at)];
  if (yours === base) return [make('taken', three, three.target, at)];
  if (target === base) return [make('kept', three, three.yours, at)];
  return reindented(three, at) ?? trimmedConflict(three, at);
}

/** Tries again without regard to indentation; null unless that leaves no conflict. */
function reindented(three: Three, at: number): Region[] | null {
  const found = stretches(three, (line) => line.trim());
  if (found.length < 2 || found.some(({ edits }) => isBoth(edits))) return null;
  return found.map((stretch) => {
    const part = slices(three, stretch);
    const theirs = stretch.edits.some((edit) => !edit.yours);
    const text = theirs ? moved(part.target, shiftAround(three, stretch)) : part.yours;
    return make(theirs ? 'merged' : 'kept', part, text, at + stretch.target.start);
  });
}

function isBoth(edits: readonly Sided[]): boolean {
  return edits.some((edit) => edit.yours) && edits.some((edit) => !edit.yours);
}

/** How far the user moved lines: their indentation then and now. */
interface Shift {
  readonly from: string;
  readonly to: string;
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? '';

/** Indentation then and now of a line that both the base and the user have, at or next to a stretch. */
function shiftAround(three: Three, { base, yours }: Stretch): Shift {
  const pairs = [
    [base.start, yours.start],
    [base.start - 1, yours.start - 1],
    [base.end, yours.end],
  ];
  for (const [b = -1, y = -1] of pairs) {
    const [then, now] = [three.base[b], three.yours[y]];
    if (then?.trim() && then.trim() === now?.trim()) return { from: indentOf(then), to: indentOf(now) };
  }
  return { from: '', to: '' };
}

function moved(lines: readonly string[], { from, to }: Shift): string[] {
  if (from === to) return [...lines];
  if (to.startsWith(from)) return lines.map((line) => (line.trim() === '' ? line : to.slice(from.length) + line));
  const surplus = from.length - to.length;
  return lines.map((line) => line.slice(Math.min(surplus, indentOf(line).length)));
}

/** A conflict without the lines that yours and the target begin and end with alike. */
function trimmedConflict(three: Three, at: number): Region[] {
  const { base, yours, target } = three;
  let [head, tail] = [0, 0];
  const most = Math.min(yours.length, target.length);
  while (head < most && yours[head] === target[head]) head += 1;
  while (tail < most - head && yours[yours.length - 1 - tail] === target[target.length - 1 - tail]) tail += 1;
  const left = target.slice(head, target.length - tail);
  const start = placeLeft(base, left, head > 0, tail > 0);
  // Where the target left alone what it does not share with yours, its whole change is there already.
  const [from, to] = start === null ? [0, base.length] : [start, start + left.length];
  const agreed = (own: readonly string[], lines: readonly string[], line: number) =>
    own.length + lines.length === 0 ? [] : [make('agreed', { base: own, yours: lines, target: lines }, lines, line)];
  const rest = { base: base.slice(from, to), yours: yours.slice(head, yours.length - tail), target: left };
  return [
    ...agreed(base.slice(0, from), yours.slice(0, head), at),
    start === null ? contested(rest, at + head) : make('kept', rest, rest.yours, at + head),
    ...agreed(base.slice(to), yours.slice(yours.length - tail), at + target.length - tail),
  ];
}

/** Where lines that the target does not share with yours stand in the base: at the end that they have in both. Null where they do not. */
function placeLeft(base: readonly string[], left: readonly string[], hasHead: boolean, hasTail: boolean) {
  if (hasHead === hasTail || left.every((line) => line.trim() === '')) return null;
  const start = hasHead ? base.length - left.length : 0;
  return start >= 0 && left.every((line, index) => line === base[start + index]) ? start : null;
}

function contested(three: Three, at: number): Region {
  const { base, yours, target } = three;
  // What the user deleted and the generator then altered was taken out on purpose, unless it brings more than it had.
  const deleted = yours.every((line) => line.trim() === '') && base.some((line) => line.trim() !== '');
  const declined = deleted && target.length <= base.length;
  return make(declined ? 'declined' : 'conflict', three, yours, at);
}

/** The stretches of a merge in order: unchanged ones, and groups of edits that meet. */
function stretches(three: Three, key: (line: string) => string): Stretch[] {
  const [base, yours, target] = [three.base.map(key), three.yours.map(key), three.target.map(key)];
  const edits: Sided[] = [
    ...editsBetween(base, yours).map((edit) => ({ ...edit, yours: true })),
    ...editsBetween(base, target).map((edit) => ({ ...edit, yours: false })),
  ].sort((a, b) => a.base.start - b.base.start || a.base.end - b.base.end);
  const result: Stretch[] = [];
  let at = { base: 0, yours: 0, target: 0 };
  for (const group of groupsOf(edits, { base, yours, target })) {
    const start = Math.min(...group.map((edit) => edit.base.start));
    const end = Math.max(...group.map((edit) => edit.base.end));
    at = push(result, at, start - at.base, start - at.base, start - at.base, []);
    at = push(result, at, end - start, end - start + growth(group, true), end - start + growth(group, false), group);
  }
  const rest = base.length - at.base;
  push(result, at, rest, rest, rest, []);
  return result;
}

function push(
  result: Stretch[],
  at: { base: number; yours: number; target: number },
  base: number,
  yours: number,
  target: number,
  edits: readonly Sided[],
): { base: number; yours: number; target: number } {
  const next = { base: at.base + base, yours: at.yours + yours, target: at.target + target };
  const range = (key: 'base' | 'yours' | 'target') => ({ start: at[key], end: next[key] });
  if (base + yours + target > 0)
    result.push({ base: range('base'), yours: range('yours'), target: range('target'), edits });
  return next;
}

/** By how many lines one side's edits make a stretch longer. */
function growth(edits: readonly Sided[], yours: boolean): number {
  return edits
    .filter((edit) => edit.yours === yours)
    .reduce((sum, { base, side }) => sum + (side.end - side.start) - (base.end - base.start), 0);
}

function groupsOf(edits: readonly Sided[], three: Three): Sided[][] {
  const groups: Sided[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1);
    if (last?.some((other) => meet(other, edit, three))) last.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** Whether two edits, the second not before the first, touch the same thing. */
function meet(first: Sided, second: Sided, three: Three): boolean {
  if (second.base.start < first.base.end) return true;
  if (second.base.start > first.base.end || first.yours === second.yours) return false;
  const insertions = [first, second].filter(({ base }) => base.start === base.end);
  if (insertions.length !== 1) return insertions.length === 2;
  // Lines added beside a line that was altered in place still stand beside it.
  return ![first, second].some((edit) => isAlteration(edit, three));
}

/** Whether an edit gives each of its lines another form. */
function isAlteration({ base, side, yours }: Sided, three: Three): boolean {
  const lines = yours ? three.yours : three.target;
  const count = base.end - base.start;
  if (count === 0 || count !== side.end - side.start) return false;
  const range = Array.from({ length: count }, (_, index) => index);
  return range.every((index) => alike(three.base[base.start + index] ?? '', lines[side.start + index] ?? ''));
}

/** Whether two lines begin with the same word and share half of those of the shorter. */
function alike(a: string, b: string): boolean {
  const [x, y] = [wordsOf(a), wordsOf(b)];
  if (x.length === 0 || x[0] !== y[0]) return false;
  const shared = x.filter((word) => y.includes(word)).length;
  return shared * 2 >= Math.min(x.length, y.length);
}

function wordsOf(line: string): string[] {
  return line.match(/[\w@:-]+|[^\s\w]/g) ?? [];
}

/** Merges three texts by lines, each line with its line feed. */
export function threeWayText(base: string, yours: string, target: string, targetLine = 1): Region[] {
  return threeWay({ base: linesOf(base), yours: linesOf(yours), target: linesOf(target) }, targetLine);
}
