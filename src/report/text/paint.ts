/** Select Graphic Rendition codes: on, off. The sixteen basic colours follow the terminal's own theme. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** A colour or weight of the terminal. */
export type Colour = keyof typeof codes;

/** What a text renderer knows about where it prints. */
export interface TextOptions {
  /** False under NO_COLOR, `--no-color`, or when stdout is no terminal. */
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether rows may be longer than that: nothing is cut that goes to a pipe or a file. */
  readonly whole?: boolean;
}

/** Text in a colour, or as it is without colours. Pass escaped text only. */
export function paint(text: string, colour: Colour, options: Pick<TextOptions, 'color'>): string {
  const [on, off] = codes[colour];
  return options.color && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}
