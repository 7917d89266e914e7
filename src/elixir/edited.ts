import { parse } from './parse.ts';

/** The new text of a file, or why it cannot be edited. Every editor in this folder returns one. */
export type Edited = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** A text change at a range of the old text. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies changes that do not overlap. The result must parse if the old text did: no other is offered. */
export function edited(text: string, changes: readonly TextChange[]): Edited {
  const result = withChanges(text, changes);
  return parse(result).problems.length > 0 ? refused('the result would not parse') : { ok: true, text: result };
}

/** A text with changes that do not overlap. */
export function withChanges(text: string, changes: readonly TextChange[]): string {
  // Of several at one place the last stands first, and before what replaces the text there.
  const ordered = [...changes].sort((a, b) => b.start - a.start || b.end - a.end).reverse();
  let result = '';
  let at = 0;
  for (const { start, end, text: changed } of ordered) {
    result += text.slice(at, start) + changed;
    at = end;
  }
  return result + text.slice(at);
}

/** An edit that is not made; `reason` goes behind a colon: `mix.exs: it exists already`. */
export function refused(reason: string): Edited {
  return { ok: false, reason };
}

/** How each kind of operation is carried out on the text of its file. The type wants every kind. */
export type Editors<O extends { readonly kind: string }> = {
  readonly [Kind in O['kind']]: (text: string, operation: Extract<O, { readonly kind: Kind }>) => Edited;
};

/** Carries out operations of one subject. */
export function performer<O extends { readonly kind: string }>(editors: Editors<O>) {
  return (text: string, operation: O): Edited => {
    // The type pairs each kind with its editor; an index by a union of kinds loses that.
    const editor: (text: string, operation: never) => Edited = editors[operation.kind as O['kind']];
    return editor(text, operation as never);
  };
}
