/**
 * Documents that can be laid out in more than one way, after Lindig's "Strictly Pretty" with the three
 * additions that Elixir's formatter makes to it: breaks that fill a line, groups that must not be flat, and
 * a last argument that may break while everything before it stays on one line.
 */
export type Document =
  | string
  | readonly Document[]
  /** `once`: in a broken group, only where no blank line is yet. */
  | { readonly kind: 'break'; readonly flat: string; readonly fill: boolean; readonly once?: boolean }
  | { readonly kind: 'line' }
  /** `whenBroken`: the indentation counts only inside a broken group. `cursor` is the column reached. */
  | { readonly kind: 'nest'; readonly by: number | 'cursor'; readonly whenBroken: boolean; readonly of: Document }
  /** A group that inherits is broken whenever the group around it is. */
  | { readonly kind: 'group'; readonly inherits: boolean; readonly of: Document }
  | { readonly kind: 'unflat'; readonly of: Document }
  /** Whether the line counts as fitting once the first break inside `of` is reached. */
  | { readonly kind: 'last'; readonly mayBreak: boolean; readonly of: Document };

/** Nothing, or a line break. */
export const softBreak: Document = { kind: 'break', flat: '', fill: false };
/** A space, or a line break. */
export const spaceBreak: Document = { kind: 'break', flat: ' ', fill: false };
/** A blank line before or behind what takes several lines. */
export const blankBreak: Document = { kind: 'break', flat: '', fill: false, once: true };
/** A space, or a line break only where the next piece does not fit any more. */
export const fillBreak: Document = { kind: 'break', flat: ' ', fill: true };
/** A line break in any case. */
export const newLine: Document = { kind: 'line' };

/** Breaks all of its breaks, or none. */
export function group(of: Document): Document {
  return { kind: 'group', inherits: false, of };
}

/** A group that is broken whenever the one around it is. */
export function inheritingGroup(of: Document): Document {
  return { kind: 'group', inherits: true, of };
}

