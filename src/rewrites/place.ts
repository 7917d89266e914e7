import type { Range } from '../elixir/ast.ts';
import type { TextChange } from '../elixir/edited.ts';

/** A place of the user's code that a rewrite is for: rewritten by `changes`, or left as it is for a reason. */
export type Place = RewrittenPlace | LeftPlace;

/** Offsets count in the text of the file. A place inside another rewritten one has no changes of its own. */
export interface RewrittenPlace {
  readonly at: number;
  readonly changes: readonly TextChange[];
}

export interface LeftPlace {
  readonly at: number;
  /** Goes behind a colon: `left as it is: the action is not written out`. */
  readonly reason: string;
}

/** What a rewrite comes to in one file. */
export interface RewriteResult {
  readonly places: readonly Place[];
  /** Changes that places bring along: a directive that they need, one that nothing needs any more. */
  readonly besides: readonly TextChange[];
}

/** A file to rewrite. */
export interface RewriteFile {
  readonly path: string;
  readonly text: string;
  /** Text of another file of the project; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

/** Whether a place is left as it is. */
export function isLeft(place: Place): place is LeftPlace {
  return 'reason' in place;
}

/** All changes of the places that are rewritten. */
export function changesOf(places: readonly Place[]): TextChange[] {
  return places.flatMap((place) => ('changes' in place ? place.changes : []));
}

/** A range in code that stands at an offset of a file, replaced. */
export function replacing({ start, end }: Range, offset: number, text: string): TextChange {
  return { start: start + offset, end: end + offset, text };
}
