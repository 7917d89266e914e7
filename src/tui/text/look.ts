/** What the terminal can show. */
export interface Look {
  readonly color: boolean;
  /** False where the locale is not UTF-8: signs and lines are drawn in ASCII, other characters as escapes. */
  readonly unicode: boolean;
}

/** The environment variables that say what the terminal can show. */
export interface Environment {
  readonly NO_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
  readonly LC_ALL?: string | undefined;
  readonly LC_CTYPE?: string | undefined;
  readonly LANG?: string | undefined;
}

/** Colours unless NO_COLOR is set (https://no-color.org); Unicode when the locale says UTF-8, in POSIX's order. */
export function lookOf(env: Environment): Look {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return { color: !env.NO_COLOR && env.TERM !== 'dumb', unicode: /utf-?8/i.test(locale) };
}

/** Whether a walk is by numbered prompts: as asked for, and in any case where the terminal cannot be drawn on. */
export function isPlain({ TERM }: Environment, wanted: boolean): boolean {
  return wanted || TERM === 'dumb';
}

const spelled: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '↑': 'up',
  '↓': 'down',
  '…': '~',
  '·': '-',
  '–': '-',
  '—': '-',
  '─': '-',
  '│': '|',
  '✓': 'v',
  '●': '*',
  '✕': 'x',
  '○': 'o',
  '»': '>',
  '▸': '>',
};

/** Text for a terminal without UTF-8; nothing is dropped, what has no spelling becomes `\u{…}`. */
export function asciiText(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (character) => {
    return spelled[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
