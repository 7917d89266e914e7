import { type Names, placeholders, renameTokens } from '../../elixir/names.ts';
import type { Fact } from '../../facts/fact.ts';
import { isWithin } from '../../pristine/versions.ts';
import type { CodeFinding } from '../code/code-file.ts';
import type { Claimable } from './claim.ts';
import { errata } from './errata-data.ts';
import { fits } from './pattern.ts';

/** A mistake of the generator itself: what it wrote, in which versions, and what to write instead. */
export interface Erratum {
  /** The topic whose step would bring it. */
  readonly topic: string;
  readonly since: string;
  /** First version without it; null while the newest generator has it. */
  readonly until: string | null;
  /** Only in umbrellas. */
  readonly umbrella?: boolean;
  /** Pattern of the fact that is wrong; with `missing`, of the fact that shows where to look. */
  readonly address: string;
  /** Part of the displayed value that makes it wrong. */
  readonly value?: string;
  /** Another fact without which it does no harm. */
  readonly besides?: string;
  /** The fact that the generator forgot. */
  readonly missing?: string;
  /** Wrong only as a change: a project that has it has no problem. */
  readonly harmless?: boolean;
  /** What is wrong and what to write instead. */
  readonly caution: string;
}

/** What to look out for when a change is taken: such a step is never safe. */
export function cautionsOf(change: Claimable): string[] {
  return errata
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
    .filter((one) => !one.harmless && (!one.umbrella || isUmbrella))
    .filter((one) => (one.besides === undefined || states(one.besides)) && !(one.missing && states(one.missing)))
    .flatMap((one) =>
      known.flatMap(({ address, value, at }) =>
        at && isWrong(one, address, value) ? [{ topic: one.topic, finding: { ...at, message: one.caution } }] : [],
      ),
    );
}
