import type { PackageFacts } from '../../packages/facts.ts';
import { byVersion, valueAt } from '../../packages/span.ts';
import type { Packages } from '../../packages/store.ts';
import { keptNames, releaseOf } from './changed-names.ts';
import type { MovingPackage } from './moving.ts';

/** A module of a package that the upgrade takes away, or from everybody but the package itself. */
export interface ChangedModule {
  readonly package: string;
  readonly module: string;
  readonly state: 'gone' | 'internal';
  /** First version of the package for which that holds. */
  readonly since: string;
}

/** Modules that packages document in the version in use and lack, or keep to themselves, in the target. */
export function changedModules(moving: readonly MovingPackage[], packages: Packages): Map<string, ChangedModule> {
  const all = moving.flatMap((one) => {
    const { facts, from, to } = one;
    const kept = keptNames(one, packages);
    return facts.modules.flatMap((module): ChangedModule[] => {
      const had = publicEnd(facts, module, from, to);
      // Rules of their own tell how what another package keeps comes in.
      if (
        facts
          .module(module)
          ?.imported(from)
          .every((name) => kept.has(name))
      )
        return [];
      if (had === null || isElsewhere(module, facts, packages)) return [];
      const state = facts.module(module)?.isDefined(to) ? 'internal' : 'gone';
      return [{ package: facts.name, module, state, since: releaseOf(had) }];
    });
  });
  return new Map(all.map((one) => [one.module, one]));
}

/** How others start a process of a module. */
const starting = /^(?:start_link|child_spec)\//;

/** When a module that has documented names in one version ceased to have any before another; null where it does not. */
function publicEnd(facts: PackageFacts, module: string, from: string, to: string): string | null {
  const found = facts.module(module);
  if (!found || found.isInternal(from) || found.isOpen(to)) return null;
  const spans = found.documented;
  const holds = (version: string) =>
    spans.some(
      ({ since, until }) => byVersion(since, version) <= 0 && (until === null || byVersion(version, until) < 0),
    );
  if (!holds(from) || holds(to)) return null;
  const isThere = (name: string) => valueAt(found.named(name).kinds, to) !== undefined;
  // What a module does for `use`, as plug, engine or plugin goes on without documentation; how it is started as a child may not.
  const isKept =
    isThere('__using__/1') ||
    (found.isDefined(to) &&
      found
        .imported(from)
        .filter((name) => starting.test(name))
        .every(isThere));
  if (isKept) return null;
  const ends = spans.flatMap(({ until }) => (until !== null && byVersion(until, to) <= 0 ? [until] : []));
  return ends.sort(byVersion).at(-1) ?? null;
}

/** Whether another package has the module now, as ecto_sql has what was Ecto's. */
function isElsewhere(module: string, { name }: PackageFacts, packages: Packages): boolean {
  return packages.definedBy(module).some((other) => {
    const facts = other === name ? null : packages.package(other);
    const newest = facts?.releases.at(-1);
    return newest !== undefined && (facts?.module(module)?.isDefined(newest) ?? false);
  });
}
