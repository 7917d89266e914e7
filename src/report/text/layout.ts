const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian wide and full-width blocks of Unicode, which take two cells. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

function cellsOf(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return /^\p{Mark}+$/u.test(grapheme) ? 0 : 1;
}

/** Terminal cells that escaped, unpainted text takes. */
export function cells(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return [...graphemes.segment(text)].reduce((sum, part) => sum + cellsOf(part.segment), 0);
}

/** Cut to `width` cells, the cut marked with `…`. */
export function shorten(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let used = 1;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    used += cellsOf(segment);
    if (used > width) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept}…`;
}

/** Filled with blanks up to `width` cells. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)));
}

/** Lines of at most `width` cells, broken at blanks; a longer word keeps a line of its own. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  return join(text.split(' ').filter(Boolean), ' ', width, indent);
}

/** Parts joined by `separator`, a new line begun where the next part would pass `width`. */
export function join(parts: readonly string[], separator: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? indent + part : line + separator + part;
    if (line !== '' && cells(longer) > width) {
      lines.push(line);
      line = indent + part;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
