import type { FactArea } from './area.ts';
import type { Member } from './fact.ts';

/** The address as text: area, member of an umbrella, key path. docs/facts.md lists every form. */
export function formatAddress(area: FactArea, member: Member | null, path: readonly string[]): string {
  const place = member ? `${area}@${member}` : area;
  const joint = area === 'config' ? [path[0] ?? '', path.slice(1).join('.')] : [path.join('.')];
  return [place, ...joint].join('/');
}

/** Where one member of an umbrella begins: `deps@web/phoenix` is `deps/phoenix` in member `web`. */
export function withoutMember(address: string): { address: string; member: Member | null } {
  const match = /^([a-z]+)@(root|core|web)\//.exec(address);
  if (!match) return { address, member: null };
  const rest = address.slice(match[0].length);
  return { address: `${match[1]}/${rest}`, member: match[2] as Member };
}

/** The parts of an address: what `formatAddress` joined. Names must be the project's own, no placeholders. */
export function parseAddress(address: string): { area: FactArea; member: Member | null; path: string[] } {
  const { address: plain, member } = withoutMember(address);
  const slash = plain.indexOf('/');
  const area = plain.slice(0, slash) as FactArea;
  return { area, member, path: pathOf(area, plain.slice(slash + 1)) };
}

/** Address of the dep, plug or socket that an option is of; null for anything else. */
export function ownerOf(address: string): string | null {
  const { area, member, path } = parseAddress(address);
  const [owner = ''] = path;
  const hasOptions = area === 'deps' || (area === 'endpoint' && /(^|\/)(plug|socket)\//.test(owner));
  return hasOptions && path.length > 1 ? formatAddress(area, member, [owner]) : null;
}

function pathOf(area: FactArea, text: string): string[] {
  switch (area) {
    case 'config': {
      const slash = text.indexOf('/');
      return [text.slice(0, slash), ...keyPath(text.slice(slash + 1))];
    }
    case 'deps':
    case 'mix':
      return splitOnce(text);
    case 'supervision':
      return text.startsWith('options.') ? splitOnce(text) : [text];
    case 'endpoint':
      return endpointPath(text);
    case 'web':
      return text.startsWith('router.') ? text.split('.') : keyPath(text);
    default:
      return [text];
  }
}

/** Keys of config and options, a module's name being one key: `shop.ShopWeb.Endpoint.http` has three. */
function keyPath(text: string): string[] {
  const keys: string[] = [];
  for (const part of text.split('.')) {
    const last = keys.at(-1);
    if (/^[A-Z]/.test(part) && last !== undefined && /^[A-Z]/.test(last)) keys[keys.length - 1] = `${last}.${part}`;
    else keys.push(part);
  }
  return keys;
}

/** `aliases.assets.deploy` names the alias `assets.deploy`; further keys of `project` are a path. */
function splitOnce(text: string): string[] {
  const dot = text.indexOf('.');
  if (dot === -1 || text.includes('(')) return [text];
  const [head, rest] = [text.slice(0, dot), text.slice(dot + 1)];
  return head === 'aliases' ? [head, rest] : [head, ...rest.split('.')];
}

/** `plug/Plug.Static.gzip` is an option of an entry; a socket's path holds no dot. */
function endpointPath(text: string): string[] {
  const match =
    /^((?:code_reloading\/)?(?:plug\/(?::\w+|(?:[A-Z]\w*)(?:\.[A-Z]\w*)*)|socket\/[^.]*)(?:[@#][^.]*)?)(?:\.(.*))?$/.exec(
      text,
    );
  if (!match?.[1]) return text.split('.');
  return [match[1], ...(match[2] ? match[2].split('.') : [])];
}
