import type { Plan } from '../plan/plan.ts';
import type { Decision, WalkProgress } from './progress.ts';

/** What came of something the host did. */
export interface Outcome {
  /** False when nothing was changed; `message` then says why and what to do. */
  readonly ok: boolean;
  /** For a person, as plain text; the walkthrough escapes it. */
  readonly message: string;
  /** The plan as it is now. */
  readonly plan: Plan;
}

/** What a person corrected on the first screen. */
export interface PlanWish {
  readonly from?: string;
  readonly to?: string;
  /** Generator flags, replacing those that were detected. */
  readonly flags?: readonly string[];
}

/** Whose text a region of a conflict gets. */
export type Choice = 'yours' | 'target';

/** What becomes of an apply or undo that did not come to its end. */
export type Recovery = 'finish' | 'take-back';

/** A decision that the host carried out. */
export type WrittenDecision = Exclude<Decision, { kind: 'skip' }>;

/**
 * Everything that touches the project. The walkthrough itself reads and writes nothing.
 *
 * A failure that can be explained comes back as an `Outcome` that is not `ok`, or as an `UpgradeError`: it is shown,
 * and the walk goes on. Any other error ends the walk, with the terminal restored.
 */
export interface WalkHost {
  /** Makes the plan anew. */
  replan(wish: PlanWish): Promise<Outcome>;
  /** Finishes an apply or undo that was stopped halfway, or takes it back. */
  recover(how: Recovery): Promise<Outcome>;
  /** Applies steps in the given order, which is the plan's, all or none. */
  apply(steps: readonly string[]): Promise<Outcome>;
  /**
   * Settles a conflict: one choice for each of the step's `conflicts`, in order; for a step that has none, one choice
   * for the whole step. What stays `yours` must not be offered again.
   */
  resolve(step: string, choices: readonly Choice[]): Promise<Outcome>;
  /** Opens the user's editor on the file as the step would make it; what comes back is checked and written. */
  edit(step: string, path: string): Promise<Outcome>;
  /** Writes the step with its reason to `.phx-upgrade.json`. */
  skipForever(step: string, reason: string): Promise<Outcome>;
  /** Remembers, for as long as the upgrade lasts, that a person did the step, with what they say of it. */
  markDone(step: string, why: string): Promise<Outcome>;
  /** Takes back the last decision, byte for byte; those before it can be taken back next. */
  undo(decision: WrittenDecision): Promise<Outcome>;
  /** Lines `from` to `to` of a file of the project, both counted from 1 and included; fewer at its end. */
  lines(path: string, from: number, to: number): Promise<readonly string[]>;
  /** Runs a command of the plan in the terminal. The exit code. */
  run(command: string): Promise<number>;
  /** Keeps the progress for the next start. */
  save(progress: WalkProgress): Promise<void>;
}

/** How a walk ended. */
export interface WalkResult {
  readonly plan: Plan;
  /** Steps that were applied, settled or edited, and not undone. */
  readonly carriedOut: readonly string[];
  /** Steps put off, for now or for good. */
  readonly skipped: readonly string[];
  /** Open steps that no decision was made on. */
  readonly left: readonly string[];
}
