import { needsPerson } from '../../plan/sections.ts';
import type { Key } from './key.ts';
import { selectedStep } from './list.ts';
import { openSelection, regionCount } from './selection.ts';
import type { Action, Motion, Screen, Side, State } from './state.ts';
import { nextStop } from './way.ts';

export const groups = ['Decide', 'Move', 'Find', 'Correct', 'Elsewhere'] as const;
export type Group = (typeof groups)[number];

/** What a key does. Keys, the line at the bottom and the help are all made from these. */
export interface Binding {
  readonly keys: readonly Key[];
  readonly action: Action;
  /** For the help. */
  readonly does: string;
  /** For the line at the bottom, where `when` holds; absent where the key is only in the help. */
  readonly short?: string;
  readonly when?: (state: State) => boolean;
  readonly group: Group;
}

const hasRegions = (state: State) => {
  const step = openSelection(state);
  return step !== null && regionCount(step) > 0;
};
const isApplicable = (state: State) => {
  const status = selectedStep(state)?.status;
  return status === 'pending' || status === 'declined';
};
const isForPerson = (state: State) => {
  const step = openSelection(state);
  return step !== null && needsPerson(step);
};

const decide: readonly Binding[] = [
  bind('Decide', ['a'], { kind: 'apply' }, 'apply this step, and what it needs first', 'apply', isApplicable),
  bind('Decide', ['t'], choose('target', false), 'conflict: take theirs for this region', 'theirs', hasRegions),
  bind('Decide', ['m'], choose('yours', false), 'conflict: keep mine for this region', 'mine', hasRegions),
  bind('Decide', ['T'], choose('target', true), 'conflict: take theirs for all regions'),
  bind('Decide', ['M'], choose('yours', true), 'conflict: keep mine for all regions'),
  bind('Decide', ['s'], { kind: 'skip' }, 'skip for now', 'skip', (state) => openSelection(state) !== null),
  bind('Decide', ['S'], { kind: 'ask', question: 'reason' }, 'skip for good, with a reason'),
  bind(
    'Decide',
    ['d'],
    { kind: 'ask', question: 'done' },
    'mark as done by hand, saying how',
    'done by hand',
    isForPerson,
  ),
  bind('Decide', ['e'], { kind: 'edit', path: null }, 'edit the merged file in your editor', 'edit'),
  bind('Decide', ['A'], { kind: 'apply-safe' }, 'apply all safe steps left in this area'),
  bind('Decide', ['u'], { kind: 'undo' }, 'take back the last decision', 'undo', (state) => state.decisions.length > 0),
];

const motions: readonly Binding[] = [
  bind('Move', ['up', 'k'], go('up'), 'up'),
  bind('Move', ['down', 'j'], go('down'), 'down'),
  bind('Move', ['left', 'h'], go('left'), 'scroll left; back to the list'),
  bind('Move', ['right', 'l'], go('right'), 'to the detail; scroll right'),
  bind('Move', ['page-up', 'ctrl-b', 'ctrl-u'], go('page-up'), 'a page up'),
  bind('Move', ['page-down', 'ctrl-f', 'ctrl-d', ' '], go('page-down'), 'a page down'),
  bind('Move', ['home', 'g'], go('home'), 'to the start'),
  bind('Move', ['end', 'G'], go('end'), 'to the end'),
];

const walking: readonly Binding[] = [
  bind('Move', ['r'], { kind: 'follow' }, 'go to the step that this one needs first, or that needs it'),
  bind('Move', [']'], { kind: 'region', by: 1 }, 'conflict: next region'),
  bind('Move', ['['], { kind: 'region', by: -1 }, 'conflict: previous region'),
  bind('Move', ['1'], side('base'), 'conflict: show the base'),
  bind('Move', ['2'], side('yours'), 'conflict: show yours'),
  bind('Move', ['3'], side('target'), 'conflict: show the target'),
];

