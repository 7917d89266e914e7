import { dockerChanges } from '../../docker/changes.ts';
import { type DockerFact, unquoted } from '../../docker/facts.ts';
import type { Operation } from '../operation.ts';
import type { EditContext, FactEdit } from './edit-context.ts';

/** Edits of the Dockerfile and its `.dockerignore` for one address of area `docker`. */
export function dockerEdits({ address, result }: FactEdit, context: EditContext): Operation[] {
  const yours = context.yours.values.filter((one) => one.address.area === 'docker');
  const own = yours.map((one) => fact(one.address.text, one.value, one.at?.path));
  // Only this address changes; the target's others tell its place.
  const wanted = new Map(
    [...context.target].flatMap(([one, value]) => (one.area === 'docker' ? [[one.text, value] as const] : [])),
  );
  if (result === null) wanted.delete(address.text);
  // An order is the target's: items of the user's own keep their neighbours when the others are brought into it.
  else if (!address.isOrder) wanted.set(address.text, result);
  const target = [...wanted].map(([name, value]) => fact(name, value));
  const changes = dockerChanges(own, target, context.versions);
  const known = new Set([...own, ...changes].map((one) => one.address));
  if (argumentsIn(result ?? '').some((name) => wanted.has(name) && !known.has(name))) return [];
  return changes.flatMap((change) => (change.address === address.text ? [change.operation] : []));
}

/** Addresses of the arguments that a value is made of. */
function argumentsIn(value: string): string[] {
  return [...value.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => `docker/arg.${name}`);
}

function fact(address: string, value: string, path = 'Dockerfile'): DockerFact {
  return { address, value, path, line: 1 };
}

/** Why a change of the Dockerfile has no edit: it needs a version that the project states nowhere. Null for others. */
export function missingVersion({ address, result }: FactEdit): string | null {
  if (address.area !== 'docker' || result === null) return null;
  const [argument] = argumentsIn(result);
  if (argument !== undefined)
    return `it needs ${argumentsIn(result).join(', ').replaceAll('docker/arg.', 'ARG ')} first`;
  if (!/<(?:version|date)>/.test(result)) return null;
  const wanted = unquoted(result).replace('<date>', 'YYYYMMDD').replaceAll('<version>', 'X.Y.Z');
  return `choose a tag that exists for building and running image: ${wanted}; https://hub.docker.com/r/hexpm/elixir/tags`;
}

/** Edits of an overlay script or of the release module for one address of area `release`. */
export function releaseEdits({ address, yours, result }: FactEdit): Operation[] {
  const path = yours?.at?.path;
  if (path === undefined || result === null) return [];
  const [, name = ''] = /^function\.(.*)$/.exec(address.pathText) ?? [];
  if (name !== '') return [{ kind: 'set-function', path, function: name, body: result }];
  return path.endsWith('.bat') ? [] : [{ kind: 'script-commands', path, commands: unquoted(result) }];
}
