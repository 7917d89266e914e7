/**
 * Documents that can be laid out in more than one way, after Wadler's "A prettier printer" and Lindig's "Strictly
 * Pretty", with what the documentation of `Inspect.Algebra` adds to them: breaks that fill a line, groups that must not
 * be flat, a last argument that may break while everything before it stays on one line, and blank lines that collapse.
 */
export type Document =
  | string
  | readonly Document[]
  | Break
  | Line
  | Nest
  | Group
  | { readonly kind: 'unflat'; readonly of: Document }
  /** What stands behind it need not fit for a group to be flat. */
  | { readonly kind: 'enough' }
  /** Laid out as if lines had no end. */
  | { readonly kind: 'limitless'; readonly of: Document }
  /** Whether the line counts as fitting once the first break inside `of` is reached. */
  | { readonly kind: 'last'; readonly mayBreak: boolean; readonly of: Document };

/** `once`: in a broken group, a blank line where none is yet. */
export interface Break {
  readonly kind: 'break';
  readonly flat: string;
  readonly fill: boolean;
}
/** `exact` lines stand inside a literal: they neither collapse nor count as blank. */
export interface Line {
  readonly kind: 'line';
  readonly exact: boolean;
}
/** `whenBroken`: the indentation counts only inside a broken group. `cursor` is the column reached; `reset` is none. */
export interface Nest {
  readonly kind: 'nest';
  readonly by: number | 'cursor' | 'reset';
  readonly whenBroken: boolean;
  readonly of: Document;
}
/** A group that inherits is broken whenever the group around it is. */
export interface Group {
  readonly kind: 'group';
  readonly inherits: boolean;
  readonly of: Document;
}

/** Nothing, or a line break. */
export const softBreak: Document = { kind: 'break', flat: '', fill: false };
/** A space, or a line break. */
export const spaceBreak: Document = { kind: 'break', flat: ' ', fill: false };
/** A space, or a line break only where the next piece does not fit any more. */
export const fillBreak: Document = { kind: 'break', flat: ' ', fill: true };
/** A line break in any case. */
export const newLine: Document = { kind: 'line', exact: false };
/** A line break inside a literal. */
export const literalLine: Document = { kind: 'line', exact: true };

/** What stands behind it need not fit for a group to be flat. */
export const enough: Document = { kind: 'enough' };

/** Breaks all of its breaks, or none. */
export function group(of: Document): Document {
  return { kind: 'group', inherits: false, of };
}

/** A group that is broken whenever the one around it is. */
export function inheritingGroup(of: Document): Document {
  return { kind: 'group', inherits: true, of };
}

/** Indents the lines inside by so many columns. */
export function nest(by: number | 'cursor' | 'reset', of: Document): Document {
  return { kind: 'nest', by, whenBroken: false, of };
}

/** Indents the lines inside only where the group around them is broken. */
export function nestWhenBroken(by: number | 'cursor', of: Document): Document {
  return { kind: 'nest', by, whenBroken: true, of };
}

/** Keeps every group around it from being flat. */
export function unflat(of: Document): Document {
  return { kind: 'unflat', of };
}

/** Takes no line break but those that are sure. */
export function limitless(of: Document): Document {
  return { kind: 'limitless', of };
}

/** A last argument that may break while what stands before it keeps to one line. */
export function lastMayBreak(of: Document): Document {
  return { kind: 'last', mayBreak: true, of };
}

/** A last argument for which everything has to fit up to its first break. */
export function lastMayNotBreak(of: Document): Document {
  return { kind: 'last', mayBreak: false, of };
}

/** Documents with a separator between each two. */
export function separated(documents: readonly Document[], separator: Document): Document[] {
  return documents.flatMap((document, index) => (index === 0 ? [document] : [separator, document]));
}

/** Puts text into the group at the end of a document, so that the group makes room for it. */
export function appendToLastGroup(document: Document, text: string): Document {
  if (typeof document === 'string') return document + text;
  if (isSequence(document)) {
    return document.length === 0
      ? text
      : [...document.slice(0, -1), appendToLastGroup(document[document.length - 1] ?? '', text)];
  }
  if (document.kind !== 'group' && document.kind !== 'nest' && document.kind !== 'unflat') return [document, text];
  if (document.kind === 'group') return { ...document, of: [document.of, text] };
  return { ...document, of: appendToLastGroup(document.of, text) };
}

/** A document without the group around it. */
export function ungrouped(document: Document): Document {
  return typeof document !== 'string' && !isSequence(document) && document.kind === 'group' ? document.of : document;
}

export function isSequence(document: Document): document is readonly Document[] {
  return Array.isArray(document);
}
