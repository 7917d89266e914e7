import type { Domains } from './domains.ts';
import { narrow } from './domains.ts';
import type { PackageDep } from './facts.ts';
import type { LockedPackage } from './lock.ts';
import { isAllowed } from './requirements.ts';
import { byVersion } from './span.ts';
import type { Packages } from './store.ts';

/** Where something of a project stands; lines count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** A dep as some `mix.exs` of the project lists it. */
export interface ListedDep {
  readonly name: string;
  /** Null for one from git or a path. */
  readonly requirement: string | null;
  readonly override: boolean;
  readonly at: Place;
}

/** What a project's packages are, as its `mix.exs` files and its lock say. */
export interface ProjectPackages {
  readonly listed: readonly ListedDep[];
  readonly locked: readonly LockedPackage[];
  /** Path of the lock, relative to the root. */
  readonly lockPath: string;
}

/** A locked package that does not let the target in. */
export interface Blocker {
  readonly package: string;
  readonly locked: string;
  /** What it asks for that the target does not leave. */
  readonly requires: readonly PackageDep[];
  /** The line of `mix.exs` that lists it, or its line in the lock where another package brings it. */
  readonly at: Place;
  /** The requirement of `mix.exs` on it; null where it is not listed. */
  readonly listed: string | null;
}

export interface Blocked {
  readonly blockers: readonly Blocker[];
  /** The newest version of Phoenix, up to the target, that no locked package refuses; null where there is none. */
  readonly reachable: string | null;
}

/**
 * Which locked packages refuse Phoenix in the target version, or what it asks of other packages. Packages whose facts are known
 * are taken to move along; of all others nothing is known but the version in the lock, so that a newer one may lift what is
 * named here.
 */
export function blockers(project: ProjectPackages, packages: Packages, target: string): Blocked {
  const blocking = blockersAt(project, packages, target);
  if (blocking.length === 0) return { blockers: [], reachable: target };
  const locked = project.locked.find(({ name }) => name === 'phoenix')?.version ?? null;
  const releases = packages.package('phoenix')?.releases ?? [];
  const steps = releases.filter(
    (version) => byVersion(version, target) < 0 && (locked === null || byVersion(version, locked) >= 0),
  );
  const refusals = blocking.flatMap(({ requires }) => requires.filter(({ name }) => name === 'phoenix'));
  // What a package says of Phoenix itself is told at once; the others have to be narrowed down for each version.
  const open = steps.filter((version) => refusals.every(({ requirement }) => isAllowed(requirement, version)));
  const reachable = open.findLast((version) => blockersAt(project, packages, version).length === 0);
  return { blockers: blocking, reachable: reachable ?? null };
}

function blockersAt(project: ProjectPackages, packages: Packages, target: string): Blocker[] {
  const present = new Set([...project.locked.map(({ name }) => name), ...project.listed.map(({ name }) => name)]);
  const overridden = new Set(project.listed.filter(settlesAlone).map(({ name }) => name));
  const domains = narrow({ packages, present, overridden, wanted: new Map([['phoenix', `== ${target}`]]) });
  return project.locked.flatMap((locked): Blocker[] => {
    if (locked.version === null || packages.package(locked.name) !== null) return [];
    const requires = locked.deps.filter(
      (dep) => !overridden.has(dep.name) && (!dep.optional || present.has(dep.name)) && !isLeft(dep, domains),
    );
    if (requires.length === 0) return [];
    const listed = project.listed.find(({ name }) => name === locked.name);
    return [
      {
        package: locked.name,
        locked: locked.version,
        requires,
        at: listed?.at ?? { path: project.lockPath, line: locked.line },
        listed: listed?.requirement ?? null,
      },
    ];
  });
}

/** Whether the project alone says which version of a dep it takes. */
function settlesAlone({ requirement, override }: ListedDep): boolean {
  return override || requirement === null;
}

function isLeft(dep: PackageDep, domains: Domains): boolean {
  const left = domains.get(dep.name);
  if (left === undefined || left.length === 0) return true;
  return left.some((version) => isAllowed(dep.requirement, version));
}
