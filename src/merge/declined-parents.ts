import type { Address } from '../facts/address.ts';
import type { Comparison } from './comparison.ts';
import type { RulingContext } from './pass.ts';

/**
 * New keys below something that the project took out or never took up are declined with it: `config :tailwind` in an
 * app without Tailwind, or an option of a dep, plug or socket that is not there.
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
  return comparisons.map((comparison) => {
    const parent = parentOf(comparison.address);
    const isNew = comparison.outcome === 'pending' && comparison.yours === null;
    return isNew && parent !== null && declined.has(parent) && !present.has(parent)
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

function configOfDep({ area, path }: Address): string | null {
  return area === 'deps' ? `config ${path[0]}` : null;
}
