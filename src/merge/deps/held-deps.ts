import { listItems } from '../../elixir/list-items.ts';
import { allows, compareVersions, lowest, parseRequirement, parseVersion } from '../../elixir/requirement.ts';
import type { Address } from '../../facts/address.ts';
import type { History } from '../../facts/history.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/** Where else a dep may come from than from Hex. */
const checkouts = ['github', 'git', 'path'] as const;

/**
 * What holds a dep back besides its requirement. One from a checkout is left to its owner; `override: true` only says that
 * nobody else's requirement counts, and is raised like any other. One whose requirement already allows the target while the lock holds an older version needs no edit but an
 * update.
 */
export function heldDeps(
  comparisons: readonly Comparison[],
  { yours, history, project: { locked } }: Pick<RulingContext, 'yours' | 'history' | 'project'>,
): Comparison[] {
  return comparisons.map((comparison) => {
    const { area, path } = comparison.address;
    const [name = ''] = path;
    if (area === 'deps' && path[1] === 'only') {
      const note = isNarrowed(comparison, yours) ? 'you have it in every environment' : widerNote(comparison);
      return note === null ? comparison : { ...comparison, outcome: 'declined', note };
    }
    if (area !== 'deps' || path.length !== 1 || !comparison.yours) return comparison;
    return (
      owned(comparison, yours, history) ??
      leaving(comparison, yours, history) ??
      behindLock(comparison, locked.get(name)) ??
      comparison
    );
  });
}

/** Whether a dep that the project has everywhere would be left with some environments. */
function isNarrowed({ address, outcome, yours: own }: Comparison, yours: FactMap): boolean {
  return outcome === 'pending' && own === null && address.owner !== null && yours.has(address.owner);
}

/** What to say of a dep that the project has in the environments that the target names, and in more; null for any other. */
function widerNote({ outcome, yours, target }: Comparison): string | null {
  if ((outcome !== 'pending' && outcome !== 'conflict') || yours === null || target === null) return null;
  const [own, wanted] = [yours.value, target].map((value) => (value.startsWith('[') ? listItems(value) : [value]));
  const isWider = own && wanted && own.length > wanted.length && wanted.every((one) => own.includes(one));
  return isWider ? `you have it in ${own.join(', ')}` : null;
}

/** Left to a person, and said so; null where the dep is an ordinary one or nothing is asked of it. */
function owned(comparison: Comparison, yours: FactMap, history: History): Comparison | null {
  const { address, outcome, target } = comparison;
  if (target === null || (outcome !== 'pending' && outcome !== 'conflict')) return null;
  const option = checkouts.find((key) => isOwn(address.below(key), yours, history));
  if (option === undefined) return null;
  const stated = `${option}: ${yours.get(address.below(option))?.value}`;
  const wanted = target === 'nil' ? 'takes it from elsewhere' : `asks for ${target.slice(1, -1)}`;
  return { ...comparison, outcome: 'manual', note: `left alone for its ${stated}; the target ${wanted}` };
}

/** A dep that the generator dropped, with an option of the user's: it serves something. */
function leaving(comparison: Comparison, yours: FactMap, history: History): Comparison | null {
  const { address, outcome, target } = comparison;
  if (target !== null || outcome !== 'pending') return null;
  const below = yours.addresses.filter((one) => one.isBelow(address));
  const own = below.find((one) => isOwn(one, yours, history));
  return own ? { ...comparison, outcome: 'manual', note: `you set its option ${own.textBelow(address)}` } : null;
}

function isOwn(address: Address, yours: FactMap, history: History): boolean {
  const fact = yours.get(address);
  return fact !== undefined && history.wrote(address, fact.value) === 0n;
}

function behindLock(comparison: Comparison, lock: string | undefined): Comparison | null {
  const { yours, target, outcome } = comparison;
  if (!yours || target === null || lock === undefined || !['agreed', 'done', 'yours'].includes(outcome)) return null;
  const [mine, theirs] = [yours.value, target].map((value) => parseRequirement(value.slice(1, -1)));
  const [floor, held] = [theirs ? lowest(theirs) : null, parseVersion(lock)];
  if (!mine || !floor || !held || !allows(mine, floor) || compareVersions(held, floor) >= 0) return null;
  const note = `${yours.value.slice(1, -1)} allows it, mix.lock holds ${lock}`;
  return { ...comparison, outcome: 'pending', result: yours.value, note };
}
