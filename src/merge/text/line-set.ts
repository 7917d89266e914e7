import { linesOf, type Region } from './region.ts';
import { isImported } from './script-imports.ts';

/** Whether a line is one of a set, in which neither order nor neighbours mean anything. */
export type IsMember = (line: string) => boolean;

/**
 * Settles conflicts between lines that are members of a set: yours, without what the generator dropped, with what it
 * brought. Comments and blank lines come along with the line below them. Other conflicts stay.
 */
export function mergeLineSets(regions: readonly Region[], isMember: IsMember): Region[] {
  const present = new Set(regions.flatMap(({ kind, text }) => (kind === 'conflict' ? [] : linesOf(text).map(trimmed))));
  return regions.map((region) => {
    if (region.kind !== 'conflict') return region;
    const texts = [region.base, region.yours, region.target].map(linesOf);
    const ofSet = texts.flat().every((line) => isMember(line));
    return ofSet ? { ...region, kind: 'merged', text: mergedSet(texts, present) } : region;
  });
}

function trimmed(line: string): string {
  return line.trim();
}

function mergedSet([base = [], yours = [], target = []]: readonly string[][], present: ReadonlySet<string>): string {
  const has = (lines: readonly string[], line: string) => lines.some((other) => trimmed(other) === trimmed(line));
  const kept = yours.filter((line) => !isEntry(line) || !has(base, line) || has(target, line));
  const brought = target.filter((line, at) =>
    isEntry(line)
      ? !has(base, line) &&
        !has(yours, line) &&
        !present.has(trimmed(line)) &&
        !isImported(line, [...yours, ...present])
      : !(line.trim() !== '' && has(yours, line)) && !isLoose(target, at, [...base, ...yours]),
  );
  return [...kept, ...brought].map((line) => `${line}\n`).join('');
}

/** Blank lines and comments say nothing of their own. */
function isEntry(line: string): boolean {
  return line.trim() !== '' && !/^\s*(#|\/\/|\/\*|\*)/.test(line);
}

/** A comment or blank line that no new entry follows. */
function isLoose(lines: readonly string[], at: number, known: readonly string[]): boolean {
  const next = lines.slice(at + 1).find(isEntry);
  return next === undefined || known.includes(next);
}

/** Which lines of a file are members of a set; null for a file that has none. */
export function memberOf(path: string): IsMember | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === '.gitignore' || name === '.dockerignore') return () => true;
  if (/\.[cm]?js$|\.ts$/.test(name)) return (line) => isComment(line) || /^\s*import\b.*["'];?\s*$/.test(line);
  if (name.endsWith('.css')) return (line) => isComment(line) || /^\s*@(import|plugin|source)\b.*;\s*$/.test(line);
  return null;
}

function isComment(line: string): boolean {
  return line.trim() === '' || /^\s*\/\//.test(line) || /^\s*\/\*.*\*\/\s*$/.test(line);
}

/** Whether a line of a file says nothing to a program: blank, or a comment by itself. */
export function isIdle(path: string, line: string): boolean {
  if (/\.(?:[cm]?js|ts|css)$/.test(path)) return isComment(line);
  return line.trim() === '' || (!/\.(?:heex|eex|leex|html|md)$/.test(path) && /^\s*#/.test(line));
}