const finding: readonly Binding[] = [
  bind('Find', ['/'], { kind: 'ask', question: 'search' }, 'search', 'search'),
  bind('Find', ['n'], { kind: 'match', by: 1 }, 'next match'),
  bind('Find', ['N'], { kind: 'match', by: -1 }, 'previous match'),
  bind('Find', ['f'], { kind: 'ask-area' }, 'show one area', 'filter'),
  bind('Find', ['F'], { kind: 'ask-status' }, 'show one status'),
  bind('Find', ['x'], { kind: 'show-all' }, 'also show cosmetic, backlog, done and declined', 'all'),
];

const everywhere: readonly Binding[] = [
  bind('Elsewhere', ['?'], { kind: 'help' }, 'all keys', 'keys'),
  bind('Elsewhere', ['q', 'ctrl-c'], { kind: 'quit' }, 'quit; the walk is kept', 'quit'),
];

const noEarlier = (state: State) => state.earlier === null;
const hasEarlier = (state: State) => state.earlier !== null;

const leg = bind(
  'Elsewhere',
  ['L'],
  { kind: 'next-leg' },
  'one minor version after the other: to the next leg',
  'next leg',
  (state) => nextStop(state) !== null,
);

const perScreen: Readonly<Record<Screen, readonly Binding[]>> = {
  start: [
    bind('Elsewhere', ['enter'], { kind: 'go-on' }, 'go on where you stopped', 'go on', hasEarlier),
    bind('Elsewhere', ['n'], { kind: 'go', screen: 'steps' }, 'start anew', 'start anew', hasEarlier),
    bind('Elsewhere', ['enter'], { kind: 'go', screen: 'steps' }, 'to the steps', 'to the steps', noEarlier),
    leg,
    bind('Correct', ['f'], { kind: 'ask', question: 'from' }, 'correct the version it stems from', 'from'),
    bind('Correct', ['t'], { kind: 'ask', question: 'to' }, 'change the target', 'target'),
    bind('Correct', ['o'], { kind: 'ask', question: 'flags' }, 'correct the generator flags', 'flags'),
    ...motions,
  ],
  steps: [
    ...decide,
    bind('Move', ['enter', 'tab'], { kind: 'focus', on: 'detail' }, 'between list and detail', undefined, (state) => {
      return state.focus === 'list';
    }),
    bind('Move', ['enter', 'tab', 'escape'], { kind: 'focus', on: 'list' }, 'back to the list', undefined, (state) => {
      return state.focus === 'detail';
    }),
    ...motions,
    ...walking,
    ...finding,
    bind('Elsewhere', ['E'], { kind: 'go', screen: 'end' }, 'what was done, and what to run next', 'end'),
    bind('Elsewhere', ['I'], { kind: 'go', screen: 'start' }, 'back to the first screen'),
  ],
  end: [
    bind('Elsewhere', ['enter'], { kind: 'ask-run' }, 'run the selected command', 'run'),
    leg,
    bind('Elsewhere', ['b', 'escape'], { kind: 'go', screen: 'steps' }, 'back to the steps', 'back'),
    bind(
      'Decide',
      ['u'],
      { kind: 'undo' },
      'take back the last decision',
      'undo',
      (state) => state.decisions.length > 0,
    ),
    ...motions,
  ],
};

function bind(
  group: Group,
  keys: readonly Key[],
  action: Action,
  does: string,
  short?: string,
  when?: (state: State) => boolean,
): Binding {
  return { group, keys, action, does, ...(short === undefined ? {} : { short }), ...(when ? { when } : {}) };
}

function go(motion: Motion): Action {
  return { kind: 'move', motion };
}

function side(shown: Side): Action {
  return { kind: 'side', side: shown };
}

function choose(choice: 'yours' | 'target', all: boolean): Action {
  return { kind: 'choose', choice, all };
}

/** The keys of the screen that is shown. */
export function bindingsOf(state: Pick<State, 'screen'>): readonly Binding[] {
  return [...perScreen[state.screen], ...everywhere];
}

/** What a key does now; null when nothing. A key whose `when` fails still explains itself unless another has it. */
export function boundAction(state: State, key: Key): Action | null {
  const bound = bindingsOf(state).filter(({ keys }) => keys.includes(key));
  return (bound.find(({ when }) => !when || when(state)) ?? bound[0])?.action ?? null;
}
