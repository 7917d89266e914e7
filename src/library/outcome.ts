import type { Plan, SourceKind, Step } from '../plan/plan.ts';

/** Results of commands, as far as a report shows them. Those of `apply` and `undo` hold what applying returns. */

export interface ApplyOutcome {
  readonly dryRun: boolean;
  readonly branch: string | null;
  /** Step ids in the order carried out. */
  readonly applied: readonly string[];
  /** Chosen steps that were not carried out, each with its reason in words. */
  readonly left: readonly { readonly step: string; readonly reason: string }[];
  readonly written: readonly string[];
  readonly deleted: readonly string[];
  readonly commits: readonly { readonly step: string; readonly commit: string }[];
  /** Files that wait for a person to choose. */
  readonly conflicts: readonly string[];
  readonly copies: readonly KeptCopy[];
  /** To run next. */
  readonly commands: readonly string[];
}

/** A file that had uncommitted changes, and where its content was put aside. */
export interface KeptCopy {
  readonly path: string;
  readonly copy: string;
}

/** What an undo, or taking back an apply that was cut off, came to. */
export interface UndoOutcome {
  readonly steps: readonly string[];
  /** Commits that are no longer on the branch. */
  readonly commits: readonly string[];
  readonly files: readonly string[];
  readonly copies: readonly KeptCopy[];
  /** True when commits were left in place, because others stand on them. */
  readonly commitsKept: boolean;
  /** Commits that were made to take one step back. */
  readonly reverts?: readonly string[];
}

/** An apply that undo can take back. */
export interface UndoableApply {
  readonly steps: readonly string[];
  readonly files: readonly string[];
  readonly commits: readonly string[];
  /** Those of its files that somebody changed since. */
  readonly edited: readonly string[];
}

/** What a gate found: it is closed when a step stands in the way or the locked version is too old. */
export interface CheckOutcome {
  readonly plan: Plan;
  /** The open steps that count; those of `requiredOpen` unless more were asked for. */
  readonly steps: readonly Step[];
  /** Set when the locked Phoenix is older than the oldest version allowed. */
  readonly tooOld: { readonly locked: string | null; readonly minimum: string } | null;
}

/** Whether `check` exits 0. */
export function passes({ steps, tooOld }: CheckOutcome): boolean {
  return steps.length === 0 && tooOld === null;
}

/** The versions that can be planned for, oldest first, with their sources. */
export interface KnownVersions {
  readonly latest: string;
  /** Oldest first, each with where its generated project, or the facts of it, can be had. */
  readonly versions: readonly { readonly version: string; readonly sources: readonly SourceKind[] }[];
}

/** A pristine project that was written into a directory. */
export interface GeneratedProject {
  readonly version: string;
  readonly flags: readonly string[];
  readonly source: SourceKind;
  /** As the user gave it. */
  readonly directory: string;
  readonly files: number;
}
