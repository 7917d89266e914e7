import { areas, type Step, statuses } from '../../plan/plan.ts';
import { count } from '../../plan/sections.ts';
import type { Filter } from '../progress.ts';
import { listedSteps } from './list.ts';
import { shown } from './move.ts';
import { keepSelection, selecting } from './selection.ts';
import { type MenuOption, refuse, type State, say, type Turn, turn } from './state.ts';

export function askArea(state: State): Turn {
  const options = areas.flatMap((area): MenuOption[] => {
    const steps = state.plan.steps.filter((step) => step.area === area).length;
    return steps === 0 ? [] : [{ label: `${area} (${steps})`, action: { kind: 'filter-area', area } }];
  });
  const every: MenuOption = { label: 'every area', action: { kind: 'filter-area', area: null } };
  return turn({ ...state, prompt: { kind: 'menu', title: 'Show which area?', options: [every, ...options], at: 0 } });
}

export function askStatus(state: State): Turn {
  const options = statuses.flatMap((status): MenuOption[] => {
    const steps = state.plan.steps.filter((step) => step.status === status).length;
    return steps === 0 ? [] : [{ label: `${status} (${steps})`, action: { kind: 'filter-status', status } }];
  });
  const every: MenuOption = { label: 'every status', action: { kind: 'filter-status', status: null } };
  return turn({ ...state, prompt: { kind: 'menu', title: 'Show which status?', options: [every, ...options], at: 0 } });
}

export function filterBy(state: State, change: Partial<Filter>): Turn {
  const filtered = keepSelection({ ...state, filter: { ...state.filter, ...change } });
  return say(filtered, `${count(listedSteps(filtered).length, 'step')} shown.`);
}

/** Goes to the first step from here on that holds the text. */
export function search(state: State, text: string): Turn {
  return text === '' ? turn({ ...state, search: '', message: null }) : match({ ...state, search: text }, 0);
}

/** Goes to the next match in the list, or in the whole plan where the list has none. */
export function match(state: State, by: 1 | -1 | 0): Turn {
  if (state.search === '') return refuse(state, 'Search for something first: / asks what.');
  const text = state.search.toLowerCase();
  const listed = listedSteps(state).map(({ step }) => step);
  const matches = (step: Step) => searchText(step).includes(text);
  const hits = listed.filter(matches);
  if (hits.length === 0) {
    const hidden = state.plan.steps.find(matches);
    if (!hidden) return refuse(state, `No step holds “${state.search}”.`);
    return say(shown(state, hidden.id), 'Found among the steps that were not shown: all are shown now.');
  }
  const at = listed.findIndex(({ id }) => id === state.selected);
  const ordered = [...listed.slice(Math.max(0, at)), ...listed.slice(0, Math.max(0, at))].filter(matches);
  const here = ordered[0]?.id === state.selected;
  const next = by < 0 ? ordered.at(-1) : by > 0 && here ? (ordered[1] ?? ordered[0]) : ordered[0];
  const place = hits.findIndex(({ id }) => id === next?.id) + 1;
  return say(selecting(state, next?.id ?? null), `Match ${place} of ${hits.length}.`);
}

/** What a search looks through, in lower case. */
function searchText(step: Step): string {
  const paths = [...step.edits, ...step.findings, ...step.conflicts].map(({ path }) => path);
  const addresses = step.changes.map(({ address }) => address);
  return [step.id, step.title, step.why, step.area, ...paths, ...addresses].join('\n').toLowerCase();
}
