/**
 * A key as it is named here: one character stands for itself, all others have a name, such as `up`, `page-down`,
 * `enter` and `ctrl-c`.
 */
export type Key = string;

/** What Ink says about a key press. */
export interface Press {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageDown: boolean;
  readonly pageUp: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly shift: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
}

const names: readonly (readonly [keyof Press, Key])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'page-down'],
  ['pageUp', 'page-up'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  // Most terminals send DEL for the backspace key, which Ink calls delete.
  ['delete', 'backspace'],
];

/** The keys of one press. Text that comes at once, pasted or typed ahead, is one key for each character. */
export function keysOf(input: string, press: Press): readonly Key[] {
  const named = names.find(([flag]) => press[flag]);
  if (named) return [named[1]];
  if (press.ctrl) return [`ctrl-${input}`];
  return [...input].map((character) => (character === '\r' || character === '\n' ? 'enter' : character));
}

/** How a key is written in help. */
export function keyLabel(key: Key): string {
  const labels: Readonly<Record<string, string>> = {
    up: '↑',
    down: '↓',
    left: '←',
    right: '→',
    ' ': 'space',
    'page-up': 'PgUp',
    'page-down': 'PgDn',
    enter: 'Enter',
    escape: 'Esc',
    tab: 'Tab',
    home: 'Home',
    end: 'End',
  };
  return labels[key] ?? key.replace(/^ctrl-/, '^');
}

export function isCharacter(key: Key): boolean {
  return [...key].length === 1;
}
