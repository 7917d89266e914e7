import type { Place } from '../facts/fact.ts';
import type { FileEditKind, SourceKind } from '../plan/plan.ts';

/** Results of commands other than `plan`, as far as a report shows them. */

export interface ApplyOutcome {
  readonly dryRun: boolean;
  readonly branch: string | null;
  /** Step ids in the order carried out; the commit is null without `--commit`. */
  readonly applied: readonly { readonly step: string; readonly commit: string | null }[];
  /** Chosen steps that were not carried out, each with its reason in words. */
  readonly left: readonly { readonly step: string; readonly reason: string }[];
  /** Regions that wait for a person. */
  readonly conflicts: readonly Place[];
  readonly files: readonly { readonly path: string; readonly kind: FileEditKind }[];
  /** To run next. */
  readonly commands: readonly string[];
}

export interface UndoOutcome {
  readonly steps: readonly string[];
  readonly restored: readonly string[];
}

export interface KnownVersion {
  readonly version: string;
  /** Where its generated project, or the facts of it, can be had. */
  readonly sources: readonly SourceKind[];
}

export interface KnownVersions {
  readonly latest: string;
  /** Oldest first. */
  readonly versions: readonly KnownVersion[];
}

/** One pristine project against another. */
export interface PristineDiff {
  readonly from: string;
  readonly to: string;
  readonly flags: readonly string[];
  readonly files: readonly {
    readonly path: string;
    readonly kind: FileEditKind;
    readonly from?: string;
    readonly patch: string;
  }[];
}

export interface GeneratedProject {
  readonly version: string;
  readonly flags: readonly string[];
  readonly source: SourceKind;
  /** As the user gave it. */
  readonly directory: string;
  readonly files: number;
}

export interface PackContent {
  readonly file: string;
  readonly projects: readonly {
    readonly version: string;
    readonly flags: readonly string[];
    readonly files: number;
  }[];
}
