import { sameValue } from '../elixir/canonical.ts';
import type { Address } from './address.ts';
import type { History } from './history.ts';
import { indexesOf } from './version-set.ts';

/** Which version of the generator a project stems from, as far as its facts and files tell. */
export interface Origin {
  /** Newest of the versions that fit best; null where nothing in the project fits any. */
  readonly version: string | null;
  /** Share of what that version wrote that stands in the project as it wrote it, 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** A file or fact that tells versions apart counts by how seldom people change it on the way. */
function weight(address: Address): number {
  // Release files are made at any time after the project.
  if (address.isRelease) return 0;
  if (address.area === 'deps' && address.path.length === 1) return 0.2;
  if (address.area === 'file') return 0.5;
  return 1;
}

interface Score {
  readonly version: string;
  readonly agreeing: number;
  readonly total: number;
  readonly score: number;
}

/**
 * Finds the version whose facts the project shares most and lacks least. `yours` gives the project's value (for
 * files the hash) at an address. Versions that fit equally well wrote the same for this project: the newest of
 * them is named.
 */
export function findOrigin(yours: (address: Address) => string | undefined, history: History): Origin {
  const scores = scoresOf(yours, history);
  const best = scores.reduce<Score | null>((top, one) => (top === null || one.score >= top.score ? one : top), null);
  if (best === null || best.agreeing === 0) return { version: null, confidence: 0, evidence: [] };
  return {
    version: best.version,
    confidence: Math.round((best.agreeing / best.total) * 100) / 100,
    evidence: evidenceFor(best, history, yours),
  };
}

/** Scores of all versions, oldest first: each value is compared once, whatever the number of versions that wrote it. */
function scoresOf(yours: (address: Address) => string | undefined, history: History): Score[] {
  const scores = history.versions.map((version) => ({ version, agreeing: 0, total: 0, score: 0 }));
  for (const address of history.addresses) {
    const points = weight(address);
    const own = yours(address);
    for (const { value, versions } of history.values(address)) {
      const agrees = own !== undefined && sameValue(own, value);
      for (const index of indexesOf(versions)) {
        const score = scores[index];
        if (score === undefined) continue;
        score.total += points;
        if (agrees) score.agreeing += points;
        if (agrees) score.score += points;
        else if (own === undefined) score.score -= points / 2;
      }
    }
  }
  return scores;
}

/** How many facts agree, and the newest values that only this version and its neighbours wrote. */
function evidenceFor(
  { version, agreeing, total }: Score,
  history: History,
  yours: (address: Address) => string | undefined,
): string[] {
  const agrees = ([address, value]: readonly [Address, string]) => {
    const own = yours(address);
    return own !== undefined && sameValue(own, value);
  };
  const facts = [...history.facts(version)];
  const files = facts.filter(([address]) => address.area === 'file');
  const intact = files.filter(agrees).length;
  const present = files.filter(([address]) => yours(address) !== undefined).length;
  return [
    `${Math.round((agreeing / total) * 100)} % of the ${version} output is unchanged`,
    `${intact} of ${files.length} generated files are untouched, ${files.length - present} are gone`,
  ];
}
