import { quoted } from './quoted-path.ts';
import type { FileDiff, Hunk, TreeDiff } from './tree-diff.ts';

/** The diff as text, as `git diff -M --binary --full-index` prints it and `git apply` takes it. */
export function unifiedDiff(diff: TreeDiff): string {
  return diff.files.map(fileText).join('');
}

/** One file's part of `unifiedDiff`. */
export function fileText(file: FileDiff): string {
  const lines = [...headerOf(file), ...namesOf(file), ...file.hunks.flatMap(hunkLines), ...(file.binary ?? [])];
  return `${lines.join('\n')}\n`;
}

function headerOf(file: FileDiff): string[] {
  const { status, path, from, similarity, oldMode, newMode, blobs } = file;
  const lines = [`diff --git ${quoted(`a/${from ?? path}`)} ${quoted(`b/${path}`)}`];
  const sameMode = oldMode === newMode;
  if (status === 'added') lines.push(`new file mode ${newMode}`);
  else if (status === 'deleted') lines.push(`deleted file mode ${oldMode}`);
  else if (!sameMode) lines.push(`old mode ${oldMode}`, `new mode ${newMode}`);
  if (similarity !== null) lines.push(`similarity index ${similarity}%`);
  if (from !== null) lines.push(`rename from ${quoted(from)}`, `rename to ${quoted(path)}`);
  const shared = sameMode && oldMode !== null ? ` ${oldMode}` : '';
  if (blobs) lines.push(`index ${blobs.old}..${blobs.new}${shared}`);
  return lines;
}

/** Git names the two sides only where hunks follow, and ends a name with a space in it with a tab. */
function namesOf({ status, path, from, hunks }: FileDiff): string[] {
  if (hunks.length === 0) return [];
  const name = (side: string, written: string) => {
    const text = quoted(`${side}/${written}`);
    return text.includes(' ') && !text.startsWith('"') ? `${text}\t` : text;
  };
  return [
    `--- ${status === 'added' ? '/dev/null' : name('a', from ?? path)}`,
    `+++ ${status === 'deleted' ? '/dev/null' : name('b', path)}`,
  ];
}

function hunkLines({ oldStart, oldLines, newStart, newLines, heading, lines }: Hunk): string[] {
  const range = (start: number, count: number) => (count === 1 ? `${start}` : `${start},${count}`);
  const at = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
  return [heading === '' ? at : `${at} ${heading}`, ...lines];
}
