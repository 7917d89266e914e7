import { bodyText, linesOf, type Region } from './region.ts';

/** Three texts of one file. */
interface Sides {
  readonly base: string;
  readonly yours: string;
  readonly target: string;
}

/**
 * The lines that a merge would lose or double: one that stands once in the base, in yours and in the target must stand
 * once in it, and one that both sides added once must not be there twice. Where a conflict is open, it is enough that
 * one of its choices keeps to that.
 */
export function misplacedLines(sides: Sides, regions: readonly Region[]): ReadonlySet<string> {
  const [base, yours, target] = [sides.base, sides.yours, sides.target].map(countsOf);
  const kept = countsOf(bodyText(regions));
  const taken = countsOf(bodyText(regions, (region) => (region.kind === 'conflict' ? region.target : region.text)));
  const misplaced = new Set<string>();
  for (const [line, count] of yours ?? []) {
    if (count !== 1 || target?.get(line) !== 1) continue;
    const then = base?.get(line) ?? 0;
    const counts = [kept.get(line) ?? 0, taken.get(line) ?? 0];
    if (then === 1 && !counts.includes(1)) misplaced.add(line);
    if (then === 0 && Math.min(...counts) > 1 && isTelling(line)) misplaced.add(line);
  }
  return misplaced;
}

/**
 * Regions in which every line is kept: one that was taken from the generator and would lose or double a line is left to
 * a person. Null where that does not help.
 */
export function conserving(sides: Sides, regions: readonly Region[]): readonly Region[] | null {
  const misplaced = misplacedLines(sides, regions);
  if (misplaced.size === 0) return regions;
  const touches = ({ yours, target }: Region) => linesOf(yours + target).some((line) => misplaced.has(line.trim()));
  const cautious = regions.map(
    (region): Region =>
      (region.kind === 'taken' || region.kind === 'merged') && touches(region)
        ? { ...region, kind: isThere(region, misplaced) ? 'declined' : 'conflict', text: region.yours }
        : region,
  );
  return misplacedLines(sides, cautious).size === 0 ? cautious : null;
}

/** Comments that yours has elsewhere say nothing new where the generator put them. */
function isThere({ base, yours, target }: Region, misplaced: ReadonlySet<string>): boolean {
  const lines = linesOf(target).map((line) => line.trim());
  return (
    base === '' && yours === '' && lines.every((line) => line === '' || (line.startsWith('#') && misplaced.has(line)))
  );
}

/** Short lines and closing tags are written many times over without meaning the same. */
function isTelling(line: string): boolean {
  return line.length >= 12 && /\w/.test(line) && !line.startsWith('</');
}

/** How often each line stands in a text, indentation aside; blank ones do not count. */
function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) {
    const words = line.trim();
    if (words !== '') counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}
