import { binaryPatch } from '../diff/binary-patch.ts';
import type { FileDiff } from '../diff/tree-diff.ts';
import { fileText } from '../diff/unified.ts';
import { decode } from '../project/tree.ts';
import type { FileChange } from './change-set.ts';
import { hunksBetween } from './text/hunks.ts';

/** One file's change as a unified diff that `git apply` takes, of binary content too. */
export function changePatch(
  change: FileChange,
  before: { readonly executable: boolean; readonly origin?: Uint8Array },
): string {
  const old = change.renamedFrom === undefined ? change.before : (before.origin ?? null);
  const [oldText, newText] = [textOf(old), textOf(change.after)];
  const isBinary = oldText === undefined || newText === undefined;
  const isSame = old !== null && change.after !== null && Buffer.compare(old, change.after) === 0;
  const binary =
    isBinary && !isSame ? binaryPatch({ before: old, after: change.after }) : { blobs: null, binary: null };
  return fileText({
    status: change.renamedFrom ? 'renamed' : old === null ? 'added' : change.after === null ? 'deleted' : 'modified',
    path: change.path,
    from: change.renamedFrom ?? null,
    // Git asks for none; one that is only near would have to be counted as Git counts it.
    similarity: change.renamedFrom && isSame ? 100 : null,
    oldMode: old === null ? null : modeOf(before.executable),
    newMode: change.after === null ? null : modeOf(change.executable),
    hunks: isBinary ? [] : hunksBetween(oldText, newText),
    ...binary,
  } satisfies FileDiff);
}

function modeOf(executable: boolean): string {
  return executable ? '100755' : '100644';
}

function textOf(bytes: Uint8Array | null): string | undefined {
  return bytes === null ? '' : decode(bytes);
}
