import type { Plan } from '../../plan/plan.ts';
import type { Filter, WalkProgress } from '../progress.ts';
import { keepSelection } from './selection.ts';
import type { Effect, Size, State } from './state.ts';

const openFilter: Filter = { area: null, status: null, all: false };

/** The first screen. Progress is offered when it led to the same version. */
export function startState(plan: Plan, size: Size, earlier: WalkProgress | null): State {
  return keepSelection({
    plan,
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
