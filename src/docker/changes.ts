import { listItems } from '../elixir/list-items.ts';
import { type DockerFact, unquoted } from './facts.ts';
import { type KnownVersions, withVersions } from './image.ts';
import type { DockerOperation } from './operation.ts';

/** What has to be done so that one address says what the target says. */
export interface DockerChange {
  readonly address: string;
  readonly operation: DockerOperation;
}

/**
 * One edit for each address at which two Dockerfiles differ, in an order in which they can be carried out. The
 * caller leaves out the addresses that the user decided: removals above all, which every own instruction would be.
 * A value whose versions are unknown gives no edit: the plan asks for them.
 */
export function dockerChanges(
  yours: readonly DockerFact[],
  target: readonly DockerFact[],
  versions: KnownVersions,
  path = 'Dockerfile',
): DockerChange[] {
  const own = new Map(yours.filter(isDocker).map((fact) => [fact.address, fact.value]));
  const wanted = new Map(target.filter(isDocker).map((fact) => [fact.address, fact.value]));
  const puts = [...wanted].flatMap(([address, value]) => {
    const setting = { versions, path, isNew: !own.has(address) };
    const operation = own.get(address) === value ? null : put(address, value, wanted, setting);
    return operation && !isOrder(address) ? [{ address, operation }] : [];
  });
  const removals = [...own.keys()]
    .filter((address) => !wanted.has(address))
    .flatMap((address) => removal(address, path));
  return [...puts, ...removals, ...orders(own, wanted, path)];
}

function isDocker({ address }: DockerFact): boolean {
  return address.startsWith('docker/');
}

function isOrder(address: string): boolean {
  return /^docker\/[\w.-]+\.order$/.test(address);
}

/** `build` and `copy.lib` of `docker/build.copy.lib`; stages other than the known roles have no target. */
function split(address: string): { stage: string; key: string } | null {
  const match = /^docker\/(build|run|only)\.(.*)$/s.exec(address);
  return match ? { stage: match[1] ?? '', key: match[2] ?? '' } : null;
}

interface Setting {
  readonly versions: KnownVersions;
  readonly path: string;
  /** Whether the project states nothing at the address yet. */
  readonly isNew: boolean;
}

function put(
  address: string,
  value: string,
  wanted: ReadonlyMap<string, string>,
  setting: Setting,
): DockerOperation | null {
  const { path, versions, isNew } = setting;
  const name = address.slice(address.lastIndexOf('.') + 1);
  // An argument that is new says what the project runs on, even where the target runs on something newer.
  const own = isNew && address === 'docker/arg.DEBIAN_VERSION' ? versions.debian : null;
  const text = withVersions(name, unquoted(value), versions) ?? own;
  if (text === null) return null;
  if (address.startsWith('docker/ignore.')) return { kind: 'ignore-add', path: ignorePath(path), patterns: [text] };
  if (address.startsWith('docker/arg.')) {
    return { kind: 'docker-set-arg', path, name, value: text, after: argsBefore(address, wanted) };
  }
  const place = split(address);
  if (!place) return null;
  const { stage, key } = place;
  if (key === 'from') return { kind: 'docker-set-image', path, stage, image: text };
  if (key === 'name') return { kind: 'docker-name-stage', path, stage, name: text };
  return { kind: 'docker-put', path, stage, key, value: text, after: keysBefore(stage, key, wanted) };
}

function ignorePath(path: string): string {
  return path.replace(/[^/]*$/, '.dockerignore');
}

function argsBefore(address: string, wanted: ReadonlyMap<string, string>): string[] {
  const args = [...wanted.keys()].filter((one) => one.startsWith('docker/arg.'));
  return args
    .slice(0, args.indexOf(address))
    .reverse()
    .map((one) => one.slice('docker/arg.'.length));
}

function keysBefore(stage: string, key: string, wanted: ReadonlyMap<string, string>): string[] {
  const order = orderOf(wanted, stage);
  return order.slice(0, Math.max(order.indexOf(key), 0)).reverse();
}

function orderOf(facts: ReadonlyMap<string, string>, stage: string): string[] {
  return listItems(facts.get(`docker/${stage}.order`) ?? '[]').map(unquoted);
}

function removal(address: string, path: string): DockerChange[] {
  if (isOrder(address)) return [];
  const arg = /^docker\/arg\.(.*)$/.exec(address)?.[1];
  if (arg !== undefined) return [{ address, operation: { kind: 'docker-remove-arg', path, name: arg } }];
  const pattern = /^docker\/ignore\.(.*)$/.exec(address)?.[1];
  if (pattern !== undefined) {
    return [{ address, operation: { kind: 'ignore-remove', path: ignorePath(path), patterns: [pattern] } }];
  }
  const place = split(address);
  if (!place || place.key === 'from' || place.key === 'name') return [];
  return [{ address, operation: { kind: 'docker-remove', path, ...place } }];
}

function orders(own: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>, path: string): DockerChange[] {
  return ['build', 'run'].flatMap((stage) => {
    const address = `docker/${stage}.order`;
    if (!own.has(address) || own.get(address) === wanted.get(address)) return [];
    const keys = orderOf(wanted, stage);
    return keys.length === 0 ? [] : [{ address, operation: { kind: 'docker-order' as const, path, stage, keys } }];
  });
}
