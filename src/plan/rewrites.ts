import { lineAt, lineIndex } from '../elixir/position.ts';
import { eachOnce, type Finding } from '../findings/finding.ts';
import type { RewrittenFile } from '../merge/perform.ts';
import { isLeft } from '../rewrites/place.ts';

/** What became of the places in the user's own code that a step rewrites. */
export interface Rewrites {
  /** How many places are rewritten. */
  readonly rewritten: number;
  /** Those that stay as they are, each with its reason as the message. */
  readonly left: readonly Finding[];
}

/** Counts the places of rewritten files; null where there are none. `original` has a file's text as the user knows it. */
export function rewritesOf(
  files: readonly RewrittenFile[],
  original: (path: string) => string | undefined,
): Rewrites | null {
  const rewritten = files.flatMap(({ places }) => places.filter((place) => !isLeft(place))).length;
  const all = files.flatMap(({ path, text, places }) => {
    const left = places.filter(isLeft);
    const known = left.length === 0 ? Number : knownLines(text, original(path) ?? text);
    return left.map(({ at, reason }): Finding => {
      return { path, line: known(lineAt(text, at)), message: `left as it is: ${reason}` };
    });
  });
  const left = eachOnce(all);
  return rewritten + left.length === 0 ? null : { rewritten, left };
}

/**
 * Gives the line, counted from 1, that a person finds for one of `text`: earlier steps may have added lines above it. Of several that
 * read the same it is the nearest.
 */
function knownLines(text: string, original: string): (line: number) => number {
  if (text === original) return (line) => line;
  const written = text.split('\n');
  const places = new Map<string, number[]>();
  for (const [index, one] of original.split('\n').entries()) {
    const known = places.get(one);
    if (known === undefined) places.set(one, [index + 1]);
    else known.push(index + 1);
  }
  return (line) => nearest(places.get(written[line - 1] ?? '') ?? [], line) ?? line;
}

/** The number of an ascending list that is next to `wanted`, the smaller one of two. */
function nearest(numbers: readonly number[], wanted: number): number | undefined {
  const at = lineIndex(numbers, wanted);
  const [one, next] = [numbers[at], numbers[at + 1]];
  if (one === undefined || next === undefined) return one;
  return Math.abs(wanted - one) <= Math.abs(next - wanted) ? one : next;
}
