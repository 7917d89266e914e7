import type { FileDiff, TreeDiff } from './tree-diff.ts';

/** Why a hunk is in no step. */
export type LeftOutReason = 'comment-only' | 'declined' | 'ignored' | 'needs-source' | 'binary' | 'yours';

/** What becomes of one hunk: a step or a region has it, it is left out for a reason, or nobody spoke for it. */
export type Fate = 'covered' | 'open' | LeftOutReason;

/** Hunks of a pristine diff, counted; `covered` and all that is left out add up to `hunks`. */
export interface Account {
  readonly hunks: number;
  readonly covered: number;
  readonly leftOut: readonly { readonly path: string; readonly hunks: number; readonly reason: LeftOutReason }[];
}

/** A hunk that nobody spoke for; `hunk` counts from 0 in its file. */
export interface OpenHunk {
  readonly path: string;
  readonly hunk: number;
}

/** How many hunks a file counts for: a binary change is one, a mere rename or change of mode is none. */
export function hunkCount({ hunks, binary }: FileDiff): number {
  return binary === null ? hunks.length : 1;
}

/**
 * Counts what becomes of every hunk of a diff. `fatesOf` gives one fate for each hunk of a file, by path; what it does
 * not mention is open, and a plan is complete only when nothing is.
 */
export function accountOf(
  { files }: TreeDiff,
  fatesOf: (file: FileDiff) => readonly Fate[],
): { account: Account; open: OpenHunk[] } {
  const open: OpenHunk[] = [];
  const leftOut: { path: string; hunks: number; reason: LeftOutReason }[] = [];
  let [hunks, covered] = [0, 0];
  for (const file of files) {
    const given = fatesOf(file);
    const reasons = new Map<LeftOutReason, number>();
    for (let hunk = 0; hunk < hunkCount(file); hunk += 1) {
      const fate = given[hunk] ?? 'open';
      hunks += 1;
      if (fate === 'covered') covered += 1;
      else if (fate === 'open') open.push({ path: file.path, hunk });
      else reasons.set(fate, (reasons.get(fate) ?? 0) + 1);
    }
    leftOut.push(...[...reasons].map(([reason, count]) => ({ path: file.path, hunks: count, reason })));
  }
  return { account: { hunks, covered, leftOut }, open };
}
