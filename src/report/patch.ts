import { parsePatch, type StructuredPatch } from 'diff';
import type { Place } from '../facts/fact.ts';
import type { FileEdit, Plan } from '../plan/plan.ts';

/**
 * One unified diff of all pending steps in order, raw, as `git apply` takes it on the project as it is. A later
 * patch of a file counts lines as the earlier ones leave them, which `git apply` follows within one input.
 */
export function planPatch(plan: Plan): string {
  return joinedPatches(plan.steps.filter((step) => step.status === 'pending').flatMap((step) => step.edits));
}

/** Patches one after the other, each ending its last line. */
export function joinedPatches(edits: readonly Pick<FileEdit, 'patch'>[]): string {
  return edits.map(({ patch }) => (patch === '' || patch.endsWith('\n') ? patch : `${patch}\n`)).join('');
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

export type PatchLine = { readonly sign: ' ' | '-' | '+'; readonly text: string; readonly openEnd: boolean };

export interface PatchHunk {
  readonly oldStart: number;
  readonly newStart: number;
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
  return { oldStart: hunk.oldStart, newStart: hunk.newStart, lines };
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
