import { diffWordsWithSpace } from 'diff';

/** Half-open range of UTF-16 code units that changed. */
export interface ChangedRange {
  readonly start: number;
  readonly end: number;
}

/** In longer lines no words are marked: minified files have lines of megabytes. */
const wordLimit = 400;

/** What differs in `text` from its counterpart on the other side of the patch; nothing where all of it does. */
export function changedWords(text: string, other: string | null): readonly ChangedRange[] {
  if (other === null || text.length > wordLimit || other.length > wordLimit) return [];
  const ranges: ChangedRange[] = [];
  let at = 0;
  for (const { value, added, removed } of diffWordsWithSpace(other, text)) {
    if (removed) continue;
    if (added) ranges.push({ start: at, end: at + value.length });
    at += value.length;
  }
  const same = ranges.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  return same.trim() === '' ? [] : ranges;
}
