import { pathMatcher } from '../wildcard.ts';
import type { FormatOptions } from './format.ts';
import { readFormatterFile } from './formatter-file.ts';

/**
 * How `mix format` formats a file of a project: by the nearest `.formatter.exs` above it whose `inputs` have it. Null for a
 * file that none has, and where the line length or the inputs are computed. Calls keep the parentheses that they have or do
 * without: which do is up to packages whose options may not be known.
 */
export function projectFormat(path: string, read: (path: string) => string | undefined): FormatOptions | null {
  if (!/\.exs?$/.test(path)) return null;
  const segments = path.split('/');
  for (let depth = segments.length - 1; depth >= 0; depth -= 1) {
    const text = read([...segments.slice(0, depth), '.formatter.exs'].join('/'));
    if (text === undefined) continue;
    const file = readFormatterFile(text);
    if (file === null || file.unread.some((key) => key === 'inputs' || key === 'line_length')) return null;
    const inside = segments.slice(depth).join('/');
    if (file.inputs.some((pattern) => pathMatcher(pattern)(inside)))
      return { ...file.options, localsWithoutParens: 'as-written' };
  }
  return null;
}
