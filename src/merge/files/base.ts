import type { PristineTexts } from './input.ts';

/** The text that a touched file is merged from. */
export interface Base {
  readonly text: string;
  readonly version: string | null;
}

/**
 * The text nearest to the user's among what the versions between the two wrote at any of the paths: the one that
 * differs from it in the fewest lines, the oldest of several. Empty where none wrote any.
 */
export function nearestBase(texts: PristineTexts, paths: readonly string[], yours: string): Base {
  const lines = countsOf(yours);
  let best: (Base & { readonly distance: number }) | null = null;
  const seen = new Set<string>();
  for (const version of texts.versions) {
    const text = paths.map((path) => texts.baseText(path, version)).find((one) => one !== undefined);
    if (text === undefined || seen.has(text)) continue;
    seen.add(text);
    const distance = distanceOf(countsOf(text), lines);
    if (best === null || distance < best.distance) best = { text, version, distance };
  }
  return best ?? { text: '', version: null };
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
