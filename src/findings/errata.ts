import { type Names, placeholders, renameTokens } from '../elixir/names.ts';
import type { Fact } from '../facts/fact.ts';
import { isWrong } from '../topics/errata.ts';
import { errata } from '../topics/errata-data.ts';
import { fits } from '../topics/pattern.ts';
import type { CodeFinding } from './code/code-file.ts';

/** The mistakes that a project has taken over, where its facts stand. */
export function findErrata(facts: Iterable<Fact>, names: Names): CodeFinding[] {
  const plain = (text: string) => renameTokens(text, names, placeholders);
  const known = [...facts].map(({ address, value, at }) => ({ address: plain(address.text), value: plain(value), at }));
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
