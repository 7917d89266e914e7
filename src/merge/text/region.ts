/**
 * What became of a stretch of a file. `agreed`: the same on all sides, or changed alike by both. `kept`: only the
 * user changed it. `taken`: only the generator did. `merged`: both did, and it was brought together. `declined`: the
 * user took out what the generator then changed. `conflict`: both changed it, none is chosen.
 */
export type RegionKind = 'agreed' | 'kept' | 'taken' | 'merged' | 'declined' | 'conflict';

/** A stretch of a file with its three texts. Every line ends with a line feed, whatever the file has. */
export interface Region {
  readonly kind: RegionKind;
  readonly base: string;
  readonly yours: string;
  readonly target: string;
  /** What the result has: of a conflict and of what was declined the user's text. */
  readonly text: string;
  /** First line in the target's file, from 1. */
  readonly targetLine: number;
}

/** Lines as text, each with its line feed. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** The lines of such a text. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A text that counts as the same wherever only white space differs. */
export function unspaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Text of regions, every line with a line feed. */
export function bodyText(regions: readonly Region[], textIn: (region: Region) => string = ({ text }) => text): string {
  return regions.map(textIn).join('');
}
