import type { Source } from '../ast.ts';
import { commentOnLine, elementExtent, type Sequence } from '../edit/sequence.ts';
import type { TextChange } from '../edited.ts';
import { indentAt } from '../position.ts';

/**
 * Text of an element as `insertElement` takes it: from column 0, with the comments that its removal takes along.
 * A comment behind the element comes to stand above it, where the comma of its new place cannot hit it.
 */
export function elementText(source: Source, sequence: Sequence, index: number, removal: readonly TextChange[]): string {
  const extent = elementExtent(source, sequence, index);
  if (extent === null) throw new RangeError(`no element ${index}`);
  const { text } = source;
  const { start, end } = extent.range;
  const indent = indentAt(text, start);
  const taken = removal.some((change) => change.start <= extent.lead && change.end >= start);
  const behind = commentOnLine(source, extent.comma ?? end);
  const above = taken ? text.slice(extent.lead, start) : '';
  const comment = behind ? `${text.slice(behind.start, behind.end).trimEnd()}\n` : '';
  const lines = `${above.trimStart()}${comment}${text.slice(start, end)}`.split(/\r?\n/);
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}
