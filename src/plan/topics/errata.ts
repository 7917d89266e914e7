import { type Names, placeholders, renameTokens } from '../../elixir/names.ts';
import type { Fact } from '../../facts/fact.ts';
import { isWithin } from '../../pristine/versions.ts';
import type { CodeFinding } from '../code/code-file.ts';
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

function isWrong({ address, value, umbrella }: Erratum, plain: string, text: string): boolean {
  // `{app}` of a pattern stands for the web app too, which is just what is right in an umbrella.
  const isWebApp = umbrella === true && plain.includes('{app}_web');
  return fits(address, plain) && !isWebApp && (value === undefined || text.includes(value));
}

/** The mistakes that a project has taken over, where its facts stand. */
export function findErrata(facts: Iterable<Fact>, names: Names): CodeFinding[] {
  const plain = (text: string) => renameTokens(text, names, placeholders);
  const known = [...facts].map(({ address, value, at }) => ({ address: plain(address), value: plain(value), at }));
  const states = (pattern: string) => known.some(({ address }) => fits(pattern, address));
  const isUmbrella = names.webApp !== names.app;
  return errata
    .filter((one) => !one.onlyAsChange && (!one.umbrella || isUmbrella))
    .filter((one) => (one.besides === undefined || states(one.besides)) && !(one.missing && states(one.missing)))
    .filter(({ mended }) => !(mended && states(mended)))
    .flatMap((one) =>
      known.flatMap(({ address, value, at }) =>
        at && isWrong(one, address, value) ? [{ topic: one.topic, finding: { ...at, message: one.caution } }] : [],
      ),
    );
}