/** Indents the lines inside by so many columns. */
export function nest(by: number, of: Document): Document {
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

/** A last argument that may break while what stands before it keeps to one line. */
export function lastMayBreak(of: Document): Document {
  return { kind: 'last', mayBreak: true, of };
}

/** A last argument for which everything has to fit up to its first break. */
export function lastMayNotBreak(of: Document): Document {
  return { kind: 'last', mayBreak: false, of };
}

/** Documents with a separator between each two. */
export function separated(documents: readonly Document[], separator: Document): Document {
  return documents.flatMap((document, index) => (index === 0 ? [document] : [separator, document]));
}

/** Puts text into the group at the end of a document, so that the group makes room for it. */
export function appendToLastGroup(document: Document, text: string): Document {
  if (typeof document === 'string' || isSequence(document)) {
    if (typeof document === 'string' || document.length === 0) return [document, text];
    return [...document.slice(0, -1), appendToLastGroup(document.at(-1) ?? '', text)];
  }
  if (document.kind === 'group') return { ...document, of: [document.of, text] };
  if (document.kind === 'nest' || document.kind === 'unflat' || document.kind === 'last') {
    return { ...document, of: appendToLastGroup(document.of, text) };
  }
  return [document, text];
}

type Mode = 'flat' | 'broken' | 'flat for good' | 'broken for good';

interface Item {
  readonly indent: number;
  readonly mode: Mode;
  readonly document: Document;
}

/** What is still to be laid out, the next item first. `restores` is whether a break was seen before a group. */
type Items = { readonly item: Item | { readonly restores: boolean }; readonly rest: Items } | null;

/** Lays a document out. `column` is where its first line begins, `indent` where the others do. */
export function layOut(document: Document, indent: number, column: number, width: number): string {
  let result = '';
  let at = column;
  let items: Items = { item: { indent, mode: 'flat', document }, rest: null };
  while (items !== null) {
    const { item, rest }: { item: Item | { restores: boolean }; rest: Items } = items;
    items = rest;
    if (!('document' in item)) continue;
    const { indent: depth, mode, document: next } = item;
    if (typeof next === 'string') {
      result += next;
      at += next.length;
    } else if (!isSequence(next) && (next.kind === 'break' || next.kind === 'line')) {
      if (next.kind === 'break' && staysOnLine(next, mode, width, at, rest)) {
        result += next.flat;
        at += next.flat.length;
      } else if (next.kind === 'line' || !next.once || !/\n *\n *$/.test(result)) {
        result = `${result.replace(/\n +$/, '\n')}\n${' '.repeat(depth)}`;
        at = depth;
      }
    } else {
      items = opened(item, next, width, at, rest);
    }
  }
  return result;
}

function staysOnLine(next: { flat: string; fill: boolean }, mode: Mode, width: number, at: number, rest: Items) {
  if (mode === 'flat') return true;
  return next.fill && fits(width, at + next.flat.length, true, rest);
}

type Compound = Exclude<Document, string | { kind: 'break' } | { kind: 'line' }>;

/** The items in place of a compound one; here each group decides whether it is flat. */
function opened(item: Item, next: Compound, width: number, at: number, rest: Items): Items {
  const { indent, mode } = item;
  if (isSequence(next)) return sequence(item, next, rest);
  const inner = (changed: Partial<Item>): Items => ({ item: { indent, mode, document: next.of, ...changed }, rest });
  if (next.kind === 'nest') {
    if (next.whenBroken && mode === 'flat') return inner({});
    return inner({ indent: next.by === 'cursor' ? at : indent + next.by });
  }
  if (next.kind !== 'group') return inner({});
  if (next.inherits && mode === 'broken') return inner({});
  const flat: Items = { item: { indent, mode: 'flat', document: next.of }, rest: null };
  return inner({ mode: fits(width, at, false, flat) ? 'flat' : 'broken' });
}

function sequence(item: Item, documents: readonly Document[], rest: Items): Items {
  return documents.reduceRight<Items>((items, document) => ({ item: { ...item, document }, rest: items }), rest);
}

/** Whether what comes next stays within the width up to its first sure line break. */
function fits(width: number, column: number, broke: boolean, from: Items): boolean {
  let items = from;
  let at = column;
  let seenBreak = broke;
  while (items !== null) {
    // A line without any break is as short as it can be.
    if (at > width && seenBreak) return false;
    const { item, rest }: { item: Item | { restores: boolean }; rest: Items } = items;
    items = rest;
    if (!('document' in item)) {
      seenBreak = item.restores;
      continue;
    }
    const { mode, document } = item;
    if (typeof document === 'string') {
      at += document.length;
    } else if (isSequence(document)) {
      items = sequence(item, document, rest);
    } else if (document.kind === 'break' || document.kind === 'line') {
      if (mode === 'broken' || mode === 'broken for good') return true;
      seenBreak = document.kind === 'break';
      at = document.kind === 'break' ? at + document.flat.length : item.indent;
    } else if (document.kind === 'unflat' && mode.startsWith('flat')) {
      return false;
    } else {
      items = unpacked(item, document.of, document, seenBreak, rest);
    }
  }
  return at <= width || !seenBreak;
}

function unpacked(item: Item, of: Document, document: Document, seenBreak: boolean, rest: Items): Items {
  if (typeof document === 'string' || isSequence(document)) return rest;
  if (document.kind === 'last') {
    const mode = document.mayBreak && item.mode !== 'flat for good' ? 'broken for good' : 'flat for good';
    return { item: { ...item, mode, document: of }, rest };
  }
  if (document.kind === 'group' && item.mode === 'broken') {
    return { item: { ...item, mode: 'flat', document: of }, rest: { item: { restores: seenBreak }, rest } };
  }
  return { item: { ...item, document: of }, rest };
}

function isSequence(document: Document): document is readonly Document[] {
  return Array.isArray(document);
}
