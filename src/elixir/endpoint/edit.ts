import type { CallExpr, ListExpr, Source } from '../ast.ts';
import { type PlacedStatement, withBlankLines } from '../edit/blank-lines.ts';
import { addMember, atEnd, changed, type Member, moveMembers, removeMember } from '../edit/members.ts';
import { newStatement } from '../edit/new-statement.ts';
import { removeOption, setOption } from '../edit/option.ts';
import { type Body, bodyIndent, insertBeside, type NewStatement } from '../edit/statements.ts';
import { type Edited, type Editors, refused } from '../edited.ts';
import { findUse } from '../module.ts';
import { parse } from '../parse.ts';
import type { EndpointEntry } from './entry.ts';
import { bodiesUnder, entryKey, membersUnder, membersWithBlock } from './members.ts';
import type { EndpointOperation, OptionOwner } from './operation.ts';
import { type Endpoint, readEndpoint } from './read.ts';
import { introduceSessionOptions } from './session.ts';

type Of<Kind> = Extract<EndpointOperation, { kind: Kind }>;

/**
 * Edits of an endpoint; twice is the same as once. Refused where an entry shares its line, stands under another condition
 * than the one given, or has options that are no literals.
 */
export const endpointEditors: Editors<EndpointOperation> = {
  'add-endpoint-entry': inEndpoint(addEntry),
  'remove-endpoint-entry': inEndpoint(removeEntry),
  'move-endpoint-entries': inEndpoint((source, _, operation) => moveEntries(source.text, operation)),
  'introduce-session-options': inEndpoint(introduceSessionOptions),
  'set-endpoint-option': inEndpoint(setEntryOption),
  'remove-endpoint-option': inEndpoint(removeEntryOption),
};

function inEndpoint<O>(change: (source: Source, endpoint: Endpoint, operation: O) => Edited) {
  return (text: string, operation: O): Edited => {
    const source = parse(text);
    const endpoint = readEndpoint(source);
    return endpoint ? change(source, endpoint, operation) : refused('there is no module with `use Phoenix.Endpoint`');
  };
}

/** Nothing runs after the router unless the target says so: it answers. */
function routerAmong(members: readonly Member[]): string | undefined {
  return members.find(({ name }) => /^plug\/(?:.*\.)?Router$/.test(name))?.name;
}

function moveEntries(text: string, { condition, order }: Of<'move-endpoint-entries'>): Edited {
  const placed = membersWithBlock(parse(text), condition, order);
  const membersNow = (now: Source) => membersWithBlock(now, condition, order).members;
  return moveMembers(text, membersNow, placed.order, routerAmong(placed.members));
}

function addEntry(source: Source, endpoint: Endpoint, operation: Of<'add-endpoint-entry'>): Edited {
  const { entry, call, condition } = operation;
  const present = endpoint.entries.filter((one) => entryKey(one) === entry);
  if (present.some((one) => one.condition === condition)) return { ok: true, text: source.text };
  if (present.length > 0) return refused(`${entry} stands under another condition`);
  const { members, order } = membersWithBlock(source, condition, operation.order);
  const make = (indent: string) => newStatement(call, indent);
  const [body] = bodiesUnder(source, condition);
  if (condition !== null && body === undefined) return addBlock(source, condition, make);
  const added = { name: entry, order: withPlace(entry, order, members), barrier: routerAmong(members) };
  if (members.length === 0 && body) return addFirst(source, body, condition, make);
  return addMember(source, members, added, make, body ? atEntriesEnd(source, members, body) : () => null);
}

/** The target's order; a socket that none of it is near goes behind the other sockets, before the plugs. */
function withPlace(entry: string, order: readonly string[], members: readonly Member[]): readonly string[] {
  const names = members.map(({ name }) => name);
  if (!entry.startsWith('socket/') || order.some((name) => names.includes(name))) return order;
  const isSocket = (name: string) => name.startsWith('socket/');
  return [...names.filter(isSocket), entry, ...names.filter((name) => !isSocket(name))];
}

/** Behind the last entry: functions of the endpoint come after them. */
function atEntriesEnd(source: Source, members: readonly Member[], body: Body) {
  const last = members.at(-1);
  if (!last) return atEnd(source, body);
  return (statement: NewStatement) => insertBeside(source, last.body, last.statement, 'after', statement);
}

function addFirst(
  source: Source,
  body: Body,
  condition: string | null,
  make: (indent: string) => NewStatement | null,
): Edited {
  const statement = make(bodyIndent(source, body));
  if (statement === null) return refused('the new text is no single call');
  const use = condition === null ? findUse(body.statements, 'Phoenix.Endpoint') : undefined;
  const change = use ? insertBeside(source, body, use, 'after', statement) : atEnd(source, body)(statement);
  return changed(source.text, change);
}

