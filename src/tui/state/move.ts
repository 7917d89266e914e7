import { detailRows } from '../detail/detail.ts';
import { endCommands } from '../detail/end.ts';
import { pageRows } from '../detail/page.ts';
import { layout } from './layout.ts';
import { dependents, listedSteps, neededFirst, selectedStep } from './list.ts';
import { regionCount, scrolledTo, selecting } from './selection.ts';
import { type Motion, refuse, type State, say, type Turn, turn } from './state.ts';

/** Columns that left and right move code by. */
const sideways = 8;

export function move(state: State, motion: Motion): Turn {
  const calm = { ...state, message: null };
  if (state.screen === 'end' && (motion === 'up' || motion === 'down')) return turn(moveCommand(calm, motion));
  if (state.screen !== 'steps') return turn(movePage(calm, motion));
  return turn(state.focus === 'list' ? moveSelection(calm, motion) : moveDetail(calm, motion));
}

/** How far a motion leads from `at` within `length` rows of which `pane` are seen. */
export function reached(motion: Motion, at: number, length: number, pane: number): number {
  const page = Math.max(1, pane - 1);
  const goals: Readonly<Record<Motion, number>> = {
    up: at - 1,
    down: at + 1,
    left: at,
    right: at,
    'page-up': at - page,
    'page-down': at + page,
    home: 0,
    end: length - 1,
  };
  return Math.max(0, Math.min(goals[motion], length - 1));
}

function moveSelection(state: State, motion: Motion): State {
  const ids = listedSteps(state).map(({ step }) => step.id);
  if (motion === 'right') return { ...state, focus: 'detail' };
  const at = ids.indexOf(state.selected ?? '');
  return selecting(state, ids[reached(motion, at, ids.length, layout(state).list.rows)] ?? null);
}

function moveDetail(state: State, motion: Motion): State {
  const { rows } = layout(state).detail;
  if (motion === 'left' && state.shift === 0) return { ...state, focus: 'list' };
  if (motion === 'left') return { ...state, shift: Math.max(0, state.shift - sideways) };
  if (motion === 'right') return { ...state, shift: state.shift + sideways };
  const { length } = detailRows(state);
  return scrolledTo(state, reached(motion, state.scroll, length, rows), length, rows);
}

function movePage(state: State, motion: Motion): State {
  const { rows } = layout(state).page;
  const { length } = pageRows(state);
  const scroll = Math.min(reached(motion, state.pageScroll, length, rows), length - rows);
  return { ...state, pageScroll: Math.max(0, scroll) };
}

function moveCommand(state: State, motion: 'up' | 'down'): State {
  const command = reached(motion, state.command, endCommands(state).length, 1);
  // The commands stand near the end of the page.
  const last = Math.max(0, pageRows(state).length - layout(state).page.rows);
  return { ...state, command, pageScroll: last };
}

/** Goes along the links between steps: to what this one needs first, else to what needs this one. */
export function follow(state: State): Turn {
  const step = selectedStep(state);
  if (!step) return refuse(state, 'No step is selected.');
  const to = neededFirst(state.plan, step)[0] ?? state.plan.steps.find(({ id }) => step.after.includes(id));
  const goal = to ?? dependents(state.plan, step)[0];
  if (!goal) return refuse(state, `${step.id} needs no other step, and none needs it.`);
  return say(shown(state, goal.id), `${goal.id} ${to ? 'comes before' : 'comes after'} ${step.id}.`);
}

/** Selects a step, opening the filter where it would hide it. */
export function shown(state: State, id: string): State {
  const hidden = !listedSteps(state).some(({ step }) => step.id === id);
  const filter = hidden ? { area: null, status: null, all: true } : state.filter;
  return selecting({ ...state, filter }, id);
}

export function moveRegion(state: State, by: 1 | -1): Turn {
  const step = selectedStep(state);
  const regions = step ? regionCount(step) : 0;
  if (regions < 2) return refuse(state, 'There is no other region.');
  return turn({ ...state, region: (state.region + by + regions) % regions, scroll: 0, message: null });
}
