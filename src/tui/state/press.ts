import { helpRows } from '../detail/help.ts';
import { act } from './act.ts';
import { answered } from './ask.ts';
import { boundAction } from './bindings.ts';
import { withExcerpts } from './excerpts.ts';
import { isCharacter, type Key } from './key.ts';
import { layout } from './layout.ts';
import { reached } from './move.ts';
import { type Action, type Motion, type Prompt, type State, say, type Turn, turn } from './state.ts';

type PromptOf<Kind extends Prompt['kind']> = Extract<Prompt, { kind: Kind }>;

/** What a key leads to. */
export function press(state: State, key: Key): Turn {
  return withExcerpts(pressed(state, key));
}

/** What a choice made without a key leads to, such as an answer by number. */
export function take(state: State, action: Action): Turn {
  return withExcerpts(act({ ...state, prompt: null }, action));
}

function pressed(state: State, key: Key): Turn {
  if (state.busy !== null) return pressedMeanwhile(state, key);
  const { prompt } = state;
  if (prompt === null) {
    const action = boundAction(state, key);
    return action === null ? say(state, '? lists the keys.') : act(state, action);
  }
  if (key === 'ctrl-c') return act(state, { kind: 'quit' });
  if (key === 'escape') return turn({ ...state, prompt: null });
  if (prompt.kind === 'text') return typed(state, prompt, key);
  if (prompt.kind === 'confirm') return confirmed(state, prompt, key);
  return prompt.kind === 'menu' ? picked(state, prompt, key) : scrolledHelp(state, prompt, key);
}

/** Kept for afterwards; only who wants to leave at once is heard. */
function pressedMeanwhile(state: State, key: Key): Turn {
  const leaves = key === 'ctrl-c' || (key === 'q' && state.waiting.length === 0);
  return leaves ? act(state, { kind: 'quit' }) : turn({ ...state, waiting: [...state.waiting, key] });
}

/** Presses the keys that waited, until the host is busy again. */
export function pressWaiting({ state, effects }: Turn): Turn {
  const [key, ...waiting] = state.waiting;
  if (key === undefined || state.busy !== null || state.leaving) return { state, effects };
  const next = press({ ...state, waiting }, key);
  return pressWaiting({ state: next.state, effects: [...effects, ...next.effects] });
}

function typed(state: State, prompt: PromptOf<'text'>, key: Key): Turn {
  const change = (value: string) => turn({ ...state, prompt: { ...prompt, value } });
  if (key === 'backspace') return change([...prompt.value].slice(0, -1).join(''));
  if (key === 'ctrl-u') return change('');
  if (key === 'enter') {
    const action = answered(prompt.question, prompt.value);
    return action === null ? turn({ ...state, prompt: null }) : take(state, action);
  }
  return isCharacter(key) ? change(prompt.value + key) : turn(state);
}

function confirmed(state: State, prompt: PromptOf<'confirm'>, key: Key): Turn {
  if (key === 'y' || key === 'Y' || key === 'enter') return take(state, prompt.action);
  return key === 'n' || key === 'N' || key === 'q' ? say({ ...state, prompt: null }, 'Left as it was.') : turn(state);
}

const motions: Readonly<Record<Key, Motion>> = {
  up: 'up',
  k: 'up',
  down: 'down',
  j: 'down',
  'page-up': 'page-up',
  'page-down': 'page-down',
  ' ': 'page-down',
  home: 'home',
  g: 'home',
  end: 'end',
  G: 'end',
};

function picked(state: State, prompt: PromptOf<'menu'>, key: Key): Turn {
  const option = prompt.options[prompt.at];
  if (key === 'enter' && option) return take(state, option.action);
  if (key === 'q') return turn({ ...state, prompt: null });
  const motion = motions[key];
  if (motion === undefined) return turn(state);
  const at = reached(motion, prompt.at, prompt.options.length, layout(state).page.rows);
  return turn({ ...state, prompt: { ...prompt, at } });
}

/** Any other key closes the help. */
function scrolledHelp(state: State, prompt: PromptOf<'help'>, key: Key): Turn {
  const motion = motions[key];
  if (motion === undefined) return turn({ ...state, prompt: null });
  const { rows } = layout(state).page;
  const { length } = helpRows(state);
  const scroll = Math.max(0, Math.min(reached(motion, prompt.scroll, length, rows), length - rows));
  return turn({ ...state, prompt: { ...prompt, scroll } });
}
