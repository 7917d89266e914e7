import { oneLine } from '../../plan/escape.ts';
import { bindingsOf } from '../state/bindings.ts';
import { keyLabel } from '../state/key.ts';
import type { State } from '../state/state.ts';
import { type Line, lineWidth, span, wrapped } from '../text/line.ts';

/** A question or a message takes at most so many rows. */
const mostRows = 6;

/** What is asked, or what was said last; one blank row when nothing was. */
export function messageLines(state: State, width: number): readonly Line[] {
  const { prompt, message } = state;
  if (prompt?.kind === 'text') return [typedLine(prompt.label, prompt.value, width)];
  if (prompt?.kind === 'confirm') return wrapped(oneLine(`${prompt.text} y/n`), width, { bold: true }).slice(-mostRows);
  if (message === null) return [[]];
  const paint = message.kind === 'failed' ? ({ color: 'red', bold: true } as const) : {};
  const lines = wrapped(oneLine(message.text), width, paint).slice(0, mostRows);
  return lines.length === 0 ? [[]] : lines;
}

/** The end of a long answer stays in sight. */
function typedLine(label: string, value: string, width: number): Line {
  const head = [span(`${label}: `, { bold: true })];
  const room = Math.max(1, width - lineWidth(head) - 1);
  const text = oneLine(value);
  return [...head, span(text.length > room ? text.slice(-room) : text), span(' ', { inverse: true })];
}

/** The keys that matter now, as many as fit. */
export function keysLine(state: State, width: number): Line {
  const { prompt } = state;
  if (prompt !== null) return [span(promptKeys[prompt.kind], { dim: true })];
  const shown = bindingsOf(state).filter(({ short, when }) => short !== undefined && (!when || when(state)));
  const last = shown.slice(-2);
  const parts = shown.map(({ keys, short }) => `${keyLabel(keys[0] ?? '')} ${short}`);
  const ending = last.map(({ keys, short }) => `${keyLabel(keys[0] ?? '')} ${short}`);
  const kept = parts.slice(0, -2);
  while (kept.length > 0 && [...kept, ...ending].join('  ').length > width) kept.pop();
  return [...kept, ...ending].flatMap((part, index): Line => {
    const [key = '', ...words] = part.split(' ');
    return [span(index === 0 ? '' : '  '), span(key, { bold: true }), span(` ${words.join(' ')}`, { dim: true })];
  });
}

const promptKeys = {
  text: 'Enter answers, Esc leaves it',
  confirm: 'y yes, n no',
  menu: 'arrows choose, Enter takes it, Esc leaves it',
  help: 'arrows scroll, any other key goes back',
} as const;
