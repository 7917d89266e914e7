import type { Plan } from '../../plan/plan.ts';
import type { Filter, WalkProgress } from '../progress.ts';
import { keepSelection } from './selection.ts';
import type { Action, Effect, Size, State } from './state.ts';

const openFilter: Filter = { area: null, status: null, all: false };

/** The first screen. Progress is offered when it led to the same version. */
export function startState(plan: Plan, size: Size, earlier: WalkProgress | null, way: readonly string[] = []): State {
  return keepSelection({
    plan,
    way,
    size,
    screen: 'start',
    focus: 'list',
    selected: null,
    scroll: 0,
    shift: 0,
    pageScroll: 0,
    filter: openFilter,
    search: '',
    region: 0,
    side: 'yours',
    choices: {},
    decisions: [],
    prompt: null,
    busy: null,
    waiting: [],
    message: null,
    excerpts: {},
    ran: {},
    command: 0,
    earlier: earlier?.to === plan.to ? earlier : null,
    leaving: false,
  });
}

/** The first screen where an apply or undo was stopped halfway: that comes before anything else. */
export function unfinishedState(state: State, operation: 'apply' | 'undo'): State {
  const option = (label: string, action: Action) => ({ label, action });
  const options = [
    option(`finish the ${operation}`, { kind: 'recover', how: 'finish' }),
    option('put the files back as they were before it', { kind: 'recover', how: 'take-back' }),
    option('leave it as it is for now', { kind: 'leave' }),
  ];
  const title = `An ${operation} was stopped halfway: some of its files are written. What is to become of it?`;
  return { ...state, prompt: { kind: 'menu', title, options, at: 0 } };
}

/** The state an earlier walk was left in, with the steps that are there now. */
export function resumed(state: State, earlier: WalkProgress): State {
  const { filter, decisions, choices, selected } = earlier;
  return keepSelection({ ...state, screen: 'steps', filter, decisions, choices, selected, earlier: null });
}

export function progressOf(state: State): WalkProgress {
  const { plan, selected, filter, decisions, choices } = state;
  return { schema: 'phx-upgrade/walk@1', to: plan.to, selected, filter, decisions, choices };
}

/** While an earlier walk is offered and not yet answered, it must not be written over. */
export function saving(state: State): readonly Effect[] {
  return state.earlier === null ? [{ kind: 'save', progress: progressOf(state) }] : [];
}
