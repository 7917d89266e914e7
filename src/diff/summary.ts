import type { FileDiff, TreeDiff } from './tree-diff.ts';

/** Paths of the new tree, and of deleted files, one a line. */
export function nameOnly(diff: TreeDiff): string {
  return diff.files.map(({ path }) => `${path}\n`).join('');
}

/** Lines added and removed in one file. */
export interface LineCount {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

function lineCounts(diff: TreeDiff): LineCount[] {
  return diff.files.map((file) => ({ path: file.path, added: countOf(file, '+'), removed: countOf(file, '-') }));
}

function countOf({ hunks }: FileDiff, mark: string): number {
  return hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.startsWith(mark)).length, 0);
}

/** Columns of the bars in `diffStat`. */
const barWidth = 30;

/** A table of files with the number of lines changed, and a line with the sums, as `git diff --stat` has it. */
export function diffStat(diff: TreeDiff): string {
  const counts = lineCounts(diff);
  const names = diff.files.map(({ from, path }) => (from === null ? path : `${from} => ${path}`));
  const width = Math.max(0, ...names.map((name) => name.length));
  const most = Math.max(1, ...counts.map(({ added, removed }) => added + removed));
  const rows = diff.files.map((file, index) => {
    const { added = 0, removed = 0 } = counts[index] ?? {};
    const what = file.binary === null ? `${added + removed} ${bar(added, removed, most)}`.trimEnd() : 'binary';
    return ` ${(names[index] ?? '').padEnd(width)} | ${what}\n`;
  });
  return rows.join('') + sums(counts);
}

function bar(added: number, removed: number, most: number): string {
  const scaled = (count: number) =>
    count === 0 ? 0 : Math.max(1, Math.round((count * Math.min(barWidth, most)) / most));
  return '+'.repeat(scaled(added)) + '-'.repeat(scaled(removed));
}

function sums(counts: readonly LineCount[]): string {
  const total = (key: 'added' | 'removed') => counts.reduce((sum, count) => sum + count[key], 0);
  return ` ${counts.length} files changed, ${total('added')} insertions(+), ${total('removed')} deletions(-)\n`;
}
