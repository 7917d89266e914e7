import type { Source } from '../ast.ts';
import { bodiesOf } from '../edit/bodies.ts';
import type { Member } from '../edit/members.ts';
import type { Body } from '../edit/statements.ts';
import { endpointOf, readEndpoint } from './endpoint.ts';
import type { EndpointEntry } from './entry.ts';

/** `plug/Plug.Static`, `socket//live`: an entry among those under one condition. */
export function entryKey(entry: Pick<EndpointEntry, 'kind' | 'name'>): string {
  return `${entry.kind}/${entry.name}`;
}

/** The bodies whose statements count under a condition, in the order of the file. */
export function bodiesUnder(source: Source, condition: string | null): Body[] {
  const block = endpointOf(source)?.call.block;
  const bodies = block ? bodiesOf(block) : [];
  return bodies.filter((one) => one.condition === condition).map(({ body }) => body);
}

/** The entries under a condition that stand as statements of their own. */
export function membersUnder(source: Source, condition: string | null): Member[] {
  const bodies = bodiesUnder(source, condition);
  return (readEndpoint(source)?.entries ?? []).flatMap((entry): Member[] => {
    const body = bodies.find(({ statements }) => statements.includes(entry.call));
    return body ? [{ name: entryKey(entry), statement: entry.call, body }] : [];
  });
}
