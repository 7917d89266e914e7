import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileText } from '../../../src/diff/unified.ts';
import { hunksBetween } from '../../../src/merge/text/hunks.ts';

const text = fc
  .array(fc.constantFrom('end', '', '  a: 1', '  b: 2\r', 'plug :own'), { maxLength: 40 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), lines.map((line) => `${line}\n`).join('')));

function patchOf(before: string, after: string): string {
  const file = {
    status: 'modified' as const,
    path: 'own.ex',
    from: null,
    similarity: null,
    oldMode: '100644',
    newMode: '100644',
    blobs: null,
    binary: null,
  };
  return fileText({ ...file, hunks: hunksBetween(before, after) });
}

describe('hunks between two texts', () => {
  it('turn the one into the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        expect(applyPatch(before, patchOf(before, after))).toBe(after);
      }),
    );
  });

  it('are none where nothing differs', () => {
    expect(hunksBetween('a\nb', 'a\nb')).toEqual([]);
  });

  it('count from the line before where a side is empty', () => {
    expect(hunksBetween('', 'a\n')).toMatchObject([
      { oldStart: 0, oldLines: 0, newStart: 1, newLines: 1, lines: ['+a'] },
    ]);
    expect(hunksBetween('a\n', '')).toMatchObject([
      { oldStart: 1, oldLines: 1, newStart: 0, newLines: 0, lines: ['-a'] },
    ]);
  });

  it('say where a last line has no line break', () => {
    expect(hunksBetween('a', 'a\n').flatMap(({ lines }) => lines)).toEqual([
      '-a',
      '\\ No newline at end of file',
      '+a',
    ]);
  });

  it('are one where the lines around two changes meet', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}\n`);
    const changed = (...places: number[]) => lines.map((line, at) => (places.includes(at) ? `own\n` : line)).join('');
    const headers = (after: string) =>
      hunksBetween(lines.join(''), after).map((hunk) => [hunk.oldStart, hunk.oldLines]);
    expect(headers(changed(10, 17))).toEqual([[8, 14]]);
    expect(headers(changed(10, 18))).toEqual([
      [8, 7],
      [16, 7],
    ]);
  });

  it('keep the lines that thousands of changed ones have in common', () => {
    const written = (sigil: string) =>
      Array.from({ length: 2000 }, (_, at) => `def own_${at}, do: ${sigil}\n"""\n`).join('');
    const [hunk, ...others] = hunksBetween(written('~L'), written('~H'));
    expect(others).toEqual([]);
    expect(hunk?.lines.filter((line) => line.startsWith(' '))).toHaveLength(2000);
  });
});
