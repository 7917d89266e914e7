import type { PristineTexts } from './input.ts';

/** The text that a touched file is merged from. */
export interface Base {
  readonly text: string;
  readonly version: string | null;
}

/**
 * The texts that the versions between the two wrote at any of the paths, the nearest to the user's first: the one that differs
 * from it in the fewest lines, the oldest of several.
 */
export function basesByDistance(texts: PristineTexts, paths: readonly string[], yours: string): readonly Base[] {
  const lines = countsOf(yours);
  const seen = new Set<string>();
  const bases = texts.versions.flatMap((version) => {
    const text = paths.map((path) => texts.baseText(path, version)).find((one) => one !== undefined);
    if (text === undefined || seen.has(text)) return [];
    seen.add(text);
    return [{ text, version, distance: distanceOf(countsOf(text), lines) }];
  });
  return bases.sort((a, b) => a.distance - b.distance);
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
  return counts;
}

/** How many lines stand in one text and not in the other. */
function distanceOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let distance = 0;
  for (const line of new Set([...a.keys(), ...b.keys()])) distance += Math.abs((a.get(line) ?? 0) - (b.get(line) ?? 0));
  return distance;
}
