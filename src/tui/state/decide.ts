import type { Step } from '../../plan/plan.ts';
import { count, isOpen } from '../../plan/sections.ts';
import type { Choice } from '../host.ts';
import type { Decision } from '../progress.ts';
import { neededFirst, safeSteps, selectedStep, stepOf, undecidedSteps } from './list.ts';
import { goOn, openSelection, regionCount } from './selection.ts';
import { saving } from './start.ts';
import { type Effect, refuse, type State, say, type Turn, turn } from './state.ts';

/** Hands something over to the host; keys wait meanwhile. */
export function begin(state: State, busy: string, effect: Effect): Turn {
  return turn({ ...state, busy, message: null, prompt: null }, effect);
}

export function apply(state: State): Turn {
  const step = selectedStep(state);
  if (!step) return refuse(state, 'No step is selected.');
  const reason = hindrance(step);
  if (reason !== null) return refuse(state, reason);
  const first = neededFirst(state.plan, step);
  const blocked = first.find(({ status }) => status !== 'pending');
  if (blocked) return refuse(state, blockedBy(blocked));
  const steps = [...first, step].map(({ id }) => id);
  return first.length === 0 ? applyThese(state, steps) : confirmApply(state, steps, 'These need each other: ');
}

/** Why a step cannot just be applied; null when it can. A declined step is offered, so it may be taken. */
function hindrance(step: Step): string | null {
  const reasons: Readonly<Record<Step['status'], string | null>> = {
    pending: null,
    declined: null,
    done: `${step.id} is done.`,
    conflict: 'You changed this yourself: t takes theirs, m keeps yours, e edits.',
    manual: 'This one needs a manual change: e opens the file, d marks it as done, s skips it.',
    'needs-source': `This needs the generated text: ${step.commands.join(', ') || 'start with another --source or a --pack'}, or s skips it.`,
  };
  return reasons[step.status];
}

/** Names the way on: no step waits for another that cannot be finished. */
function blockedBy({ id, status }: Step): string {
  const way = status === 'pending' ? 'r goes there.' : 'r goes there. d marks it as done, once it is.';
  return `Needs ${id} first, which is ${status}. ${way}`;
}

function confirmApply(state: State, steps: readonly string[], lead: string): Turn {
  const text = `${lead}${steps.join(', ')}. Apply ${count(steps.length, 'step')}?`;
  return turn({ ...state, message: null, prompt: { kind: 'confirm', text, action: { kind: 'apply-these', steps } } });
}

export function applyThese(state: State, steps: readonly string[]): Turn {
  const [first = '', ...more] = steps;
  const named = more.length === 0 ? first : `${first} and ${count(more.length, 'more step')}`;
  return begin(state, `Applying ${named}`, { kind: 'apply', steps });
}

export function applySafe(state: State): Turn {
  const step = selectedStep(state);
  const steps = step ? safeSteps(state, step).map(({ id }) => id) : [];
  if (!step || steps.length === 0) return refuse(state, `Nothing safe is left in ${step?.area ?? 'this list'}.`);
  return confirmApply(state, steps, `Safe in ${step.area}: `);
}

export function skip(state: State): Turn {
  const step = openSelection(state);
  if (!step) return refuse(state, 'There is nothing to skip here.');
  const decided = withDecision(state, { kind: 'skip', step: step.id });
  return settled(state, { ...decided, message: { kind: 'said', text: `Skipped ${step.id}. u takes it back.` } });
}

/** A decision made: goes on to the next step, to the end behind the last one, and keeps the progress. */
export function settled(before: State, after: State): Turn {
  const next = goOn(before, after);
  const state: State = undecidedSteps(next).length === 0 ? { ...next, screen: 'end', pageScroll: 0 } : next;
  return turn(state, ...saving(state));
}

export function withDecision(state: State, decision: Decision): State {
  return { ...state, decisions: [...state.decisions, decision] };
}

export function edit(state: State, path: string | null): Turn {
  const step = openSelection(state);
  if (!step) return refuse(state, 'There is nothing to edit here.');
  const paths = pathsOf(step);
  const [only] = paths;
  if (path === null && paths.length > 1) {
    const options = paths.map((label) => ({ label, action: { kind: 'edit', path: label } as const }));
    return turn({ ...state, prompt: { kind: 'menu', title: 'Edit which file?', options, at: 0 } });
  }
  const chosen = path ?? only;
  if (chosen === undefined) return refuse(state, 'This step names no file.');
  return begin(state, 'Waiting for your editor', { kind: 'edit', step: step.id, path: chosen });
}

function pathsOf(step: Step): readonly string[] {
  const kept = step.edits.filter(({ kind }) => kind !== 'delete');
  const placed = step.changes.flatMap(({ at }) => (at ? [at] : []));
  return [...new Set([...kept, ...step.conflicts, ...step.findings, ...placed].map(({ path }) => path))];
}

/** Chooses for one region of a conflict or for all; the last choice settles the step. */
export function choose(state: State, choice: Choice, all: boolean): Turn {
  const step = openSelection(state);
  const regions = step ? regionCount(step) : 0;
  if (!step || regions === 0) return refuse(state, 'There is no conflict here.');
  const before = state.choices[step.id] ?? [];
  const choices = Array.from({ length: regions }, (_, index) => {
    return all || index === state.region ? choice : (before[index] ?? null);
  });
  if (choice === 'target' && (all ? choices.some((_, at) => !takes(step, at)) : !takes(step, state.region))) {
    return refuse(state, 'Only a person can write this one: e opens the file, m keeps yours.');
  }
  const [first] = choice === 'target' ? neededFirst(state.plan, step) : [];
  if (first) return refuse(state, blockedBy(first));
  const chosen = { ...state, choices: { ...state.choices, [step.id]: choices } };
  const open = choices.indexOf(null);
  if (open < 0) return resolve(chosen, step, choices);
  const next = { ...chosen, region: open, scroll: 0 };
  const name = step.conflicts[state.region]?.address ?? `Region ${state.region + 1}`;
  const told = say(next, `${name}: ${choice === 'yours' ? 'yours kept' : 'theirs taken'}.`);
  return turn(told.state, ...saving(told.state));
}

function takes(step: Step, region: number): boolean {
  return (step.conflicts[region]?.take ?? null) !== null;
}

function resolve(state: State, step: Step, choices: readonly (Choice | null)[]): Turn {
  const decided = choices.flatMap((choice) => choice ?? []);
  return begin(state, `Settling ${step.id}`, { kind: 'resolve', step: step.id, choices: decided });
}

/** Takes the last decision back: in the project where it was written there, else here. */
export function undo(state: State): Turn {
  const last = state.decisions.at(-1);
  if (!last) return refuse(state, 'There is no decision to take back.');
  const what = last.kind === 'apply' ? last.steps.join(', ') : last.step;
  if (last.kind !== 'skip') return begin(state, `Taking back ${what}`, { kind: 'undo', decision: last });
  return takenBack(state, `${last.step} is open again.`);
}

/** The state without its last decision, at the step that it was made on. */
export function takenBack(state: State, text: string): Turn {
  const last = state.decisions.at(-1);
  const id = last?.kind === 'apply' ? last.steps.at(-1) : last?.step;
  const known = stepOf(state.plan, id ?? null);
  const { [id ?? '']: _, ...choices } = state.choices;
  const back: State = {
    ...state,
    decisions: state.decisions.slice(0, -1),
    choices,
    screen: 'steps',
    selected: known && isOpen(known) ? known.id : state.selected,
    message: { kind: 'said', text },
  };
  return turn(back, ...saving(back));
}
