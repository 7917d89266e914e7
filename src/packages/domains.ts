import type { PackageDep } from './facts.ts';
import { isAllowed, isBeyond } from './requirements.ts';
import type { Packages } from './store.ts';

/** Versions of each package that are still possible, rising. */
export type Domains = ReadonlyMap<string, readonly string[]>;

/** What the possible versions of packages are narrowed from. */
export interface Narrowing {
  readonly packages: Packages;
  /** Names of the packages that the project has, listed or locked; optional deps count among these. */
  readonly present: ReadonlySet<string>;
  /** Versions that are settled, by name; one that came out since the facts were made is like the newest of them. */
  readonly fixed: ReadonlyMap<string, string>;
  /** Packages of which nobody else's requirement counts: `override: true`, and those from git or a path. */
  readonly overridden: ReadonlySet<string>;
  /** What the project itself asks of packages, by name. */
  readonly asked?: ReadonlyMap<string, readonly string[]>;
}

/**
 * The versions of packages with known facts that can stand beside each other. A version goes when it asks for what no other has left,
 * or when no version left of another package would have it; what stays may still not fit as a whole.
 */
export function narrow(narrowing: Narrowing): Domains {
  const state = new NarrowingState(narrowing);
  while (state.round()) {}
  return state.domains;
}

class NarrowingState {
  readonly domains = new Map<string, readonly string[]>();
  readonly #narrowing: Narrowing;
  /** By the list of a version's deps, which many versions share. */
  readonly #counting = new Map<readonly PackageDep[], readonly PackageDep[]>();

  constructor(narrowing: Narrowing) {
    this.#narrowing = narrowing;
    for (const name of new Set([...narrowing.present, ...narrowing.fixed.keys()])) this.#enter(name);
  }

  /** Narrows every package once; whether anything changed. */
  round(): boolean {
    let changed = false;
    for (const name of [...this.domains.keys()]) changed = this.#narrowBy(name) || changed;
    return changed;
  }

  #enter(name: string): void {
    const facts = this.#narrowing.packages.package(name);
    if (facts === null) return;
    const fixed = this.#narrowing.fixed.get(name);
    this.domains.set(name, fixed === undefined ? this.#asked(name, facts.releases) : [fixed]);
  }

  /** The versions that the project's own requirements leave; all where these are ahead of the facts. */
  #asked(name: string, releases: readonly string[]): readonly string[] {
    const sets = (this.#narrowing.asked?.get(name) ?? []).map((requirement) => this.#allows(name, requirement));
    return releases.filter((version) => sets.every((set) => set?.has(version) ?? true));
  }

  #narrowBy(name: string): boolean {
    const versions = this.domains.get(name) ?? [];
    const lists = new Set(versions.map((version) => this.#deps(name, version)));
    const possible = new Set([...lists].filter((deps) => deps.every((dep) => this.#possible(dep))));
    const kept = versions.filter((version) => possible.has(this.#deps(name, version)));
    this.domains.set(name, kept);
    let changed = kept.length < versions.length;
    for (const dep of neededByAll([...possible])) {
      if (this.domains.has(dep)) continue;
      this.#enter(dep);
      changed ||= this.domains.has(dep);
    }
    const others = new Set([...possible].flatMap((deps) => deps.map((dep) => dep.name)));
    for (const other of others)
      if (this.domains.has(other)) changed = this.#narrowOther([...possible], other) || changed;
    return changed;
  }

  /** Takes from a package the versions that no version left of another would have. */
  #narrowOther(lists: readonly (readonly PackageDep[])[], other: string): boolean {
    const asked = lists.map((deps) => deps.find((dep) => dep.name === other)?.requirement);
    if (asked.length === 0 || asked.includes(undefined)) return false;
    const sets = [...new Set(asked)].map((requirement) => this.#allows(other, requirement ?? ''));
    if (sets.includes(null)) return false;
    const before = this.domains.get(other) ?? [];
    const after = before.filter((version) => sets.some((set) => set?.has(version)));
    this.domains.set(other, after);
    return after.length < before.length;
  }

  /** Deps of a version that count in this project. */
  #deps(name: string, version: string): readonly PackageDep[] {
    const { packages, present, overridden } = this.#narrowing;
    const deps = packages.package(name)?.deps(version) ?? [];
    const known = this.#counting.get(deps);
    if (known) return known;
    const counting = deps.filter((dep) => !overridden.has(dep.name) && (!dep.optional || present.has(dep.name)));
    this.#counting.set(deps, counting);
    return counting;
  }

  #possible(dep: PackageDep): boolean {
    const left = this.domains.get(dep.name);
    if (left === undefined) return true;
    const allowed = this.#allows(dep.name, dep.requirement);
    return allowed === null || left.some((version) => allowed.has(version));
  }

  /** Null where only a version could do that came out since the facts were made. */
  #allows(name: string, requirement: string): ReadonlySet<string> | null {
    const { packages, fixed } = this.#narrowing;
    const settled = fixed.get(name);
    if (settled === undefined) return allowedReleases(packages, name, requirement);
    return new Set(isAllowed(requirement, settled) ? [settled] : []);
  }
}

/** Names of the deps that all of some lists have. */
function neededByAll([first, ...rest]: readonly (readonly PackageDep[])[]): string[] {
  const names = (first ?? []).map(({ name }) => name);
  return names.filter((name) => rest.every((deps) => deps.some((dep) => dep.name === name)));
}

/** What requirements allow is the same for every project: it is found out once. */
const allowed = new WeakMap<Packages, Map<string, ReadonlySet<string> | null>>();

function allowedReleases(packages: Packages, name: string, requirement: string): ReadonlySet<string> | null {
  const known = allowed.get(packages) ?? new Map<string, ReadonlySet<string> | null>();
  allowed.set(packages, known);
  const key = `${name} ${requirement}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const releases = packages.package(name)?.releases ?? [];
  const fitting = releases.filter((version) => isAllowed(requirement, version));
  const newest = releases.at(-1);
  const set = fitting.length === 0 && newest !== undefined && isBeyond(requirement, newest) ? null : new Set(fitting);
  known.set(key, set);
  return set;
}
