import { parse } from 'smol-toml';
import { changedText } from '../elixir/edit/lines.ts';
import { type Edited, type Editors, refused } from '../elixir/edited.ts';
import { nestedValue } from './nested-value.ts';
import type { FlyOperation, TomlValue } from './operation.ts';

/** A TOML file's values, and the lines where its tables and keys stand. */
export interface TomlFile {
  readonly value: Readonly<Record<string, unknown>>;
  /** Line of a key path, `['deploy', 'release_command']`, counted from 1; null for one that is not there. */
  line(path: readonly string[]): number | null;
}

interface TomlLine {
  readonly table: readonly string[];
  readonly key: string | null;
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** Reads TOML; null for a text that is none. */
export function readToml(text: string): TomlFile | null {
  const value = parsed(text);
  if (value === null) return null;
  const lines = tomlLines(text);
  const line = (path: readonly string[]) => {
    const own = lines.find((one) => samePath(fullPath(one), path));
    return own?.number ?? null;
  };
  return { value, line };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

/** `deploy` and `release_command` of a path's line, or the table's own header. */
function fullPath({ table, key }: TomlLine): readonly string[] {
  return key === null ? table : [...table, ...keyParts(key)];
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/**
 * The lines that begin a table or a key. The parser gives no positions, so lines are read here; lines inside
 * strings of several lines and lists are left out, and every edit is parsed again before it is offered.
 */
function tomlLines(text: string): TomlLine[] {
  const lines: TomlLine[] = [];
  let table: readonly string[] = [];
  let open: string | null = null;
  let depth = 0;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const end = start + line.length;
    const inside: boolean = open !== null || depth > 0;
    const header = inside ? null : /^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?\r?$/.exec(line);
    const key =
      inside || header ? null : /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=/.exec(line);
    if (header) table = keyParts(header[1] ?? '');
    if (header || key) lines.push({ table, key: key?.[1] ?? null, start, end, number: index + 1 });
    if (!header) [open, depth] = scanValue(key ? line.slice(key[0].length) : line, open, depth);
    start = end + 1;
  }
  return lines;
}

function keyParts(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** What stays open behind a line: a string of several lines, or lists and inline tables. */
function scanValue(line: string, before: string | null, brackets: number): [string | null, number] {
  let open = before;
  let depth = brackets;
  for (const [token] of line.matchAll(/"""|'''|"(?:\\.|[^"\\])*"|'[^']*'|#.*|[[\]{}]/g)) {
    if (open !== null) open = token === open ? null : open;
    else if (token === '"""' || token === "'''") open = token;
    else if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
  }
  return [open, Math.max(depth, 0)];
}

/** Carries out an edit of a `fly.toml`; twice is once. */
export const tomlEditors: Editors<FlyOperation> = {
  'fly-set': (text, operation) => setTomlKey(text, operation.table, operation.key, operation.value),
};

/** Sets one key of a table; a missing table is added at the end. Comments, order and other keys stay. */
function setTomlKey(text: string, table: readonly string[], key: string, value: TomlValue): Edited {
  const before = parsed(text);
  if (before === null) return refused('it is no TOML');
  if (nestedValue(before, [...table, key]) === value) return { ok: true, text };
  const result = changedText(text, [keyChange(text, table, key, `${key} = ${JSON.stringify(value)}`)]);
  const after = parsed(result);
  return after !== null && nestedValue(after, [...table, key]) === value
    ? { ok: true, text: result }
    : refused('the key stands in a form that cannot be edited');
}

function keyChange(text: string, table: readonly string[], key: string, line: string) {
  const lines = tomlLines(text);
  const own = lines.find((one) => one.key !== null && samePath(fullPath(one), [...table, key]));
  if (own) {
    const source = text.slice(own.start, own.end);
    const indent = /^\s*/.exec(source)?.[0] ?? '';
    const comment = /\s+#[^"']*$/.exec(source)?.[0] ?? '';
    return { start: own.start, end: own.end, text: indent + line + comment };
  }
  const members = lines.filter((one) => samePath(one.table, table));
  const header = members.find((one) => one.key === null);
  if (header) {
    const indent = /^[ \t]*/.exec(text.slice(members[1]?.start ?? header.start))?.[0] ?? '';
    return { start: header.end, end: header.end, text: `\n${indent}${line}` };
  }
  if (table.length === 0) {
    // Keys of the top of the file end where its first table begins.
    const last = members.at(-1);
    return last ? { start: last.end, end: last.end, text: `\n${line}` } : { start: 0, end: 0, text: `${line}\n` };
  }
  const joint = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  return { start: text.length, end: text.length, text: `${joint}[${table.join('.')}]\n${line}\n` };
}
