import type { Address } from '../facts/address.ts';
import type { Comparison } from './comparison.ts';
import type { RulingContext } from './pass.ts';

/**
 * New keys below something that the project took out or never took up are declined with it: `config :tailwind` in an
 * app without Tailwind, an option of a dep, plug or socket that is not there, or the environment of an alias that is the
 * user's own.
 */
export function declinedWithParents(
  comparisons: readonly Comparison[],
  { yours }: Pick<RulingContext, 'yours'>,
): Comparison[] {
  // A dep that is there can be configured, whatever the project has taken out of its configuration.
  const present = new Set(yours.addresses.flatMap((address) => [parentOf(address), configOfDep(address)]));
  const declined = new Set(
    comparisons.filter(({ outcome }) => outcome === 'declined').map(({ address }) => parentOf(address)),
  );
  const ownAliases = new Set(
    comparisons.flatMap(({ address, outcome }) => (outcome === 'yours' ? (aliasOf(address, 'aliases') ?? []) : [])),
  );
  return comparisons.map((comparison) => {
    const { address, outcome, yours: own } = comparison;
    const parent = parentOf(address);
    const alias = aliasOf(address, 'cli.preferred_envs');
    const goes = parent !== null && declined.has(parent) && !present.has(parent);
    const isNew = outcome === 'pending' && own === null;
    return isNew && (goes || (alias !== undefined && ownAliases.has(alias)))
      ? { ...comparison, outcome: 'declined' }
      : comparison;
  });
}

/**
 * The dep, the plug or socket, or the app or module in config of any scope, that an address is about; null for anything
 * else.
 */
function parentOf({ area, member, path }: Address): string | null {
  if (area === 'deps' || area === 'endpoint') return `${area} ${member} ${path[0]}`;
  if (area !== 'config') return null;
  const [, app = '', key = ''] = path;
  return /^[A-Z]/.test(key) ? `config ${app} ${key}` : `config ${app}`;
}

/** The alias that an address below `parent` is about. */
function aliasOf({ area, pathText, path }: Address, parent: string): string | undefined {
  return area === 'mix' && pathText.startsWith(`${parent}.`)
    ? path.slice(parent.split('.').length).join('.')
    : undefined;
}

function configOfDep({ area, path }: Address): string | null {
  return area === 'deps' ? `config ${path[0]}` : null;
}
