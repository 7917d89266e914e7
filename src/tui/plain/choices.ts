import { oneLine } from '../../plan/escape.ts';
import { needsPerson } from '../../plan/sections.ts';
import { endCommands } from '../detail/end.ts';
import { listedSteps } from '../state/list.ts';
import { openSelection, regionCount } from '../state/selection.ts';
import type { Action, State } from '../state/state.ts';
import { nextStop } from '../state/way.ts';

/** One numbered answer. */
export interface Answer {
  readonly label: string;
  /** What it does; `read` says the whole step again with its patch. */
  readonly does: Action | 'read';
}

/** What can be answered now, in the order of the numbers from 1 on. */
export function answersOf(state: State): readonly Answer[] {
  const { prompt } = state;
  if (prompt?.kind === 'menu')
    return prompt.options.map(({ label, action }) => ({ label: oneLine(label), does: action }));
  const quit: Answer = { label: 'quit; the walk is kept', does: { kind: 'quit' } };
  const perScreen = { start: startAnswers, steps: stepAnswers, end: endAnswers };
  return [...perScreen[state.screen](state), quit];
}

function startAnswers(state: State): readonly Answer[] {
  const { earlier } = state;
  return [
    ...(earlier ? [answer('go on where you stopped', { kind: 'go-on' })] : []),
    answer(earlier ? 'start anew' : 'to the steps', { kind: 'go', screen: 'steps' }),
    ...legAnswers(state),
    answer('correct the version it stems from', { kind: 'ask', question: 'from' }),
    answer('change the target version', { kind: 'ask', question: 'to' }),
    answer('correct the generator flags', { kind: 'ask', question: 'flags' }),
  ];
}

function stepAnswers(state: State): readonly Answer[] {
  const step = openSelection(state);
  const ids = listedSteps(state).map((listed) => listed.step.id);
  const at = ids.indexOf(state.selected ?? '');
  const [next, previous] = [ids[at + 1], at > 0 ? ids[at - 1] : undefined];
  return [
    ...(step === null
      ? []
      : regionCount(step) > 0
        ? conflictAnswers(regionCount(step))
        : step.status === 'pending'
          ? [answer('apply', { kind: 'apply' })]
          : []),
    ...(step !== null && needsPerson(step) ? [markAnswer] : []),
    ...(step === null ? [] : decisions),
    { label: 'read the whole step', does: 'read' },
    ...(next === undefined ? [] : [answer('next step', { kind: 'select', step: next })]),
    ...(previous === undefined ? [] : [answer('previous step', { kind: 'select', step: previous })]),
    answer('go to the step it needs, or that needs it', { kind: 'follow' }),
    ...(state.decisions.length === 0 ? [] : [answer('take back the last decision', { kind: 'undo' })]),
    answer('search', { kind: 'ask', question: 'search' }),
    answer('show one area', { kind: 'ask-area' }),
    answer('show one status', { kind: 'ask-status' }),
    answer(state.filter.all ? 'show only required and recommended' : 'show all steps', { kind: 'show-all' }),
    answer('what was done, and what to run next', { kind: 'go', screen: 'end' }),
  ];
}

function conflictAnswers(regions: number): readonly Answer[] {
  const several = regions > 1;
  return [
    answer(several ? 'take theirs for this region' : 'take theirs', { kind: 'choose', choice: 'target', all: false }),
    answer(several ? 'keep mine for this region' : 'keep mine', { kind: 'choose', choice: 'yours', all: false }),
    ...(several ? [answer('next region', { kind: 'region', by: 1 })] : []),
  ];
}

const markAnswer = answer('mark as done by hand, saying how', { kind: 'ask', question: 'done' });

const decisions: readonly Answer[] = [
  answer('skip for now', { kind: 'skip' }),
  answer('skip for good, with a reason', { kind: 'ask', question: 'reason' }),
  answer('edit in your editor', { kind: 'edit', path: null }),
  answer('apply all safe steps left in this area', { kind: 'apply-safe' }),
];

function endAnswers(state: State): readonly Answer[] {
  return [
    ...endCommands(state).map((command) => answer(`run ${oneLine(command)}`, { kind: 'run', command })),
    ...legAnswers(state),
    answer('back to the steps', { kind: 'go', screen: 'steps' }),
    ...(state.decisions.length === 0 ? [] : [answer('take back the last decision', { kind: 'undo' })]),
  ];
}

function legAnswers(state: State): readonly Answer[] {
  const stop = nextStop(state);
  return stop === null ? [] : [answer(`one minor version after the other: to ${stop}`, { kind: 'next-leg' })];
}

function answer(label: string, does: Action): Answer {
  return { label, does };
}
