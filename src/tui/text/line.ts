import { cellSlice, cells, characters } from '../../plan/cells.ts';
import { asciiText, type Look } from './look.ts';

/** The basic colours, which follow the theme of the terminal; black, white and yellow are unreadable on some. */
export type Colour = 'red' | 'green' | 'blue' | 'magenta' | 'cyan';

export interface Paint {
  readonly color?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
}

/** Text in one paint. Always escaped: whoever makes a span from a project's text escapes it. */
export interface StyledText extends Paint {
  readonly text: string;
}

export type Line = readonly StyledText[];

/** Select Graphic Rendition codes of ECMA-48. */
const colours: Readonly<Record<Colour, number>> = { red: 31, green: 32, blue: 34, magenta: 35, cyan: 36 };

export function span(text: string, paint: Paint = {}): StyledText {
  return { text, ...paint };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + cells(text), 0);
}

/** The part of a line within the cells `from` to `to`. */
export function lineSlice(line: Line, from: number, to: number): Line {
  const kept: StyledText[] = [];
  let at = 0;
  for (const part of line) {
    const end = at + cells(part.text);
    if (end > from && at < to) kept.push({ ...part, text: cellSlice(part.text, Math.max(0, from - at), to - at) });
    at = end;
    if (at >= to) break;
  }
  return kept;
}

/** Cut to `width` cells, the cut marked with `…` where more than blanks is lost. */
export function shortened(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line;
  const said = line.map(({ text }) => text).join('');
  if (cells(said.trimEnd()) <= width) return lineSlice(line, 0, width);
  return [...lineSlice(line, 0, Math.max(0, width - 1)), span('…', { dim: true })];
}

/** Filled with blanks up to `width` cells, in the paint of `filling`. */
export function filled(line: Line, width: number, filling: Paint = {}): Line {
  const missing = width - lineWidth(line);
  return missing > 0 ? [...line, span(' '.repeat(missing), filling)] : line;
}

/** The line with nothing but characters that the terminal can show. */
export function spelledOut(line: Line, look: Look): Line {
  return look.unicode ? line : line.map((part) => ({ ...part, text: asciiText(part.text) }));
}

/** The line as the terminal's text. */
export function drawn(line: Line, width: number, look: Look): string {
  // The sign of a cut is spelled out too.
  const shown = spelledOut(shortened(spelledOut(line, look), width), look);
  return shown.map((part) => painted(part, look)).join('');
}

function painted({ text, color, bold, dim, inverse }: StyledText, look: Look): string {
  const codes = [
    ...(bold ? [1] : []),
    ...(dim ? [2] : []),
    ...(inverse ? [7] : []),
    ...(color && look.color ? [colours[color]] : []),
  ];
  return codes.length === 0 || text === '' ? text : `\x1b[${codes.join(';')}m${text}\x1b[0m`;
}

/** Lines of at most `width` cells, broken at blanks; a longer word is cut into several. */
export function wrapped(text: string, width: number, paint: Paint = {}): readonly Line[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(' ')
    .filter(Boolean)
    .flatMap((long) => (cells(long) > room ? pieces(long, room) : long))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (cells(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, ...(line === '' ? [] : [line])].map((part) => [span(part, paint)]);
}

/** A word in parts of at most `width` cells; a character wider than that stands alone. */
function pieces(word: string, width: number): readonly string[] {
  const found: string[] = [];
  let part = '';
  for (const character of characters(word)) {
    if (part !== '' && cells(part + character) > width) {
      found.push(part);
      part = '';
    }
    part += character;
  }
  return [...found, part];
}
