import type { Range, Source } from '../ast.ts';
import type { TextChange } from '../edited.ts';
import { lineStart, nextLine } from '../position.ts';
import { commentOnLine, type Extent, elementExtent, type Sequence } from './sequence.ts';

/**
 * Takes an element out: with it its comma, a comment on its line, and the comments directly above it. A comment
 * that heads a paragraph of several elements stays with the others. The only element leaves an empty sequence:
 * for a call without parentheses, take the call out instead.
 */
export function removeElement(source: Source, sequence: Sequence, index: number): readonly TextChange[] {
  const extent = elementExtent(source, sequence, index);
  if (extent === null) throw new RangeError(`no element ${index} in a sequence of ${sequence.elements.length}`);
  const previous = elementExtent(source, sequence, index - 1);
  const next = elementExtent(source, sequence, index + 1);
  if (next === null) return removeLast(source, sequence, extent, previous);
  const { range, beginsLine, end } = extent;
  if (!beginsLine && next.beginsLine) return [{ start: previous?.end ?? sequence.inner.start, end, text: '' }];
  if (!next.beginsLine) return [{ start: range.start, end: next.range.start, text: '' }];
  const start = ownLead(source, sequence, index, extent);
  const stop = nextLine(source.text, end);
  return [{ start, end: blankAbove(source.text, start, sequence) ? behindBlanks(source.text, stop) : stop, text: '' }];
}

function removeLast(
  source: Source,
  sequence: Sequence,
  extent: Extent,
  previous: Extent | null,
): readonly TextChange[] {
  const { text } = source;
  const { range, end, beginsLine } = extent;
  if (previous === null) return removeOnly(source, sequence, extent);
  const stop = end;
  if (!beginsLine) return [{ start: previous.range.end, end: extent.comma ?? range.end, text: '' }];
  const start = ownLead(source, sequence, sequence.elements.length - 1, extent);
  const removal = { start: withoutBlanksAbove(text, start), end: stop, text: '' };
  const comma = previous.comma;
  if (extent.comma !== null || comma === null) return [removal];
  // The removal may begin right behind the comma that goes as well.
  if (comma >= removal.start) return [{ ...removal, start: comma - 1 }];
  const closes = text.slice(end).search(/\S/) === 0 && !text.startsWith('\n', end);
  const comment = commentOnLine(source, comma);
  if (closes && comment)
    return [
      { start: comma - 1, end: comma, text: '' },
      { start: range.start, end: stop, text: '' },
    ];
  return [{ start: comma - 1, end: comma, text: '' }, removal];
}

function removeOnly(source: Source, { inner }: Sequence, extent: Extent): readonly TextChange[] {
  const { text } = source;
  const left = source.comments.some(
    ({ start }) => start >= inner.start && start < inner.end && (start < extent.lead || start >= extent.end),
  );
  if (!left || !extent.beginsLine) return [{ ...inner, text: '' }];
  return [{ start: extent.lead, end: nextLine(text, extent.end), text: '' }];
}

/** Where a removal begins: with the comments above, unless they head a paragraph of which others remain. */
function ownLead(source: Source, sequence: Sequence, index: number, extent: Extent): number {
  const { text } = source;
  const line = lineStart(text, extent.range.start);
  if (extent.lead === line || !headsParagraph(source, sequence, index, extent)) return extent.lead;
  return line;
}

function headsParagraph(source: Source, sequence: Sequence, index: number, extent: Extent): boolean {
  const { text } = source;
  if (!blankAbove(text, extent.lead, sequence)) return false;
  const others: Extent[] = [];
  let end = extent.end;
  for (let at = index + 1; ; at += 1) {
    const next = elementExtent(source, sequence, at);
    if (next === null || /\n[ \t]*\r?\n/.test(text.slice(end, next.range.start))) break;
    others.push(next);
    end = next.end;
  }
  return others.length > 0 && others.every((one) => one.beginsLine && one.lead === lineStart(text, one.range.start));
}

/** Whether nothing but the bracket, or a blank line, stands above. */
function blankAbove(text: string, line: number, { inner }: { inner: Range }): boolean {
  const above = text.slice(Math.max(inner.start, lineStart(text, line - 1)), line);
  return above.trim() === '';
}

function behindBlanks(text: string, offset: number): number {
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(offset))?.[0] ?? '';
  return offset + blank.length;
}

/** Behind the last line with text above a line: its line break and blank lines go with what is removed. */
function withoutBlanksAbove(text: string, line: number): number {
  return text.slice(0, line).trimEnd().length;
}
