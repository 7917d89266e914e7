import type { Source } from '../ast.ts';
import { bodiesOf } from '../edit/bodies.ts';
import type { Member } from '../edit/members.ts';
import type { Body } from '../edit/statements.ts';
import type { EndpointEntry } from './entry.ts';
import { endpointOf, readEndpoint } from './read.ts';

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

const staticPlug = 'plug/Plug.Static';
const blockName = 'if code_reloading?';

/**
 * `membersUnder` with the block for code reloading as one member, and the order with its place in it: right
 * behind the static files, so that it comes before whatever else goes there. A user who put it elsewhere keeps it.
 */
export function membersWithBlock(
  source: Source,
  condition: string | null,
  order: readonly string[],
): { readonly members: readonly Member[]; readonly order: readonly string[] } {
  const members = membersUnder(source, condition);
  const assets = members.find(({ name }) => name === staticPlug);
  const block = condition === null && assets ? codeReloadingBlock(source) : null;
  const at = order.indexOf(staticPlug) + 1;
  if (!assets || !block || at === 0 || block.statement.range.start < assets.statement.range.start) {
    return { members, order };
  }
  const all = [...members, block].sort((a, b) => a.statement.range.start - b.statement.range.start);
  return { members: all, order: [...order.slice(0, at), blockName, ...order.slice(at)] };
}

function codeReloadingBlock(source: Source): Member | null {
  const [inner] = bodiesUnder(source, 'code_reloading?');
  for (const body of bodiesUnder(source, null)) {
    const statement = body.statements.find((one) => one.kind === 'call' && one.block?.body === inner?.statements);
    if (inner && statement) return { name: blockName, statement, body };
  }
  return null;
}
