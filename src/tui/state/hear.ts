import type { Outcome } from '../host.ts';
import type { Decision } from '../progress.ts';
import { settled, takenBack, withDecision } from './decide.ts';
import { withExcerpts } from './excerpts.ts';
import { pressWaiting } from './press.ts';
import { keepSelection } from './selection.ts';
import { startState } from './start.ts';
import { type Effect, refuse, type State, type Turn, turn } from './state.ts';

/** Effects that answer with an outcome. */
export type Deed = Exclude<Effect, { kind: 'lines' | 'run' | 'save' }>;

/** What the host answered to an effect. */
export type Answer =
  | { readonly kind: 'outcome'; readonly deed: Deed; readonly outcome: Outcome }
  | { readonly kind: 'lines'; readonly path: string; readonly line: number; readonly lines: readonly string[] }
  | { readonly kind: 'ran'; readonly command: string; readonly code: number }
  | { readonly kind: 'failed'; readonly effect: Effect; readonly message: string };

/** What an answer of the host leads to. */
export function hear(state: State, answer: Answer): Turn {
  return pressWaiting(withExcerpts(heard(state, answer)));
}

function heard(state: State, answer: Answer): Turn {
  if (answer.kind === 'lines') return turn(withLines(state, answer.path, answer.line, answer.lines));
  if (answer.kind === 'failed') return failed(state, answer.effect, answer.message);
  if (answer.kind === 'outcome') return concluded(state, answer.deed, answer.outcome);
  const { command, code } = answer;
  const idle = { ...state, busy: null, ran: { ...state.ran, [command]: code } };
  const kind = code === 0 ? 'said' : 'failed';
  return turn({ ...idle, message: { kind, text: `${command} ended with exit code ${code}.` } });
}

function withLines(state: State, path: string, line: number, lines: readonly string[]): State {
  return { ...state, excerpts: { ...state.excerpts, [`${path}:${line}`]: lines } };
}

function failed(state: State, effect: Effect, message: string): Turn {
  if (effect.kind === 'lines') return refuse(withLines(state, effect.path, effect.line, []), message);
  return effect.kind === 'save' ? refuse(state, message) : refuse({ ...state, busy: null, waiting: [] }, message);
}

function concluded(before: State, deed: Deed, outcome: Outcome): Turn {
  const state: State = { ...before, busy: null, plan: outcome.plan, excerpts: {} };
  // Keys that counted on another answer must not decide on something else.
  if (!outcome.ok) return refuse(keepSelection({ ...state, waiting: [] }), outcome.message);
  if (deed.kind === 'undo') return takenBack(state, outcome.message);
  const told: State = { ...state, message: { kind: 'said', text: outcome.message } };
  if (deed.kind === 'replan' || deed.kind === 'recover') {
    const { size, earlier, way, waiting } = state;
    return turn({ ...startState(outcome.plan, size, earlier, way), message: told.message, waiting });
  }
  return settled(before, withDecision(told, decisionOf(deed)));
}

function decisionOf(deed: Exclude<Deed, { kind: 'undo' | 'replan' | 'recover' }>): Decision {
  if (deed.kind === 'apply') return { kind: deed.kind, steps: [...deed.steps] };
  const { step } = deed;
  return deed.kind === 'resolve' ? { kind: deed.kind, step, choices: [...deed.choices] } : { kind: deed.kind, step };
}
