import { compareVersions, parseVersion } from '../../elixir/requirement.ts';
import type { Address } from '../../facts/address.ts';
import type { Ruling } from '../verdict.ts';

/** The version of esbuild's or Tailwind's program, `config :esbuild, version: "0.25.4"`. */
export function isToolVersion({ keyPath }: Address): boolean {
  return keyPath.length === 2 && keyPath[1] === 'version' && (keyPath[0] === 'esbuild' || keyPath[0] === 'tailwind');
}

/**
 * Mends a conflict on such a version: people raise them between the generator's own raises, so one that no generator wrote is no
 * choice against the target's. A lower one is raised, another major one left to a person; none is ever lowered.
 */
export function ruleToolVersion(ruling: Ruling, yours: string | null): Ruling {
  const [mine, theirs] = [versionOf(yours), versionOf(ruling.target)];
  if (ruling.outcome !== 'conflict' || mine === null || theirs === null) return ruling;
  if (compareVersions(mine, theirs) >= 0) return { ...ruling, outcome: 'done', result: yours };
  return mine.major === theirs.major ? { ...ruling, outcome: 'pending', result: ruling.target } : ruling;
}

function versionOf(value: string | null) {
  return value?.startsWith('"') ? parseVersion(value.slice(1, -1)) : null;
}