/** Makes `if code_reloading? do … end` where generators put it: behind the static files, before other plugs. */
function addBlock(source: Source, condition: string, make: (indent: string) => NewStatement | null): Edited {
  const members = membersUnder(source, null);
  const plugs = members.filter(({ name }) => name.startsWith('plug/'));
  const block = `if ${condition}`;
  const order = [
    'plug/Plug.Static',
    block,
    ...plugs.map(({ name }) => name).filter((name) => name !== 'plug/Plug.Static'),
  ];
  const build = (indent: string): NewStatement | null => {
    const inner = make(`${indent}  `);
    return inner && { text: `${block} do\n${indent}  ${inner.text}\n${indent}end`, call: 'if' };
  };
  const [body] = bodiesUnder(source, null);
  const fallback = body ? atEntriesEnd(source, members, body) : () => null;
  return addMember(source, members, { name: block, order }, build, fallback);
}

/** Takes an entry out, and the block around it when nothing else is left in it. */
function removeEntry(source: Source, endpoint: Endpoint, operation: Of<'remove-endpoint-entry'>): Edited {
  const { entry, condition } = operation;
  const known = endpoint.entries.some((one) => entryKey(one) === entry && one.condition === condition);
  const member = membersUnder(source, condition).find(({ name }) => name === entry);
  if (known && !member) return refused(`${entry} shares its place with something else`);
  if (!member || condition === null || member.body.statements.length > 1) return removeMember(source, member);
  return removeMember(source, emptied(source, member) ?? member);
}

/** The block of a member that is all there is in it, comments included. */
function emptied(source: Source, { body, statement }: Member): Member | null {
  const { start, end } = body.range;
  const free = source.comments.some((comment) => comment.start > statement.range.end && comment.start < end);
  if (free) return null;
  for (const outer of bodiesUnder(source, null)) {
    const block = outer.statements.find(({ range }) => range.start < start && range.end >= end);
    const plain = block?.kind === 'call' && block.block?.body === body.statements && block.block.sections.length === 0;
    if (block && plain) return { name: '', statement: block, body: outer };
  }
  return null;
}

function setEntryOption(source: Source, endpoint: Endpoint, operation: Of<'set-endpoint-option'>): Edited {
  const found = holderOf(endpoint, operation.owner);
  if (found === null) return withoutHolder(operation.owner);
  const result = setOption(source, found.holder, operation.option, operation.value);
  const { entry } = found;
  if (!result.ok || !entry) return result;
  return withBlankLines(source, entry.call, result.text, (now) => placeOf(now, entry));
}

function removeEntryOption(source: Source, endpoint: Endpoint, operation: Of<'remove-endpoint-option'>): Edited {
  const found = holderOf(endpoint, operation.owner);
  return found ? removeOption(source, found.holder, operation.option) : withoutHolder(operation.owner);
}

function withoutHolder(owner: OptionOwner): Edited {
  return refused(`there is no ${ownerName(owner)} with literal options`);
}

function placeOf(source: Source, { kind, name, condition }: EndpointEntry): PlacedStatement | undefined {
  const now = readEndpoint(source)?.entries.find(
    (one) => one.kind === kind && one.name === name && one.condition === condition,
  );
  const body = now && bodiesUnder(source, condition).find(({ statements }) => statements.includes(now.call));
  return body && { statement: now.call, siblings: body.statements };
}

function ownerName(owner: OptionOwner): string {
  if (owner.kind === 'entry') return owner.entry;
  return owner.kind === 'attribute' ? `@${owner.attribute}` : 'session';
}

interface Holder {
  readonly holder: CallExpr | ListExpr;
  readonly entry: EndpointEntry | null;
}

function holderOf(endpoint: Endpoint, owner: OptionOwner): Holder | null {
  if (owner.kind === 'session') return sessionHolder(endpoint);
  if (owner.kind === 'attribute') return attributeHolder(endpoint, owner.attribute);
  const entry = endpoint.entries.find((one) => entryKey(one) === owner.entry && one.condition === owner.condition);
  return entry ? { holder: entry.call, entry } : null;
}

function attributeHolder(endpoint: Endpoint, name: string): Holder | null {
  const value = endpoint.attributes.find((attribute) => attribute.name === name)?.value;
  return value?.kind === 'list' ? { holder: value, entry: null } : null;
}

function sessionHolder(endpoint: Endpoint): Holder | null {
  if (endpoint.sessionAttribute !== null) return attributeHolder(endpoint, endpoint.sessionAttribute);
  const plug = endpoint.entries.find((entry) => entry.kind === 'plug' && entry.subject === 'Plug.Session');
  return plug ? { holder: plug.call, entry: plug } : null;
}
