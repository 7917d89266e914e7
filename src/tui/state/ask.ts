import type { PlanWish } from '../host.ts';
import { openSelection } from './selection.ts';
import { type Action, type Question, refuse, type State, type Turn, turn } from './state.ts';

export function ask(state: State, kind: Question['kind']): Turn {
  if (kind !== 'reason' && kind !== 'done') return asking(state, { kind });
  const step = openSelection(state);
  if (!step) return refuse(state, kind === 'done' ? 'This is done.' : 'There is nothing to skip here.');
  return asking(state, { kind, step: step.id });
}

function asking(state: State, question: Question): Turn {
  const { plan } = state;
  const texts: Readonly<Record<Question['kind'], readonly [string, string]>> = {
    from: ['Version it stems from', plan.from],
    to: ['Version to go to', plan.to],
    flags: ['Generator flags', plan.project.flags.map(({ flag }) => flag).join(' ')],
    search: ['Search', ''],
    reason: ['Never offer this again, because', ''],
    done: ['Done by hand. How', 'by hand'],
  };
  const [label, value] = texts[question.kind];
  return turn({ ...state, message: null, prompt: { kind: 'text', label, value, question } });
}

/** What an answer asks for; null when there is nothing to do. */
export function answered(question: Question, value: string): Action | null {
  const text = value.trim();
  if (question.kind === 'search') return { kind: 'search', text };
  if (question.kind === 'reason') {
    return text === '' ? null : { kind: 'skip-forever', step: question.step, reason: text };
  }
  if (question.kind === 'done') return text === '' ? null : { kind: 'mark', step: question.step, why: text };
  const wish = wishOf(question.kind, text);
  return wish === null ? null : { kind: 'replan', wish };
}

function wishOf(kind: 'from' | 'to' | 'flags', text: string): PlanWish | null {
  if (kind === 'flags') return { flags: text.split(/\s+/).filter(Boolean) };
  return text === '' ? null : { [kind]: text };
}
