import type { OptionOwner } from '../../elixir/endpoint/operation.ts';
import { listItems } from '../../elixir/list-items.ts';
import type { Address } from '../../facts/address.ts';
import type { Operation } from '../operation.ts';
import type { EditContext, FactEdit } from './edit-context.ts';

const reloading = 'code_reloading/';

/** Edits of the endpoint for one address of area `endpoint`. Options of a new or leaving entry come and go with it. */
export function endpointEdits(edit: FactEdit, context: EditContext): Operation[] {
  const path = context.project.webFiles.endpoint;
  if (path === null) return [];
  const [head = '', ...option] = edit.address.path;
  const condition = head.startsWith(reloading) ? 'code_reloading?' : null;
  const entry = condition ? head.slice(reloading.length) : head;
  const order = entryOrder(edit.address, condition !== null, context);
  if (entry === 'order') return [{ kind: 'move-endpoint-entries', path, condition, order }];
  if (entry === 'session') return optionEdits(edit, path, { kind: 'session' }, option, context);
  const base = edit.address.beside(head);
  if (option.length > 0) {
    if (!context.yours.has(base) || !context.target.has(base)) return [];
    return optionEdits(edit, path, { kind: 'entry', entry, condition }, option, context);
  }
  const removal: Operation = { kind: 'remove-endpoint-entry', path, entry, condition };
  if (edit.result === null) return [removal];
  const call = callText(entry, base, edit.result, context);
  const added: Operation = { kind: 'add-endpoint-entry', path, entry, call, condition, order };
  return [...sessionFor(call, path, context), ...(edit.yours ? [removal] : []), added];
}

function optionEdits(
  { result, address }: FactEdit,
  path: string,
  owner: OptionOwner,
  option: readonly string[],
  context: EditContext,
): Operation[] {
  if (result === null) return [{ kind: 'remove-endpoint-option', path, owner, option }];
  const value = result === '"secret"' ? `"${context.salt(address)}"` : result;
  return [...sessionFor(value, path, context), { kind: 'set-endpoint-option', path, owner, option, value }];
}

/** What names `@session_options` needs them to be an attribute. */
function sessionFor(text: string, path: string, { project }: EditContext): Operation[] {
  const named = text.includes('@session_options');
  const present = project.tree.read(path)?.includes('@session_options') ?? false;
  return named && !present ? [{ kind: 'introduce-session-options', path }] : [];
}

/** The call that the target's facts about an entry amount to. */
function callText(entry: string, base: Address, positional: string, { target }: EditContext): string {
  const [kind = '', ...rest] = entry.split('/');
  const name = rest.join('/').replace(/[@#].*$/, '');
  const options = [...target].flatMap(([address, value]): [readonly string[], string][] =>
    address.isBelow(base) ? [[address.path.slice(1), value]] : [],
  );
  const subject = kind === 'socket' ? `"${name}"` : name;
  const args = [subject, ...listItems(positional), ...(entry === 'plug/Plug.Session' ? ['@session_options'] : [])];
  const keywords = keywordText(options);
  return `${kind} ${[...args, ...(keywords === '' ? [] : [keywords])].join(', ')}`;
}

/** Key paths and values as nested keywords: `websocket: [connect_info: […]]`. */
function keywordText(options: readonly (readonly [readonly string[], string])[]): string {
  const heads = [...new Set(options.map(([path]) => path[0] ?? ''))];
  return heads
    .map((head) => {
      const below = options.filter(([path]) => path[0] === head);
      const [leaf] = below.filter(([path]) => path.length === 1);
      if (leaf) return `${head}: ${leaf[1]}`;
      return `${head}: [${keywordText(below.map(([path, value]) => [path.slice(1), value] as const))}]`;
    })
    .join(', ');
}

function entryOrder(address: Address, inReloading: boolean, { target }: EditContext): string[] {
  const order = target.get(address.beside(`${inReloading ? reloading : ''}order`)) ?? '[]';
  return listItems(order).map((item) => item.slice(1, -1));
}
