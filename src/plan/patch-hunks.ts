import { parsePatch, type StructuredPatch } from 'diff';

/** One line of a hunk, without its sign and line feed. */
export interface PatchLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Whether it ends the file without a line feed. */
  readonly openEnd: boolean;
}

/** One hunk; lines count from 1, from 0 where a side is empty, as git counts. */
export interface PatchHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly PatchLine[];
}

/** The hunks of a patch of one file, as values. An empty list for a mere rename. */
export function patchHunks(patch: string): readonly PatchHunk[] {
  return parsePatch(patch).flatMap((file) => file.hunks.map(hunkOf));
}

function hunkOf(hunk: StructuredPatch['hunks'][number]): PatchHunk {
  const lines: PatchLine[] = [];
  for (const [index, line] of hunk.lines.entries()) {
    const sign = line[0];
    if (sign !== ' ' && sign !== '-' && sign !== '+') continue;
    lines.push({ sign, text: line.slice(1), openEnd: hunk.lines[index + 1]?.startsWith('\\') === true });
  }
  const { oldStart, oldLines, newStart, newLines } = hunk;
  return { oldStart, oldLines, newStart, newLines, lines };
}
