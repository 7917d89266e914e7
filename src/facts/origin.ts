import { sameValue } from '../elixir/canonical.ts';
import type { History } from './history.ts';

/** Which version of the generator a project stems from, as far as its facts and files tell. */
export interface Origin {
  /** Newest of the versions that fit best; null where nothing in the project fits any. */
  readonly version: string | null;
  /** Share of what that version wrote that stands in the project as it wrote it, 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** A file or fact that tells versions apart counts by how seldom people change it on the way. */
function weight(address: string): number {
  if (/^deps(@\w+)?\/\w+$/.test(address)) return 0.2;
  if (address.startsWith('file/')) return 0.5;
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
export function findOrigin(yours: (address: string) => string | undefined, history: History): Origin {
  const agreement = new Map<string, boolean>();
  const agrees = (address: string, value: string): boolean => {
    const key = `${address}\n${value}`;
    const known = agreement.get(key);
    if (known !== undefined) return known;
    const own = yours(address);
    const result = own !== undefined && sameValue(own, value);
    agreement.set(key, result);
    return result;
  };
  const scores = history.versions.map((version) => scoreOf(version, history, yours, agrees));
  const best = scores.reduce<Score | null>((top, one) => (top === null || one.score >= top.score ? one : top), null);
  if (best === null || best.agreeing === 0) return { version: null, confidence: 0, evidence: [] };
  return {
    version: best.version,
    confidence: Math.round((best.agreeing / best.total) * 100) / 100,
    evidence: evidenceFor(best, history, yours, agrees),
  };
}

function scoreOf(
  version: string,
  history: History,
  yours: (address: string) => string | undefined,
  agrees: (address: string, value: string) => boolean,
): Score {
  let agreeing = 0;
  let total = 0;
  let score = 0;
  for (const [address, value] of history.facts(version)) {
    const points = weight(address);
    total += points;
    if (agrees(address, value)) {
      agreeing += points;
      score += points;
    } else if (yours(address) === undefined) score -= points / 2;
  }
  return { version, agreeing, total, score };
}

/** How many facts agree, and the newest values that only this version and its neighbours wrote. */
function evidenceFor(
  { version, agreeing, total }: Score,
  history: History,
  yours: (address: string) => string | undefined,
  agrees: (address: string, value: string) => boolean,
): string[] {
  const facts = [...history.facts(version)];
  const files = facts.filter(([address]) => address.startsWith('file/'));
  const intact = files.filter(([address, value]) => agrees(address, value)).length;
  const present = files.filter(([address]) => yours(address) !== undefined).length;
  return [
    `${Math.round((agreeing / total) * 100)} % of what ${version} writes stands as it wrote it`,
    `${intact} of ${files.length} generated files are untouched, ${files.length - present} are gone`,
  ];
}
