import { display } from '../../elixir/canonical.ts';
import type { EndpointEntry } from '../../elixir/endpoint/entry.ts';
import { type Endpoint, readEndpoint } from '../../elixir/endpoint/read.ts';
import { parse } from '../../elixir/parse.ts';
import type { Member } from '../area.ts';
import type { Fact } from '../fact.ts';
import { FactList } from './fact-list.ts';

/** Condition that the generator itself writes; entries under any other are the user's own. */
const codeReloading = 'code_reloading?';

/** Plugs, sockets, their options and order, and the session, from the text of an endpoint. */
export function endpointFacts(text: string, file: string, member: Member | null): Fact[] {
  const endpoint = readEndpoint(parse(text));
  if (endpoint === null) return [];
  const list = new FactList('endpoint', member, file);
  for (const entry of endpoint.entries) addEntry(list, entry, endpoint);
  for (const condition of [null, codeReloading]) addOrder(list, endpoint, condition);
  for (const { path, display: value, line } of endpoint.session) list.add(['session', ...path], value, line);
  return list.facts;
}

function placeOf(condition: string | null): string | null {
  if (condition === null) return '';
  return condition === codeReloading ? 'code_reloading/' : null;
}

function addEntry(list: FactList, entry: EndpointEntry, endpoint: Endpoint): void {
  const place = placeOf(entry.condition);
  if (place === null) return;
  const name = `${place}${entry.kind}/${entry.name}`;
  const session = entry.subject === 'Plug.Session';
  const positional = session ? [] : entry.positional.map((arg) => display(arg));
  list.add([name], `[${positional.join(', ')}]`, entry.line);
  // Options of the session are facts of their own, wherever they stand.
  if (session && endpoint.sessionAttribute === null) return;
  for (const { path, display: value, line } of entry.options) list.add([name, ...path], value, line);
}

function addOrder(list: FactList, endpoint: Endpoint, condition: string | null): void {
  const entries = endpoint.entries.filter((entry) => entry.condition === condition);
  const [first] = entries;
  if (first === undefined) return;
  const names = entries.map((entry) => `"${entry.kind}/${entry.name}"`);
  list.add([`${placeOf(condition)}order`], `[${names.join(', ')}]`, first.line);
}
