import type { Expr, Source } from '../ast.ts';
import { type Edited, edited, refused, type TextChange } from '../edited.ts';
import { callName } from '../module.ts';
import { type Neighbour, neighbourOf, nextMove } from '../order.ts';
import { parse } from '../parse.ts';
import {
  append,
  type Body,
  bodyIndent,
  insertBeside,
  movable,
  type NewStatement,
  newlineOf,
  removal,
} from './statements.ts';

/** A statement that has its place in an order: a plug, a socket, a quoted line. */
export interface Member {
  readonly name: string;
  readonly statement: Expr;
  readonly body: Body;
}

/** Refusal for a statement that cannot be lifted out by whole lines. */
const sharedLine = 'it shares its line with something else';

/** Applies one change; null stands for a place that cannot be edited. */
export function changed(text: string, change: TextChange | null): Edited {
  return change === null ? refused(sharedLine) : edited(text, [withNewlines(text, change)]);
}

/** A change with the line breaks of the text it goes into. */
export function withNewlines(text: string, change: TextChange): TextChange {
  return newlineOf(text) === '\n' ? change : { ...change, text: change.text.replace(/\r?\n/g, '\r\n') };
}

/**
 * Adds a statement in order (see `neighbourOf`), at the end of `fallback` where no sibling is present.
 * `make` lays the statement out for an indentation; null from it refuses.
 */
export function addMember(
  source: Source,
  members: readonly Member[],
  added: { readonly name: string; readonly order: readonly string[]; readonly barrier?: string | undefined },
  make: (indent: string) => NewStatement | null,
  fallback: (statement: NewStatement) => TextChange | null,
): Edited {
  const names = members.map(({ name }) => name);
  const neighbour = neighbourOf(added.name, names, added.order, added.barrier);
  const beside = neighbour && memberOf(members, neighbour);
  const body = (beside ?? members[0])?.body;
  const statement = make(body ? bodyIndent(source, body) : '');
  if (statement === null) return refused('the new text is no single call');
  if (!neighbour || !beside) return changed(source.text, fallback(statement));
  const side = 'after' in neighbour ? 'after' : 'before';
  return changed(source.text, insertBeside(source, beside.body, beside.statement, side, statement));
}

function memberOf(members: readonly Member[], neighbour: Neighbour): Member | undefined {
  const name = 'after' in neighbour ? neighbour.after : neighbour.before;
  return members.find((member) => member.name === name);
}

/** Takes a statement out; a text without it is left as it is. */
export function removeMember(source: Source, member: Member | undefined): Edited {
  if (member === undefined) return { ok: true, text: source.text };
  return changed(source.text, removal(source, member.body, member.statement));
}

/** Moves members, with their comments, until those of `order` stand in it. */
export function moveMembers(
  text: string,
  membersOf: (source: Source) => readonly Member[],
  order: readonly string[],
  barrier?: string,
): Edited {
  const source = parse(text);
  const members = membersOf(source);
  const names = members.map(({ name }) => name);
  const move = nextMove(names, order, barrier);
  if (move === null) return { ok: true, text };
  const member = members.find(({ name }) => name === move.name);
  const beside = memberOf(members, move.to);
  const changes = member && beside ? moving(source, member, beside, 'after' in move.to ? 'after' : 'before') : null;
  if (changes === null) return refused(sharedLine);
  const result = edited(
    text,
    changes.map((change) => withNewlines(text, change)),
  );
  return result.ok ? moveMembers(result.text, membersOf, order, barrier) : result;
}

function moving(source: Source, member: Member, beside: Member, side: 'after' | 'before'): TextChange[] | null {
  const text = movable(source, member.statement, bodyIndent(source, beside.body));
  const taken = removal(source, member.body, member.statement);
  if (text === null || taken === null) return null;
  const statement = { text, call: callName(member.statement) ?? '' };
  const put = insertBeside(source, beside.body, beside.statement, side, statement);
  return put && [taken, put];
}

/** `append`, for callers that have a body at hand. */
export function atEnd(source: Source, body: Body): (statement: NewStatement) => TextChange | null {
  return (statement) => append(source, body, statement);
}
