import { structuredPatch } from 'diff';
import type { FileDiff, Hunk } from '../diff/tree-diff.ts';
import { fileText } from '../diff/unified.ts';
import { decode } from '../project/tree.ts';
import type { FileChange } from './change-set.ts';

/** One file's change as a unified diff that `git apply` takes. Binary content is named, not shown. */
export function changePatch(
  change: FileChange,
  before: { readonly executable: boolean; readonly origin?: Uint8Array },
): string {
  const old = change.renamedFrom === undefined ? change.before : (before.origin ?? null);
  const [oldText, newText] = [textOf(old), textOf(change.after)];
  const hunks = oldText === undefined || newText === undefined ? [] : hunksOf(oldText, newText);
  return fileText({
    status: change.renamedFrom ? 'renamed' : old === null ? 'added' : change.after === null ? 'deleted' : 'modified',
    path: change.path,
    from: change.renamedFrom ?? null,
    similarity: change.renamedFrom ? 100 : null,
    oldMode: old === null ? null : modeOf(before.executable),
    newMode: change.after === null ? null : modeOf(change.executable),
    blobs: null,
    hunks,
    binary: null,
  } satisfies FileDiff);
}

function modeOf(executable: boolean): string {
  return executable ? '100755' : '100644';
}

function textOf(bytes: Uint8Array | null): string | undefined {
  return bytes === null ? '' : decode(bytes);
}

function hunksOf(before: string, after: string): Hunk[] {
  return structuredPatch('', '', before, after, '', '', { context: 3 }).hunks.map((hunk) => ({
    ...hunk,
    // Git counts from the line before where a side is empty.
    oldStart: hunk.oldLines === 0 ? 0 : hunk.oldStart,
    newStart: hunk.newLines === 0 ? 0 : hunk.newStart,
    heading: '',
  }));
}
