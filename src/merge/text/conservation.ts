import { linesOf } from './region.ts';

/**
 * Whether a merged text has every line that it must: a line that stands once in the base, in yours and in the target
 * stands once in it, and one that both sides added once is not there twice.
 */
export function isConserved(
  texts: { readonly base: string; readonly yours: string; readonly target: string },
  result: string,
): boolean {
  const [base, yours, target, merged] = [texts.base, texts.yours, texts.target, result].map(countsOf);
  for (const [line, count] of yours ?? []) {
    if (count !== 1 || target?.get(line) !== 1) continue;
    const then = base?.get(line) ?? 0;
    const now = merged?.get(line) ?? 0;
    if (then === 1 && now !== 1) return false;
    if (then === 0 && now > 1 && isTelling(line)) return false;
  }
  return true;
}

/** Short lines and closing tags are written many times over without meaning the same. */
function isTelling(line: string): boolean {
  return line.length >= 12 && /\w/.test(line) && !line.startsWith('</');
}

/** How often each line stands in a text, indentation aside; blank ones do not count. */
function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) {
    const words = line.trim();
    if (words !== '') counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}
