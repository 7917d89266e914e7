import { diffWordsWithSpace } from 'diff';
import type { Span } from './line.ts';

/** Half-open range of UTF-16 code units that changed. */
export interface ChangedRange {
  readonly start: number;
  readonly end: number;
}

/** Longer lines are shown without marking words: minified files have lines of megabytes. */
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

/** The spans with the given ranges in reverse video, which shows on every background and without colours. */
export function marked(spans: readonly Span[], ranges: readonly ChangedRange[]): readonly Span[] {
  if (ranges.length === 0) return spans;
  let at = 0;
  return spans.flatMap((part) => {
    const start = at;
    at += part.text.length;
    return parted(part, start, ranges);
  });
}

function parted(part: Span, start: number, ranges: readonly ChangedRange[]): readonly Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const range of ranges) {
    const from = Math.min(Math.max(range.start - start, at), part.text.length);
    const to = Math.min(Math.max(range.end - start, from), part.text.length);
    if (from > at) found.push({ ...part, text: part.text.slice(at, from) });
    if (to > from) found.push({ ...part, text: part.text.slice(from, to), inverse: true });
    at = Math.max(at, to);
  }
  if (at < part.text.length) found.push({ ...part, text: part.text.slice(at) });
  return found;
}
