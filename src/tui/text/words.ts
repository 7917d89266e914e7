import type { ChangedRange } from '../../plan/changed-words.ts';
import type { StyledText } from './line.ts';

/** The spans with the given ranges in reverse video, which shows on every background and without colours. */
export function marked(spans: readonly StyledText[], ranges: readonly ChangedRange[]): readonly StyledText[] {
  if (ranges.length === 0) return spans;
  let at = 0;
  return spans.flatMap((part) => {
    const start = at;
    at += part.text.length;
    return markedPart(part, start, ranges);
  });
}

function markedPart(part: StyledText, start: number, ranges: readonly ChangedRange[]): readonly StyledText[] {
  const found: StyledText[] = [];
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
