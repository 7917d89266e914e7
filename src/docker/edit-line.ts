import { type Edited, refused } from '../elixir/edited.ts';

/**
 * Puts lines in the place of the only one of a file that reads so, white space in front included. Nothing happens where
 * they stand there already; refused where no line reads so, or more than one.
 */
export function replaceLine(text: string, line: string, becomes: readonly string[]): Edited {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(end);
  const isThere = (at: number) => becomes.every((one, index) => lines[at + index] === one);
  if (becomes.length > 0 && lines.some((_, at) => isThere(at))) return { ok: true, text };
  const at = lines.indexOf(line);
  if (at === -1) return refused(`no line reads ${line.trim()}`);
  if (lines.indexOf(line, at + 1) !== -1) return refused(`several lines read ${line.trim()}`);
  return { ok: true, text: [...lines.slice(0, at), ...becomes, ...lines.slice(at + 1)].join(end) };
}
