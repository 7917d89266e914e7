import type { Program } from './program.ts';
import { type Captures, run } from './run.ts';

/** A regular expression with the steps of its matcher counted. */
export interface Pattern {
  readonly program: Program;
  readonly step: (count: number) => void;
}

export function firstMatch({ program, step }: Pattern, text: string, from = 0): Captures | null {
  return run(program, text, from, step);
}

/** Texts of the whole and of each group; a group without a match is empty. */
export function textsOf(captures: Captures, text: string): string[] {
  const count = captures.length / 2;
  return Array.from({ length: count }, (_, index) => {
    const [start = -1, end = -1] = captures.slice(index * 2);
    return start === -1 ? '' : text.slice(start, end);
  });
}

function* matches(pattern: Pattern, text: string): Generator<Captures> {
  for (let from = 0; from <= text.length; ) {
    const found = firstMatch(pattern, text, from);
    if (found === null) return;
    yield found;
    const [start = 0, end = 0] = found;
    from = end === start ? end + 1 : end;
  }
}

/** Each match, or the first, replaced by what `replacement` makes of its texts. */
export function replaceAll(
  pattern: Pattern,
  text: string,
  replacement: (texts: readonly string[]) => string,
  isAll = true,
): string {
  let result = '';
  let from = 0;
  for (const found of matches(pattern, text)) {
    const [start = 0, end = 0] = found;
    result += text.slice(from, start) + replacement(textsOf(found, text));
    from = end;
    if (!isAll) break;
  }
  return result + text.slice(from);
}

/** What lies between the matches. */
export function splitBy(pattern: Pattern, text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const [start = 0, end = 0] of matches(pattern, text)) {
    if (end === start) continue;
    parts.push(text.slice(from, start));
    from = end;
  }
  return [...parts, text.slice(from)];
}
