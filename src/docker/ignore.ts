import type { Edited } from '../elixir/edited.ts';

/** One pattern of a `.dockerignore`; those with `!` bring files back. */
export interface IgnorePattern {
  readonly pattern: string;
  readonly line: number;
}

/** The patterns of a `.dockerignore` in order, comments and empty lines aside. */
export function ignoredPatterns(text: string): IgnorePattern[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ pattern: line.trim(), line: index + 1 }))
    .filter(({ pattern }) => pattern !== '' && !pattern.startsWith('#'));
}

/** Whether a directory at the root of the build context is kept out of the image, as Docker reads the patterns. */
export function ignores(text: string, directory: string): boolean {
  let ignored = false;
  for (const { pattern } of ignoredPatterns(text)) {
    const negated = pattern.startsWith('!');
    if (matches(negated ? pattern.slice(1) : pattern, directory)) ignored = !negated;
  }
  return ignored;
}

/** In characters, of a whole path on Linux: a longer pattern matches none, and may be too long to be compiled. */
const longestPath = 4096;

function matches(pattern: string, directory: string): boolean {
  const plain = pattern
    .replace(/^\.?\//, '')
    .replace(/\/(?:\*\*?)?$/, '')
    .replace(/^\*\*\//, '');
  if (plain.length > longestPath) return false;
  const expression = plain
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*/g, '.*')
    .replace(/(?<!\.)\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  return new RegExp(`^${expression}$`).test(directory);
}

/** Adds patterns that are not there yet at the end. */
export function addIgnored(text: string, patterns: readonly string[]): Edited {
  const present = new Set(ignoredPatterns(text).map(({ pattern }) => pattern));
  const missing = patterns.filter((pattern) => !present.has(pattern));
  if (missing.length === 0) return { ok: true, text };
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const joint = text === '' || text.endsWith('\n') ? '' : lineEnd;
  return { ok: true, text: text + joint + missing.map((pattern) => pattern + lineEnd).join('') };
}

/** Removes every line that is one of the patterns. */
export function removeIgnored(text: string, patterns: readonly string[]): Edited {
  const lines = text.split(/(?<=\n)/).filter((line) => !patterns.includes(line.trim()));
  return { ok: true, text: lines.join('') };
}
