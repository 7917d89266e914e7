import type { Plan } from '../plan/plan.ts';
import { carriedOut } from './detail/end.ts';
import type { WalkHost, WalkResult } from './host.ts';
import { type LoadView, walkOnScreen } from './interactive.ts';
import { walkPlainly } from './plain/walk.ts';
import type { WalkProgress } from './progress.ts';
import type { Stage } from './stage.ts';
import { skippedSteps, undecidedSteps } from './state/list.ts';
import { startState, unfinishedState } from './state/start.ts';
import { say } from './state/state.ts';
import { sizeOf, type Terminal } from './terminal.ts';
import { isPlain } from './text/look.ts';

export interface WalkOptions {
  readonly plan: Plan;
  /** Both its streams must be terminals; see `noWalkReason`. */
  readonly terminal: Terminal;
  readonly host: WalkHost;
  /** Of an earlier walk, from `readProgress`: it is offered. */
  readonly progress: WalkProgress | null;
  /** Numbered prompts and no redrawing, for a screen reader. A dumb terminal is walked so in any case. */
  readonly plain: boolean;
  /** Has the terminal already, from an opening. */
  readonly stage?: Stage | null;
  readonly loadView?: LoadView;
  /** Versions that an upgrade in legs stops at. */
  readonly way?: readonly string[];
  /** An apply or undo that was stopped halfway: what becomes of it is asked first. */
  readonly unfinished?: 'apply' | 'undo' | null;
  /** Said on the first screen. */
  readonly message?: string;
}

/**
 * Walks through a plan with a person at a terminal. Decisions are carried out by the host as they are made.
 *
 * @throws what the host throws, other than `UpgradeError`; the terminal is restored first
 */
export async function walk(options: WalkOptions): Promise<WalkResult> {
  const { plan, terminal, host, progress, plain, stage, message = '', unfinished = null } = options;
  const { loadView = () => import('./view/shown.tsx') } = options;
  const first = startState(plan, sizeOf(terminal), progress, options.way);
  const start = unfinished === null ? first : unfinishedState(first, unfinished);
  const state = message === '' ? start : say(start, message).state;
  const end = isPlain(terminal.env, plain)
    ? await walkPlainly(state, terminal, host)
    : await walkOnScreen(state, terminal, host, loadView, stage ?? undefined);
  return {
    plan: end.plan,
    carriedOut: carriedOut(end),
    skipped: [...skippedSteps(end)],
    left: undecidedSteps(end).map(({ id }) => id),
  };
}
