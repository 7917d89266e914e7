import { readHeader, withoutSide } from './diff-header.ts';
import { Lines } from './diff-lines.ts';
import { unquoted } from './quoted-path.ts';
import type { FileDiff, Hunk, TreeDiff } from './tree-diff.ts';

/**
 * Reads the text of `git diff --full-index --binary`. Throws an Error on a line it does not know: a part of a diff
 * that is skipped would be a change that nobody hears of.
 */
export function parseDiff(text: string): TreeDiff {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const reader = new Lines(lines);
  const files: FileDiff[] = [];
  while (!reader.ended) files.push(readFile(reader));
  return { files };
}

function readFile(reader: Lines): FileDiff {
  const names = reader.after('diff --git ');
  if (names === null) reader.fail();
  const header = readHeader(reader);
  const oldPath = reader.after('--- ');
  const newPath = oldPath === null ? null : reader.after('+++ ');
  const hunks = readHunks(reader);
  const binary = readBinary(reader);
  const path = header.to ?? pathOf(newPath, 'b/') ?? pathOf(oldPath, 'a/') ?? pathOfBoth(names);
  const status = header.added ? 'added' : header.deleted ? 'deleted' : header.from === null ? 'modified' : 'renamed';
  return {
    status,
    path,
    from: header.from,
    similarity: header.similarity,
    oldMode: header.added ? null : (header.oldMode ?? header.mode),
    newMode: header.deleted ? null : (header.newMode ?? header.mode),
    blobs: header.blobs,
    hunks,
    binary,
  };
}

function readHunks(reader: Lines): Hunk[] {
  const hunks: Hunk[] = [];
  for (let range = reader.after('@@ -'); range !== null; range = reader.after('@@ -')) {
    const match = /^(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(?: (.*))?$/s.exec(range);
    if (!match) reader.fail();
    const [, oldStart, oldLines = '1', newStart, newLines = '1', heading = ''] = match;
    const counts = {
      oldStart: Number(oldStart),
      oldLines: Number(oldLines),
      newStart: Number(newStart),
      newLines: Number(newLines),
    };
    hunks.push({ ...counts, heading, lines: readHunkLines(reader, counts.oldLines, counts.newLines) });
  }
  return hunks;
}

function readHunkLines(reader: Lines, oldLines: number, newLines: number): string[] {
  const lines: string[] = [];
  let [old, next] = [oldLines, newLines];
  while (old > 0 || next > 0 || reader.line.startsWith('\\')) {
    const mark = reader.line[0];
    if (reader.ended || (mark !== ' ' && mark !== '-' && mark !== '+' && mark !== '\\')) reader.fail();
    if (mark === ' ' || mark === '-') old -= 1;
    if (mark === ' ' || mark === '+') next -= 1;
    lines.push(reader.take());
  }
  return lines;
}

function readBinary(reader: Lines): string[] | null {
  if (reader.line !== 'GIT binary patch' || reader.ended) return null;
  const lines: string[] = [];
  while (!reader.ended && !reader.line.startsWith('diff --git ')) lines.push(reader.take());
  return lines;
}

function pathOf(written: string | null, side: 'a/' | 'b/'): string | null {
  // Git ends a name that has a space in it with a tab.
  const path = written === null ? null : unquoted(written.replace(/\t$/, ''));
  return path === null || path === '/dev/null' ? null : withoutSide(path, side);
}

/**
 * The path in `a/x b/x`, where no other line names it: an empty or binary file, or a change of mode alone. Both
 * halves may have the same side, since git names an added file `b/x b/x`.
 */
function pathOfBoth(names: string): string {
  const written = names.startsWith('"')
    ? names.slice(0, names.indexOf('" "') + 1)
    : names.slice(0, (names.length - 1) / 2);
  return unquoted(written).slice('a/'.length);
}
