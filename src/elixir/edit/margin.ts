import type { Range } from '../ast.ts';
import { indentAt } from '../position.ts';

/** A part of a text as if it stood at the left margin; line breaks become `\n`. */
export function dedented(text: string, { start, end }: Range): string {
  const indent = indentAt(text, start);
  const lines = text.slice(start, end).split(/\r?\n/);
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}

/** A text with every line moved to the right, blank lines excepted. */
export function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
}
