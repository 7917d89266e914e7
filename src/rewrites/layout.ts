import { format, isFormatted } from '../elixir/format/format.ts';
import { type FormatterFile, readFormatterFile } from '../elixir/format/formatter-file.ts';
import { dialectOf } from '../templates/placed.ts';
import type { RewriteFile } from './place.ts';

/**
 * A rewritten text with its long lines broken as `mix format` breaks them, where the file was formatted before by the options
 * that the project's `.formatter.exs` states; any other text as it is.
 */
export function laidOut(file: RewriteFile, text: string): string {
  if (!/\.exs?$/.test(file.path) || dialectOf(file.path, true) !== null) return text;
  const formatter = formatterOf(file);
  // Calls that packages or computed options leave without parentheses would get some.
  if (formatter === null || formatter.unread.length > 0) return text;
  const { options } = formatter;
  if (!growsBeyond(options.lineLength ?? 98, file.text, text) || !isFormatted(file.text, options)) return text;
  const formatted = format(text, options);
  return formatted.ok ? formatted.text : text;
}

/** The nearest `.formatter.exs` above a file. */
function formatterOf({ path, read }: RewriteFile): FormatterFile | null {
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const text = read([...folders.slice(0, depth), '.formatter.exs'].join('/'));
    if (text !== undefined) return readFormatterFile(text);
  }
  return null;
}

/** Whether a line is too long that was not there before. Formatting a file takes much longer than this question. */
function growsBeyond(width: number, before: string, after: string): boolean {
  const long = (text: string) => text.split('\n').filter((line) => line.length > width);
  const known = new Set(long(before));
  return long(after).some((line) => !known.has(line));
}
