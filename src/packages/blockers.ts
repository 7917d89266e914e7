import type { LockedPackage } from '../project/lock.ts';
import type { Domains } from './domains.ts';
import { narrow } from './domains.ts';
import type { PackageDep } from './facts.ts';
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

/** A package that does not let the target in. */
export interface Blocker {
  readonly package: string;
  readonly locked: string | null;
  /** Whether its locked version refuses the target, or only the requirement that `mix.exs` has on it. */
  readonly cause: 'package' | 'requirement';
  /** What it asks for that the target does not leave; empty where the requirement on it is the cause. */
  readonly requires: readonly PackageDep[];
  /** The lowest version that lets the target in; null where none is known. */
  readonly liftedBy: string | null;
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
 * Which packages refuse Phoenix in the target version, or what it asks of other packages. Packages whose facts are known are taken to
 * move along as far as `mix.exs` lets them; of all others nothing is known but the version in the lock, so that a newer one
 * may lift what is named here.
 */
export function blockers(project: ProjectPackages, packages: Packages, target: string): Blocked {
  const scene = sceneOf(project, packages);
  const domains = domainsAt(scene, target);
  const refusing = refusingAt(scene, domains).sort((a, b) => Number(refusesPhoenix(b)) - Number(refusesPhoenix(a)));
  const blocking = [...refusing, ...heldByRequirement(scene, domains)];
  return { blockers: blocking, reachable: refusing.length === 0 ? target : reachableBelow(scene, refusing, target) };
}

/** What refuses Phoenix itself is said first. */
function refusesPhoenix({ requires }: Blocker): boolean {
  return requires.some(({ name }) => name === 'phoenix');
}

/** What stays the same for every target. */
interface Scene {
  readonly project: ProjectPackages;
  readonly packages: Packages;
  readonly present: ReadonlySet<string>;
  readonly overridden: ReadonlySet<string>;
}

function sceneOf(project: ProjectPackages, packages: Packages): Scene {
  return {
    project,
    packages,
    present: new Set([...project.locked.map(({ name }) => name), ...project.listed.map(({ name }) => name)]),
    overridden: new Set(project.listed.filter(settlesAlone).map(({ name }) => name)),
  };
}

function domainsAt({ packages, present, overridden }: Scene, target: string): Domains {
  return narrow({ packages, present, overridden, fixed: new Map([['phoenix', target]]) });
}

function reachableBelow(scene: Scene, refusing: readonly Blocker[], target: string): string | null {
  const locked = lockedVersion(scene, 'phoenix');
  const releases = scene.packages.package('phoenix')?.releases ?? [];
  const refusals = refusing.flatMap(({ requires }) => requires.filter(({ name }) => name === 'phoenix'));
  // What a package says of Phoenix itself is told at once; the others have to be narrowed down for each version.
  const open = releases.filter(
    (version) =>
      byVersion(version, target) < 0 &&
      (locked === null || byVersion(version, locked) >= 0) &&
      refusals.every(({ requirement }) => isAllowed(requirement, version)),
  );
  return open.findLast((version) => refusingAt(scene, domainsAt(scene, version)).length === 0) ?? null;
}

/**
 * Packages without known facts whose locked versions refuse what `mix.exs` comes to ask of another package, though they let Phoenix
 * itself in: `mix deps.get` would stop at them all the same.
 */
export function refusingRequirements({ listed, locked, lockPath }: ProjectPackages, packages: Packages): Blocker[] {
  const asked = new Map(listed.map(({ name, requirement, override }) => [name, override ? null : requirement]));
  const refuses = ({ name, requirement }: PackageDep) => {
    const wanted = asked.get(name) ?? null;
    const releases = packages.package(name)?.releases ?? [];
    const open = wanted === null ? [] : releases.filter((version) => isAllowed(wanted, version));
    return open.length > 0 && !open.some((version) => isAllowed(requirement, version));
  };
  return locked.flatMap((one): Blocker[] => {
    if (one.version === null || packages.package(one.name) !== null) return [];
    const requires = one.deps.filter(refuses);
    const own = listed.find(({ name }) => name === one.name);
    const at = own?.at ?? { path: lockPath, line: one.line };
    const { name, version } = one;
    return requires.length === 0
      ? []
      : [
          {
            package: name,
            locked: version,
            cause: 'package',
            requires,
            liftedBy: null,
            at,
            listed: own?.requirement ?? null,
          },
        ];
  });
}

function refusingAt({ project, packages, present, overridden }: Scene, domains: Domains): Blocker[] {
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
        cause: 'package',
        requires,
        liftedBy: null,
        at: listed?.at ?? { path: project.lockPath, line: locked.line },
        listed: listed?.requirement ?? null,
      },
    ];
  });
}

/** Packages of which `mix.exs` allows none of the versions that the target leaves. */
function heldByRequirement(scene: Scene, domains: Domains): Blocker[] {
  return scene.project.listed.flatMap((listed): Blocker[] => {
    const { name, requirement, at } = listed;
    const left = domains.get(name) ?? [];
    if (name === 'phoenix' || requirement === null || left.some((one) => isAllowed(requirement, one))) return [];
    const locked = lockedVersion(scene, name);
    const liftedBy = left.find((one) => locked === null || byVersion(one, locked) >= 0);
    if (liftedBy === undefined) return [];
    return [{ package: name, locked, cause: 'requirement', requires: [], liftedBy, at, listed: requirement }];
  });
}

function lockedVersion({ project }: Scene, name: string): string | null {
  return project.locked.find((one) => one.name === name)?.version ?? null;
}

/** Whether the project alone says which version of a dep it takes. */
export function settlesAlone({ requirement, override }: Pick<ListedDep, 'requirement' | 'override'>): boolean {
  return override || requirement === null;
}

function isLeft(dep: PackageDep, domains: Domains): boolean {
  const left = domains.get(dep.name);
  if (left === undefined || left.length === 0) return true;
  return left.some((version) => isAllowed(dep.requirement, version));
}
