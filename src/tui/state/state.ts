import type { Area, Plan, Status } from '../../plan/plan.ts';
import type { Choice, PlanWish, Recovery, WrittenDecision } from '../host.ts';
import type { Decision, Filter, WalkProgress } from '../progress.ts';
import type { Key } from './key.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const screens = ['start', 'steps', 'end'] as const;
export type Screen = (typeof screens)[number];
export type Side = 'base' | 'yours' | 'target';

export interface Message {
  readonly kind: 'said' | 'failed';
  readonly text: string;
}

/** What a line of text that is typed stands for. */
export type Question =
  | { readonly kind: 'from' | 'to' | 'flags' | 'search' }
  | { readonly kind: 'reason' | 'done'; readonly step: string };

/** Something that has to be answered before anything else. */
export type Prompt =
  | { readonly kind: 'text'; readonly label: string; readonly value: string; readonly question: Question }
  | { readonly kind: 'confirm'; readonly text: string; readonly action: Action }
  | { readonly kind: 'menu'; readonly title: string; readonly options: readonly MenuOption[]; readonly at: number }
  | { readonly kind: 'help'; readonly scroll: number };

export interface MenuOption {
  readonly label: string;
  readonly action: Action;
}

/** Everything that is on the screen, and what it came from. */
export interface State {
  readonly plan: Plan;
  /** Versions that an upgrade in legs stops at, up to the newest; none where there is one leg. */
  readonly way: readonly string[];
  readonly size: Size;
  readonly screen: Screen;
  /** Which part of the steps' screen the arrow keys move. */
  readonly focus: 'list' | 'detail';
  readonly selected: string | null;
  /** First row shown, and columns of code cut off at the left, of the selected step's detail. */
  readonly scroll: number;
  readonly shift: number;
  /** First row shown of the first and the last screen. */
  readonly pageScroll: number;
  readonly filter: Filter;
  readonly search: string;
  /** The region of a conflict that the choices are for, and the side that a narrow screen shows. */
  readonly region: number;
  readonly side: Side;
  readonly choices: Readonly<Record<string, readonly (Choice | null)[]>>;
  readonly decisions: readonly Decision[];
  readonly prompt: Prompt | null;
  /** What the host is doing; keys wait until it is done. */
  readonly busy: string | null;
  /** Keys that were pressed while it was busy, in order. */
  readonly waiting: readonly Key[];
  readonly message: Message | null;
  /** Lines around findings by `path:line`; null while they are fetched. */
  readonly excerpts: Readonly<Record<string, readonly string[] | null>>;
  /** Exit codes of commands that were run here. */
  readonly ran: Readonly<Record<string, number>>;
  /** Which command of the last screen is selected. */
  readonly command: number;
  /** Progress of an earlier walk that is offered. */
  readonly earlier: WalkProgress | null;
  readonly leaving: boolean;
}

export type Motion = 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'home' | 'end';

/** Everything a person can do, whatever key it is on. */
export type Action =
  | { readonly kind: 'go'; readonly screen: Screen }
  | { readonly kind: 'move'; readonly motion: Motion }
  | { readonly kind: 'focus'; readonly on: 'list' | 'detail' }
  | { readonly kind: 'select'; readonly step: string }
  | { readonly kind: 'follow' }
  | { readonly kind: 'apply' }
  | { readonly kind: 'apply-these'; readonly steps: readonly string[] }
  | { readonly kind: 'apply-safe' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'skip-forever'; readonly step: string; readonly reason: string }
  | { readonly kind: 'mark'; readonly step: string; readonly why: string }
  | { readonly kind: 'edit'; readonly path: string | null }
  | { readonly kind: 'choose'; readonly choice: Choice; readonly all: boolean }
  | { readonly kind: 'region'; readonly by: 1 | -1 }
  | { readonly kind: 'side'; readonly side: Side }
  | { readonly kind: 'undo' }
  | { readonly kind: 'ask'; readonly question: Question['kind'] }
  | { readonly kind: 'replan'; readonly wish: PlanWish }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'next-leg' }
  | { readonly kind: 'recover'; readonly how: Recovery }
  | { readonly kind: 'leave' }
  | { readonly kind: 'ask-area' | 'ask-status' }
  | { readonly kind: 'filter-area'; readonly area: Area | null }
  | { readonly kind: 'filter-status'; readonly status: Status | null }
  | { readonly kind: 'show-all' }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'match'; readonly by: 1 | -1 }
  | { readonly kind: 'ask-run' }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'quit' };

/** What the host is asked to do. */
export type Effect =
  | { readonly kind: 'replan'; readonly wish: PlanWish }
  | { readonly kind: 'recover'; readonly how: Recovery }
  | { readonly kind: 'apply'; readonly steps: readonly string[] }
  | { readonly kind: 'resolve'; readonly step: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'edit'; readonly step: string; readonly path: string }
  | { readonly kind: 'undo'; readonly decision: WrittenDecision }
  | { readonly kind: 'skip-forever'; readonly step: string; readonly reason: string }
  | { readonly kind: 'mark'; readonly step: string; readonly why: string }
  | { readonly kind: 'lines'; readonly path: string; readonly line: number }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'save'; readonly progress: WalkProgress };

/** What follows from a key or from something the host did. */
export interface Turn {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export function turn(state: State, ...effects: readonly Effect[]): Turn {
  return { state, effects };
}

export function say(state: State, text: string): Turn {
  return turn({ ...state, message: { kind: 'said', text } });
}

export function refuse(state: State, text: string): Turn {
  return turn({ ...state, message: { kind: 'failed', text } });
}
