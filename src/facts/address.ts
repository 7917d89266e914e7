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
