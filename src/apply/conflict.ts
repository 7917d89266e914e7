import type { StepChange } from '../merge/change-set.ts';
import type { Git, IndexEntry } from './git.ts';
import { markersStep } from './journal.ts';
import { type FileState, ownerExecutes } from './state.ts';

/**
 * One file that a person must merge, as whole texts with the BOM and line ends of the user's file. Null where
 * that side has no such file.
 */
export interface ConflictedFile {
  readonly path: string;
  /** Index stage 1. */
  readonly base: string | null;
  /** Index stage 2: the file as it is once the steps have been applied. */
  readonly yours: string | null;
  /** Index stage 3. */
  readonly target: string | null;
  /** Text to leave in the worktree, with diff3 markers; null leaves the file alone (edited here, deleted there). */
  readonly marked: string | null;
}

/** Writing the markers, as the last change of all. */
export function markedFiles(conflicts: readonly ConflictedFile[]): readonly StepChange[] {
  const files = conflicts.map(({ path, yours, marked }) => {
    const before = yours === null ? null : Buffer.from(yours);
    return { path, before, after: marked === null ? before : Buffer.from(marked), executable: false };
  });
  return files.length === 0 ? [] : [{ step: markersStep, files }];
}

/**
 * The three stages of one conflict; their texts are stored in the repository.
 *
 * @param path the file relative to the worktree's top
 */
export async function stagesOf(
  git: Git,
  conflict: ConflictedFile,
  path: string,
  state: FileState | undefined,
): Promise<readonly IndexEntry[]> {
  const mode = state?.kind === 'file' && (state.mode & ownerExecutes) !== 0 ? '100755' : '100644';
  const texts = [conflict.base, conflict.yours, conflict.target];
  const entries = texts.map(async (text, index) => {
    if (text === null) return [];
    // --path lets git bring line ends to the form that it keeps in the repository.
    const oid = await git.output(['hash-object', '-w', '--stdin', '--path', path], { input: text, commits: true });
    return [{ path, mode, oid: oid.trim(), stage: index + 1, skipped: false }];
  });
  return (await Promise.all(entries)).flat();
}
