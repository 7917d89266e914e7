import { withoutMember } from '../facts/address.ts';
import type { FactArea } from '../facts/area.ts';
import type { Area, ChangeKind } from './topic.ts';

/** What a step needs to be called where no topic claims its change. */
export interface PlainStep {
  /** The same for the same address, in small letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly area: Area;
}

const verbs: Readonly<Record<ChangeKind, string>> = { add: 'Add', change: 'Change', remove: 'Remove' };

/** A step for one key or file, in the project's own names. The options of one dep share a step. */
export function plainStep({ address, kind }: { readonly address: string; readonly kind: ChangeKind }): PlainStep {
  const { address: plain, member } = withoutMember(address);
  const slash = plain.indexOf('/');
  const area = plain.slice(0, slash) as FactArea;
  const rest = area === 'deps' ? (plain.slice(slash + 1).split('.')[0] ?? '') : plain.slice(slash + 1);
  const id = [area, member ?? '', rest]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { id, title: `${verbs[kind]} ${nameOf(area, rest)}${member ? ` (${member})` : ''}`, area: areaOf(area, rest) };
}

/** Where the values of an area stand. */
const homes = {
  mix: 'mix.exs',
  supervision: 'the supervision tree',
  endpoint: 'the endpoint',
  release: 'the release',
  docker: 'the Dockerfile',
} as const;

function nameOf(area: FactArea, rest: string): string {
  if (/(^|\/)order$/.test(rest))
    return area === 'supervision' ? 'the order of children' : 'the order of plugs and sockets';
  if (area === 'file') return rest;
  if (area === 'deps') return `the dep ${rest}`;
  if (area === 'web') return rest.startsWith('router.') ? `${rest.slice('router.'.length)} in the router` : rest;
  if (area !== 'config') return `${rest} in ${homes[area]}`;
  const [scope = '', ...keys] = rest.split('/');
  return `${keys.join('/')} in the configuration${scope === 'all' ? '' : ` of ${scope}`}`;
}

function areaOf(area: FactArea, rest: string): Area {
  switch (area) {
    case 'file':
      return fileArea(rest);
    case 'release':
      return 'releases';
    case 'deps':
    case 'mix':
    case 'config':
    case 'supervision':
    case 'endpoint':
    case 'docker':
    case 'web':
      return area;
    default:
      return area satisfies never;
  }
}

function fileArea(path: string): Area {
  const own = path.replace(/^apps\/[^/]+\//, '');
  if (/^(?:assets|priv\/static)\//.test(own)) return 'assets';
  if (own.startsWith('test/')) return 'tests';
  if (own.startsWith('config/')) return 'config';
  if (own.startsWith('rel/')) return 'releases';
  if (/^(?:Dockerfile|\.dockerignore)/.test(own)) return 'docker';
  if (own.endsWith('.md')) return 'docs';
  return own.startsWith('lib/') || own.startsWith('priv/') ? 'web' : 'tooling';
}
