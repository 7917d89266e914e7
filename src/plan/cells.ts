const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Where each character takes one cell: ASCII, and the signs that this program draws itself. */
const plain = /^[\x20-\x7e·»–…←↑→↓─│▸○●✓✕]*$/;
/** East Asian wide and full-width blocks of Unicode, and emoji, which take two cells. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

function cellsOf(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return /^\p{Mark}+$/u.test(grapheme) ? 0 : 1;
}

/** What a reader takes for one character each, marks included. */
export function characters(text: string): readonly string[] {
  return plain.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Terminal cells that escaped text takes. */
export function cells(text: string): number {
  if (plain.test(text)) return text.length;
  let sum = 0;
  for (const character of characters(text)) sum += cellsOf(character);
  return sum;
}

/** The part of escaped text that lies within the cells `from` to `to`; a character that is cut becomes a blank. */
export function cellSlice(text: string, from: number, to: number): string {
  if (plain.test(text)) return text.slice(from, to);
  let at = 0;
  let kept = '';
  for (const character of characters(text)) {
    const end = at + cellsOf(character);
    if (at >= from && end <= to) kept += character;
    else if (end > from && at < to) kept += ' '.repeat(Math.min(end, to) - Math.max(at, from));
    at = end;
  }
  return kept;
}
