import { contains, indexesOf } from '../facts/version-set.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { GeneratedHistory, Run } from './history.ts';
import type { WrittenCode } from './parts.ts';

/** The versions that wrote most of some code, oldest first, and their flags. */
export interface Dating {
  readonly versions: readonly string[];
  readonly variant: string;
}

/**
 * The run that wrote most of what is there, of all generators of one context together; these have the same runs. Null where
 * hardly anything is as a version wrote it. Of versions that tell the same, none is newer than the Phoenix that the project has.
 */
export function dated(codes: readonly WrittenCode[], locked: string | null): Dating | null {
  const [first] = codes;
  const counts = new Map<number, number>();
  const definitions = codes.flatMap(({ parts }) => parts.flatMap((part) => part.definitions));
  for (const { runs } of definitions)
    for (const number of indexesOf(runs)) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (first === undefined || most < 3) return null;
  const alike = [...counts].flatMap(([number, count]) => (count === most ? [number] : []));
  const old = alike.filter((number) => isUpTo(first.history.run(number).version, locked));
  const best = leastLacking(old.length > 0 ? old : alike, codes).map((number) => first.history.run(number));
  const [{ variant } = { variant: '' }] = sortedRuns(best, first.history);
  return { variant, versions: best.filter((run) => run.variant === variant).map(({ version }) => version) };
}

function isUpTo(version: string, locked: string | null): boolean {
  return locked === null || !/^\d/.test(version) || compareVersions(version, locked) <= 0;
}

/** Of runs that agree with as much, those that wrote the least that is not there. */
function leastLacking(runs: readonly number[], codes: readonly WrittenCode[]): number[] {
  if (runs.length < 2) return [...runs];
  const lacking = new Map(runs.map((run) => [run, 0]));
  for (const { history, parts } of codes) {
    const there = new Set(parts.flatMap(({ role, definitions }) => definitions.map(({ key }) => `${role} ${key}`)));
    for (const role of history.roles) {
      for (const key of history.keys(role).filter((one) => !there.has(`${role} ${one}`))) {
        const writing = history.writing(role, key);
        for (const [run, count] of lacking) if (contains(writing, run)) lacking.set(run, count + 1);
      }
    }
  }
  const least = Math.min(...lacking.values());
  return runs.filter((run) => lacking.get(run) === least).sort((a, b) => a - b);
}

/** The plainest flags first. */
function sortedRuns(runs: readonly Run[], { variants }: GeneratedHistory): Run[] {
  return [...runs].sort((a, b) => variants.indexOf(a.variant) - variants.indexOf(b.variant));
}
