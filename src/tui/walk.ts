import type { Plan } from '../plan/plan.ts';
import { carriedOut } from './detail/end.ts';
import type { WalkHost, WalkResult } from './host.ts';
import { sizeOf, walkOnScreen } from './interactive.tsx';
import { walkPlainly } from './plain/walk.ts';
import type { WalkProgress } from './progress.ts';
import { skippedSteps, undecidedSteps } from './state/list.ts';
import { startState } from './state/start.ts';
import type { Terminal } from './terminal.ts';

export interface WalkOptions {
  readonly plan: Plan;
  /** Both its streams must be terminals; see `noWalkReason`. */
  readonly terminal: Terminal;
  readonly host: WalkHost;
  /** Of an earlier walk, from `readProgress`: it is offered. */
  readonly progress: WalkProgress | null;
  /** Numbered prompts and no redrawing, for a screen reader. A dumb terminal is walked so in any case. */
  readonly plain: boolean;
}

/**
 * Walks through a plan with a person at a terminal. Decisions are carried out by the host as they are made.
 *
 * @throws what the host throws, other than `UpgradeError`; the terminal is restored first
 */
export async function walk({ plan, terminal, host, progress, plain }: WalkOptions): Promise<WalkResult> {
  const start = startState(plan, sizeOf(terminal), progress);
  const walked = plain || terminal.env.TERM === 'dumb' ? walkPlainly : walkOnScreen;
  const end = await walked(start, terminal, host);
  return {
    plan: end.plan,
    carriedOut: carriedOut(end),
    skipped: [...skippedSteps(end)],
    left: undecidedSteps(end).map(({ id }) => id),
  };
}
