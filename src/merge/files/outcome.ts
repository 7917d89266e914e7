import type { Fate } from '../../diff/account.ts';
import type { RegionConflict } from '../text/text-merge.ts';
import type { WholeFileOperation } from './operation.ts';

/** What a whole file comes to, as a verdict does for a fact. */
export type FileStatus = 'done' | 'pending' | 'conflict' | 'declined' | 'needs-source' | 'manual';

/** What the generator did to a file. */
export type FileChangeKind = 'added' | 'deleted' | 'modified' | 'renamed';

/** Both changed the same lines; `take` chooses the target's. */
export interface FileConflict extends RegionConflict {
  readonly path: string;
  readonly take: readonly WholeFileOperation[] | null;
}

/** What comes of one file that the generator changed. */
export interface FileOutcome {
  readonly change: FileChangeKind;
  /** Path in the target; of a file that the target lacks, its former one. */
  readonly path: string;
  /** Former path of a renamed file. */
  readonly from: string | null;
  /** Where the project has it; null where it does not. */
  readonly place: string | null;
  readonly status: FileStatus;
  /** Whether the user changed what stands there. */
  readonly touched: boolean;
  readonly risk: 'safe' | 'review' | 'manual';
  /** Carried out in this order; those of a conflict bring in what does not conflict. */
  readonly operations: readonly WholeFileOperation[];
  readonly conflicts: readonly FileConflict[];
  /** Texts that the user took out and the generator changed: offered, never forced. */
  readonly declined: readonly FileConflict[];
  /** What becomes of each hunk of the file, in order; one for a binary file. */
  readonly fates: readonly Fate[];
  /** Why a person has to look, or what else to know. */
  readonly note: string | null;
}

/** The same file, left as the project has it for a reason. */
export function declinedOutcome(outcome: FileOutcome, note: string): FileOutcome {
  const fates = outcome.fates.map((): Fate => 'declined');
  return { ...outcome, status: 'declined', operations: [], conflicts: [], fates, note };
}
