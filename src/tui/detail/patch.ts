import { oneLine } from '../../plan/escape.ts';
import { type PatchHunk, patchHunks } from '../../plan/patch-hunks.ts';
import type { FileEdit } from '../../plan/plan.ts';
import { span } from '../text/line.ts';
import { languageOf } from '../text/syntax.ts';
import { type CodeLine, type Row, textRow } from './row.ts';

/** Edits are values that never change, and a long patch is read once. */
const known = new WeakMap<FileEdit, readonly Row[]>();

/** What a step does to one file: a title, then each hunk. */
export function patchRows(edit: FileEdit): readonly Row[] {
  const before = known.get(edit);
  if (before) return before;
  const hunks = patchHunks(edit.patch);
  const rows = [titleOf(edit), ...hunks.flatMap((hunk) => hunkRows(hunk, edit.path))];
  if (hunks.length === 0) rows.push(textRow([span('No line of text changes.', { dim: true })]));
  known.set(edit, rows);
  return rows;
}

function titleOf(edit: FileEdit): Row {
  const from = edit.from === undefined ? '' : `${oneLine(edit.from)} → `;
  const mode = /^new (?:file )?mode 100755$/m.test(edit.patch) ? '  executable' : '';
  return textRow([
    span(`${edit.kind} `, { dim: true }),
    span(from + oneLine(edit.path), { bold: true }),
    span(mode, { dim: true }),
  ]);
}

function hunkRows(hunk: PatchHunk, path: string): readonly Row[] {
  const language = languageOf(path);
  let [old, now] = [hunk.oldStart, hunk.newStart];
  const code = hunk.lines.map(({ sign, text, openEnd }): CodeLine => {
    const number = sign === '-' ? old : now;
    if (sign !== '+') old += 1;
    if (sign !== '-') now += 1;
    return {
      kind: 'code',
      sign,
      number,
      text: codeText(text) + (openEnd ? ' (no line end)' : ''),
      other: null,
      language,
    };
  });
  const place = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
  return [textRow([span(place, { color: 'cyan' })]), ...paired(code)];
}

/** A line of code as shown. Every line of a CRLF file ends in CR: that is no news. */
export function codeText(line: string): string {
  return oneLine(line.replace(/\r$/, '').replaceAll('\t', '  '));
}

/** Lines taken away know the lines put in their stead, in order. */
function paired(rows: readonly CodeLine[]): readonly CodeLine[] {
  const found = [...rows];
  let at = 0;
  while (at < rows.length) {
    const removed = runOf(rows, at, '-');
    const added = runOf(rows, at + removed, '+');
    for (let pair = 0; pair < Math.min(removed, added); pair += 1) {
      const [old, now] = [rows[at + pair], rows[at + removed + pair]];
      if (!old || !now) continue;
      found[at + pair] = { ...old, other: now.text };
      found[at + removed + pair] = { ...now, other: old.text };
    }
    at += Math.max(1, removed + added);
  }
  return found;
}

function runOf(rows: readonly CodeLine[], from: number, sign: '-' | '+'): number {
  let end = from;
  while (rows[end]?.sign === sign) end += 1;
  return end - from;
}
