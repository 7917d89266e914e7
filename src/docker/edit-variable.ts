import { changedText } from '../elixir/edit/lines.ts';
import { type Edited, refused, type TextChange } from '../elixir/edited.ts';

/**
 * Takes a variable out of what a file sets for the programs that it starts: `export NAME=…`, `ENV NAME=…`,
 * `Environment=NAME=…`, a key or an item of YAML, a line of an environment file, an assignment before a command. Refused
 * where the line holds more than that, or where nothing would be left of the list that it stands in.
 */
export function removeVariable(text: string, name: string): Edited {
  const lines = text.split('\n');
  const changes: TextChange[] = [];
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const isContinued = /\\\s*$/.test(lines[index - 1] ?? '');
    const change = isSet(line, name) ? removal(lines, index, start, name) : [];
    if (change === null || (isContinued && change.length > 0))
      return refused(`line ${index + 1} says more than ${name}`);
    changes.push(...change);
    start += line.length + 1;
  }
  return { ok: true, text: changedText(text, changes) };
}

/** The lines, counted from 1, on which a file of such a kind sets a variable. */
export function linesSetting(text: string, name: string): number[] {
  return text.split('\n').flatMap((line, index) => (isSet(line, name) ? [index + 1] : []));
}

function isSet(line: string, name: string): boolean {
  return !/^\s*(?:#|\/\/|;)/.test(line) && new RegExp(String.raw`(?<![\w$\{])${name}(?!\w)`).test(line);
}

function removal(lines: readonly string[], index: number, start: number, name: string): TextChange[] | null {
  const line = lines[index] ?? '';
  const whole = { start, end: start + line.length + 1, text: '' };
  const value = String.raw`(?:"[^"]*"|'[^']*'|[^\s"',;&|\\]*)`;
  if (new RegExp(String.raw`^\s*-\s+name:\s*["']?${name}["']?\s*$`).test(line)) return namedItem(lines, index, start);
  const alone = [
    String.raw`^\s*(?:export\s+|ENV\s+|ARG\s+|set\s+)?${name}\s*(?:=|\s)\s*${value}\s*;?\s*$`,
    String.raw`^\s*(?:-\s+)?["']?${name}["']?\s*[:=]\s*${value}\s*,?\s*$`,
    String.raw`^\s*-\s+(["'])${name}=[^"']*\1\s*$`,
    String.raw`^\s*Environment=(?:(["'])${name}=[^"']*\1|${name}=[^\s"']*)\s*$`,
  ];
  if (alone.some((one) => new RegExp(one).test(line))) return isOnlyChild(lines, index) ? null : [whole];
  const assignment = new RegExp(String.raw`(?<![\w$"'=/-])${name}=${value}[ \t]+(?=[\w./$"'])`).exec(line);
  if (!assignment) return null;
  const at = start + assignment.index;
  return [{ start: at, end: at + assignment[0].length, text: '' }];
}

/** `- name: NAME` with its `value:` on the next line. */
function namedItem(lines: readonly string[], index: number, start: number): TextChange[] | null {
  const [line = '', next = ''] = lines.slice(index, index + 2);
  if (!/^\s*value:\s*\S+\s*$/.test(next) || isOnlyChild(lines, index, 2)) return null;
  return [{ start, end: start + line.length + next.length + 2, text: '' }];
}

/** Whether a key of YAML or a table would be left with nothing below it. */
function isOnlyChild(lines: readonly string[], index: number, length = 1): boolean {
  const depth = (line: string) => line.length - line.trimStart().length + (/^\s*- /.test(line) ? 1 : 0);
  const own = lines[index] ?? '';
  const before = lines.slice(0, index).findLast((line) => line.trim() !== '') ?? '';
  const after = lines.slice(index + length).find((line) => line.trim() !== '');
  if (!/:\s*$/.test(before)) return false;
  return after === undefined || depth(after) < depth(own);
}
