import { cellSlice, cells } from '../../plan/cells.ts';

/** Cut to `width` cells, the cut marked with `…`. */
export function shorten(text: string, width: number): string {
  if (cells(text) <= width) return text;
  return width < 1 ? '' : `${cellSlice(text, 0, width - 1)}…`;
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

/** A block with its title, a blank line above; nothing where it has no lines. */
export function below(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
