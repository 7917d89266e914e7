import { lineAt } from '../elixir/position.ts';
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
  const all = files.flatMap(({ path, text, places }) =>
    places.filter(isLeft).map(({ at, reason }): Finding => {
      const line = knownLine(text, lineAt(text, at), original(path) ?? text);
      return { path, line, message: `left as it is: ${reason}` };
    }),
  );
  const left = eachOnce(all);
  return rewritten + left.length === 0 ? null : { rewritten, left };
}

/** The line that a person finds there now: earlier steps may have added lines above it. */
function knownLine(text: string, line: number, original: string): number {
  if (text === original) return line;
  const wanted = text.split('\n')[line - 1];
  const distances = original.split('\n').flatMap((one, index) => (one === wanted ? [index + 1] : []));
  return distances.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0] ?? line;
}
