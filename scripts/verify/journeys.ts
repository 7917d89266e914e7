import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flagsFor, flagsOfVariant, variantOf } from '../../src/pristine/flags.ts';
import { compareVersions, isStable, releaseLine } from '../../src/pristine/versions.ts';
import type { Journey } from '../../test/support/convergence.ts';

/** The generated projects of a directory laid out `VERSION/VARIANT`, and the ways between them. */
export class Journeys {
  /** Oldest first. */
  readonly versions: readonly string[];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.versions = readdirSync(root).filter(isStable).sort(compareVersions);
  }

  /** Variants that stand for flags, of all versions. */
  get variants(): string[] {
    const names = new Set(this.versions.flatMap((version) => readdirSync(join(this.#root, version))));
    return [...names].filter((variant) => flagsOfVariant(variant) !== null);
  }

  has(version: string, variant: string): boolean {
    return existsSync(join(this.#root, version, variant));
  }

  /** The ways of every variant that the later version has too, by whatever name. */
  between(from: string, to: string): Journey[] {
    const variants = existsSync(join(this.#root, from)) ? readdirSync(join(this.#root, from)) : [];
    return variants.filter((variant) => this.#leadsTo(to, variant)).map((variant) => ({ from, to, variant }));
  }

  #leadsTo(to: string, variant: string): boolean {
    if (this.has(to, variant)) return true;
    const { flags } = flagsFor(to, flagsOfVariant(variant) ?? []);
    // A version without a database of that name has none for the project to arrive at.
    return !/^(mysql|mssql|sqlite3)$/.test(variant) && this.has(to, variantOf(flags));
  }

  /** The last version of each minor that is there, of one variant or of any. */
  lasts(variant?: string): string[] {
    const there = this.versions.filter((version) => variant === undefined || this.has(version, variant));
    return there.filter((version, index) => releaseLine(version) !== releaseLine(there[index + 1] ?? ''));
  }

  /** So many ways, the same in every run. */
  drawn(count: number, seed: number, isWanted: (journey: Journey) => boolean = () => true): Journey[] {
    const draw = drawing(seed);
    const journeys: Journey[] = [];
    while (journeys.length < count) {
      const [a, b] = [draw(this.versions.length), draw(this.versions.length)];
      const ways = this.between(this.versions[Math.min(a, b)] ?? '', this.versions[Math.max(a, b)] ?? '');
      const journey = ways[draw(Math.max(ways.length, 1))];
      if (journey && journey.from !== journey.to && isWanted(journey)) journeys.push(journey);
    }
    return journeys;
  }
}

/** Numbers from 0 up to a bound, the same in every run (a linear congruential generator). */
export function drawing(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
