import { isWithin } from '../pristine/versions.ts';
import type { Claimable } from './claim.ts';
import { type Erratum, errata } from './errata-data.ts';
import { fits } from './pattern.ts';

/**
 * What to look out for when a change is taken, in an umbrella or not: such a step is never safe. `isMended` says that the
 * change's own edits put right what could be.
 */
export function cautionsOf(change: Claimable, isUmbrella: boolean, isMended = false): string[] {
  return errata
    .filter(({ mended, umbrella }) => !(mended && isMended) && (isUmbrella || !umbrella))
    .filter((one) => isWithin(change.since, one.since, one.until) && isBroughtBy(one, change))
    .map(({ caution }) => caution);
}

function isBroughtBy(one: Erratum, { address, kind, target }: Claimable): boolean {
  if (one.missing !== undefined) return kind === 'remove' && fits(one.missing, address);
  return kind !== 'remove' && isWrong(one, address, target ?? '');
}

/** Whether a fact, in placeholder form, is what the generator got wrong. */
export function isWrong({ address, value, umbrella }: Erratum, plain: string, text: string): boolean {
  // `{app}` of a pattern stands for the web app too, which is just what is right in an umbrella.
  const isWebApp = umbrella === true && plain.includes('{app}_web');
  return fits(address, plain) && !isWebApp && (value === undefined || text.includes(value));
}
