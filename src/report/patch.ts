import type { Place } from '../facts/fact.ts';
import { type PatchLine, patchHunks } from '../plan/patch-hunks.ts';
import type { FileEdit } from '../plan/plan.ts';

/** Patches one after the other, each ending its last line. */
export function joinedPatches(edits: readonly Pick<FileEdit, 'patch'>[]): string {
  return edits.map(({ patch }) => (patch === '' || patch.endsWith('\n') ? patch : `${patch}\n`)).join('');
}

/**
 * The patch of one file for people: binary content, which git writes as lines of letters, is one line with its sizes. A
 * line of a text has a sign before it, so none looks like git's heading.
 */
export function readablePatch(patch: string): string {
  const [text, binary] = patch.split(/^GIT binary patch$/m);
  if (binary === undefined) return patch;
  const [after = 0, before = 0] = [...binary.matchAll(/^literal (\d+)$/gm)].map(([, size]) => Number(size));
  return `${text}binary content: ${before} bytes before, ${after} bytes after\n`;
}

/** Neighbouring lines of one file that one hunk takes away and puts in their stead. */
export interface Replacement {
  /** First line taken away, or the line before which to insert; counts from 1. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Whether the last line of either side ends the file without a line feed. */
  readonly openEnd: { readonly removed: boolean; readonly added: boolean };
}

/** The smallest replacements that a patch of one file stands for, first to last. */
export function replacements(patch: string): readonly Replacement[] {
  return patchHunks(patch).flatMap(({ oldStart, lines }) => {
    const found: Replacement[] = [];
    let line = oldStart;
    let block: PatchLine[] = [];
    const close = () => {
      if (block.length > 0) found.push(replacementOf(block, line));
      line += block.filter(({ sign }) => sign === '-').length;
      block = [];
    };
    for (const entry of lines) {
      if (entry.sign === ' ') {
        close();
        line += 1;
      } else block.push(entry);
    }
    close();
    return found;
  });
}

function replacementOf(block: readonly PatchLine[], line: number): Replacement {
  const removed = block.filter(({ sign }) => sign === '-');
  const added = block.filter(({ sign }) => sign === '+');
  return {
    line,
    removed: removed.map(({ text }) => text),
    added: added.map(({ text }) => text),
    openEnd: { removed: removed.at(-1)?.openEnd === true, added: added.at(-1)?.openEnd === true },
  };
}

/** The first line that an edit touches, in the file as it is before; null for a file that is yet to be made. */
export function editedPlace(edit: FileEdit): Place | null {
  if (edit.kind === 'create') return null;
  return { path: edit.from ?? edit.path, line: replacements(edit.patch)[0]?.line ?? 1 };
}
