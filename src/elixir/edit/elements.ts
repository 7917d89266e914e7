import type { Expr, Source } from '../ast.ts';
import type { TextChange } from '../edited.ts';
import { nearest } from '../order.ts';
import { indentAt, lineStart, nextLine } from '../position.ts';
import { formatWidth, printText } from '../print.ts';
import { refitted } from './refit.ts';
import { type Extent, elementExtent, type Sequence } from './sequence.ts';
import { newlineOf } from './statements.ts';

export { removeElement } from './remove.ts';
export { type Sequence, sequenceOf } from './sequence.ts';

/** Where a new element goes: beside the element of an index, or behind the last. */
export type ElementPlace = { readonly after: number } | { readonly before: number } | 'end';

/**
 * Puts an element into a sequence, in the layout that its neighbours have: on their line, or on its own with
 * their indentation, with the commas that this takes. `element` is one expression or `key: value`; in one line
 * (a fact's value) it is laid out by `print`, in several it is moved as it is, so that it may begin with comments.
 * Comments above the element that follows stay with that one. A line that gets too long is broken as
 * `mix format` would; a one-line sequence that takes an element of several lines is not offered by `edited`
 * when the result does not parse.
 *
 * The changes suit `edited` (src/elixir/edited.ts); those of several calls can be joined as long as they touch
 * different sequences on different lines.
 */
export function insertElement(
  source: Source,
  sequence: Sequence,
  place: ElementPlace,
  element: string,
  width = formatWidth,
): readonly TextChange[] {
  const last = sequence.elements.length - 1;
  if (last < 0) return intoEmpty(source, sequence, element, width);
  if (place !== 'end' && 'before' in place) return insertBefore(source, sequence, place.before, element, width);
  return insertAfter(source, sequence, place === 'end' ? last : place.after, element, width);
}

function intoEmpty(source: Source, { inner }: Sequence, element: string, width: number): readonly TextChange[] {
  const { text } = source;
  const between = text.slice(inner.start, inner.end);
  if (!between.includes('\n')) return refitted(source, [{ ...inner, text: flat(element) }], width);
  const closing = lineStart(text, inner.end);
  const comment = source.comments.find(({ start }) => start >= lineStart(text, inner.start) && start < inner.end);
  const own = comment && lineStart(text, comment.start) > inner.start;
  const indent = own ? indentAt(text, comment.start) : `${indentAt(text, inner.start)}  `;
  const line = indent + laidOut(source, element, indent, width) + newlineOf(text);
  return [{ start: closing, end: closing, text: line }];
}

function insertAfter(
  source: Source,
  sequence: Sequence,
  index: number,
  element: string,
  width: number,
): readonly TextChange[] {
  const { text } = source;
  const extent = presentExtent(source, sequence, index);
  const next = elementExtent(source, sequence, index + 1);
  const neighbour = next ?? extent;
  if (!neighbour.beginsLine) {
    return refitted(source, [at(extent.range.end, `, ${flat(element)}`)], width);
  }
  const indent = indentAt(text, neighbour.range.start);
  const line = newlineOf(text) + indent + laidOut(source, element, indent, width);
  if (extent.comma !== null) return [at(extent.end, `${line},`)];
  // Without a comment behind it, the element and its comma are one change.
  if (extent.end === extent.range.end) return [at(extent.end, `,${line}`)];
  return [at(extent.range.end, ','), at(extent.end, line)];
}

function presentExtent(source: Source, sequence: Sequence, index: number): Extent {
  const extent = elementExtent(source, sequence, index);
  if (extent === null) throw new RangeError(`no element ${index} in a sequence of ${sequence.elements.length}`);
  return extent;
}

function insertBefore(
  source: Source,
  sequence: Sequence,
  index: number,
  element: string,
  width: number,
): readonly TextChange[] {
  const extent = presentExtent(source, sequence, index);
  const { beginsLine, range, lead } = extent;
  if (!beginsLine) return refitted(source, [at(range.start, `${flat(element)}, `)], width);
  const indent = indentAt(source.text, range.start);
  return [at(lead, `${indent}${laidOut(source, element, indent, width)},${newlineOf(source.text)}`)];
}

/** Writes another element in the place of one; comments around it stay. */
export function replaceElement(
  source: Source,
  sequence: Sequence,
  index: number,
  element: string,
  width = formatWidth,
): readonly TextChange[] {
  const old = sequence.elements[index];
  if (old === undefined) throw new RangeError(`no element ${index} in a sequence of ${sequence.elements.length}`);
  return replaceExpr(source, old, element, width);
}

/**
 * Writes another expression in the place of one, as a pair's value: on the same line while it fits, else broken
 * as `mix format` would break the line.
 */
export function replaceExpr(
  source: Source,
  old: Expr,
  replacement: string,
  width = formatWidth,
): readonly TextChange[] {
  const { text } = source;
  const { start, end } = old.range;
  const first = lineStart(text, start);
  const indent = text.slice(first).search(/[^ \t]|$/);
  const column = start - first;
  const line = flat(replacement);
  const after = restOfLine(source, end);
  if (!line.includes('\n') && column + line.length + after <= width) return [{ start, end, text: line }];
  const change = { start, end, text: line };
  const [broken] = refitted(source, [change], width);
  if (broken !== undefined && broken !== change) return [broken];
  const printed = printText(replacement, { indent, column, width, after });
  return [{ start, end, text: moved(printed, replacement, text.slice(first, first + indent), newlineOf(text)) }];
}

/**
 * Where a name belongs among those that are present, by the order in which the target has them: behind the
 * nearest before it, else before the nearest behind it, else at the end. `present` has one entry for each
 * element, null for one without a name.
 */
export function placeInOrder(
  present: readonly (string | null)[],
  order: readonly string[],
  name: string,
): ElementPlace {
  const place = nearest(order, order.indexOf(name), (sibling) => present.includes(sibling));
  if (place === null) return 'end';
  return 'after' in place ? { after: present.lastIndexOf(place.after) } : { before: present.indexOf(place.before) };
}

function at(offset: number, text: string): TextChange {
  return { start: offset, end: offset, text };
}

/** An element on one line, if it can be: a text of several lines stays as it is. */
function flat(element: string): string {
  return element.includes('\n') ? element : printText(element, { indent: 0, width: Number.POSITIVE_INFINITY });
}

/** An element on lines of its own. */
function laidOut(source: Source, element: string, indent: string, width: number): string {
  const printed = element.includes('\n')
    ? element
    : printText(element, { indent: indent.length, width, after: ','.length });
  return moved(printed, element, indent, newlineOf(source.text));
}

/** A text of several lines as given starts at column 0 and is moved; a printed one already stands right. */
function moved(printed: string, given: string, indent: string, newline: string): string {
  const lines = printed.split(/\r?\n/);
  const shifted = given.includes('\n')
    ? lines.map((line, at) => (at > 0 && line !== '' ? indent + line : line))
    : lines;
  return shifted.join(newline);
}

/** How many characters stand behind an offset on its line, a comment aside. */
function restOfLine({ text, comments }: Source, offset: number): number {
  const end = nextLine(text, offset);
  const comment = comments.find(({ start }) => start >= offset && start < end);
  return text.slice(offset, comment?.start ?? end).trimEnd().length;
}
