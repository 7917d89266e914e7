import type { Domains } from '../../packages/domains.ts';
import { isAllowed } from '../../packages/requirements.ts';
import type { Packages } from '../../packages/store.ts';
import type { LockedPackage } from '../../project/lock.ts';

/**
 * The packages that `mix deps.update` has to name so that some packages can move: those themselves, and each locked one that refuses
 * what they move to. Hex lets go of a named package, of one whose lock its `mix.exs` no longer allows, and of all that these
 * depend on by the lock; every other stays where it is locked.
 */
export function mustMove(
  moving: readonly string[],
  locked: readonly LockedPackage[],
  domains: Domains,
  packages: Packages,
): string[] {
  const byName = new Map(locked.map((one) => [one.name, one]));
  const named = [...moving];
  for (;;) {
    const released = withChildren(named, byName);
    const more = locked.filter(({ name }) => !released.has(name)).filter((one) => isInTheWay(one, released));
    if (more.length === 0) return named;
    named.push(...more.map(({ name }) => name));
  }

  function isInTheWay(pinned: LockedPackage, released: ReadonlySet<string>): boolean {
    const refuses = pinned.deps.some(
      (dep) =>
        released.has(dep.name) && domains.get(dep.name)?.every((version) => !isAllowed(dep.requirement, version)),
    );
    return refuses || [...released].some((name) => isRefusedBy(name, pinned));
  }

  /** Whether no version that a package may move to takes another as it is locked. */
  function isRefusedBy(name: string, { name: other, version: held }: LockedPackage): boolean {
    const facts = packages.package(name);
    const versions = domains.get(name) ?? [];
    if (facts === null || held === null || versions.length === 0) return false;
    return versions.every((version) => {
      const dep = facts.deps(version).find((one) => one.name === other);
      return dep !== undefined && !isAllowed(dep.requirement, held);
    });
  }
}

function withChildren(names: readonly string[], locked: ReadonlyMap<string, LockedPackage>): Set<string> {
  const all = new Set<string>();
  const visit = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    for (const dep of locked.get(name)?.deps ?? []) if (locked.has(dep.name)) visit(dep.name);
  };
  for (const name of names) visit(name);
  return all;
}
