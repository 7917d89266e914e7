import type { Account } from '../diff/account.ts';
import type { Place } from '../facts/fact.ts';
import type { StatedVersions } from '../findings/deployment/versions.ts';
import type { Finding } from '../findings/finding.ts';
import type { Operation } from '../merge/operation.ts';
import type { Blocker } from '../packages/blockers.ts';
import type { Area, Need, Risk } from '../topics/topic.ts';
import type { Rewrites } from './rewrites.ts';

export { type Area, areas, type Need, needs, type Risk, risks } from '../topics/topic.ts';
export type { Finding };

export const statuses = ['done', 'pending', 'conflict', 'manual', 'declined', 'needs-source'] as const;
/** What a step comes to: `done` and `declined` call for nothing, `needs-source` for generated text. */
export type Status = (typeof statuses)[number];

export const verdicts = ['done', 'pending', 'conflict', 'manual', 'declined', 'needs-source'] as const;
/** What the three values of a fact say about it. */
export type Verdict = (typeof verdicts)[number];

/** One address with its three values. */
export interface Change {
  readonly address: string;
  readonly verdict: Verdict;
  /** What the generator wrote then; null when it wrote nothing. */
  readonly base: string | null;
  readonly yours: string | null;
  readonly target: string | null;
  readonly at: Place | null;
  /** A remark on this change: where else the key was found, who still uses what goes away. */
  readonly note?: string;
  /** What makes this change where no edit of a file does: a requirement that allows it already waits for the lock. */
  readonly command?: string;
}

/** A region or a value that both the user and the generator changed: three texts, none chosen. */
export interface Conflict {
  /** Of the value; absent for a region of a file. */
  readonly address?: string;
  readonly path: string;
  readonly line: number;
  readonly base: string;
  readonly yours: string;
  readonly target: string;
  /** Chooses the target's text; null where only a person can write the result. */
  readonly take: readonly Operation[] | null;
}

/** What becomes of a file. */
export type FileEditKind = 'modify' | 'create' | 'delete' | 'rename';

/** What a step does to one file, given all earlier pending steps of the plan. */
export interface FileEdit {
  readonly path: string;
  readonly kind: FileEditKind;
  /** Former path of a rename. */
  readonly from?: string;
  /** Unified diff with `a/` and `b/` prefixes, as `git apply` takes it. */
  readonly patch: string;
}

/** One named step of an upgrade: what changes, why, and the edits that make it. */
export interface Step {
  /** Stable across runs: the topic's id, else made from area and address. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly docs: string | null;
  /** Version of the generator that brought it. */
  readonly since: string | null;
  readonly area: Area;
  readonly need: Need;
  readonly backlog: boolean;
  readonly status: Status;
  readonly risk: Risk;
  /** Steps that must be done before this one. */
  readonly after: readonly string[];
  /** Steps that only hold along with this one: whoever takes one takes them all. Absent where there are none. */
  readonly together?: readonly string[];
  readonly changes: readonly Change[];
  readonly operations: readonly Operation[];
  readonly edits: readonly FileEdit[];
  readonly conflicts: readonly Conflict[];
  readonly commands: readonly string[];
  readonly findings: readonly Finding[];
  /** What becomes of the places in the user's own code that it rewrites; absent where it rewrites none. */
  readonly rewrites?: Rewrites;
  /** Where the project would not hold together if the step were carried out; absent where it would. */
  readonly heldBy?: readonly Finding[];
}

/** A generator flag with what shows it: `path:line`, or what is absent. */
export interface Evidence {
  readonly flag: string;
  readonly evidence: string;
}

/** What is known of the project that a plan is for. */
export interface ProjectSummary {
  readonly root: string;
  readonly app: string;
  readonly module: string;
  readonly webModule: string;
  readonly umbrella: boolean;
  readonly phoenix: { readonly requirement: string | null; readonly locked: string | null };
  readonly generatedBy: {
    readonly version: string | null;
    /** Share of the compared facts and files that agree with that version, 0 to 1. */
    readonly confidence: number;
    readonly evidence: readonly string[];
  };
  readonly flags: readonly Evidence[];
  readonly elixir: string | null;
}

/** Where what is known of a pristine project came from; `snapshots` have facts and hashes, no text. */
export type SourceKind = 'snapshots' | 'pack' | 'cache' | 'hex' | 'mix';

/** How far an upgrade that was begun has come. */
export interface UpgradeProgress {
  /** Version that the project was generated with, as known when the upgrade began. */
  readonly origin: string | null;
  /** Version that it was on then. */
  readonly start: string;
  readonly done: number;
  readonly of: number;
  /** Steps that a person called done or skipped, with the reason. */
  readonly marks: readonly { readonly step: string; readonly as: 'done' | 'skip'; readonly why: string }[];
}

/** Everything a report, the TUI or `apply` needs: values only, the same for the same input. */
export interface Plan {
  readonly project: ProjectSummary;
  readonly from: string;
  readonly to: string;
  /** Absent while no upgrade was begun. */
  readonly upgrade?: UpgradeProgress | undefined;
  readonly source: { readonly from: SourceKind; readonly to: SourceKind };
  /** Packages that do not let the target in. */
  readonly blocked: readonly Blocker[];
  /** The newest version of Phoenix, up to the target, that no locked package refuses; null where there is none. */
  readonly reachable: string | null;
  /** How many facts and files agree with the target already. */
  readonly agreement: { readonly facts: number; readonly files: number };
  readonly account: Account;
  /** Every place that states a version of Elixir, OTP, Node or Debian, by software. */
  readonly matrix: readonly StatedVersions[];
  /** In an order in which they can be carried out. */
  readonly steps: readonly Step[];
  /** Findings that belong to no step. */
  readonly findings: readonly Finding[];
  readonly commands: readonly string[];
}
