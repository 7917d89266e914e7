import { settlesAlone } from '../../packages/blockers.ts';
import { type Domains, narrow } from '../../packages/domains.ts';
import { isAllowed } from '../../packages/requirements.ts';
import type { Packages } from '../../packages/store.ts';
import type { Finding } from '../plan.ts';
import type { Requirements } from './requirements.ts';

/** What is known of a project's packages beside what it asks for. */
export interface Scene {
  readonly packages: Packages;
  /** Names of locked packages. */
  readonly locked: ReadonlySet<string>;
}

/** The versions that requirements leave of each package whose facts are known. */
export function domainsFor(requirements: Requirements, { packages, locked }: Scene): Domains {
  const listed = [...requirements].filter(([, all]) => all.length > 0);
  const asked = listed.map(([name, all]) => [name, all.flatMap(({ requirement }) => requirement ?? [])] as const);
  return narrow({
    packages,
    present: new Set([...locked, ...listed.map(([name]) => name)]),
    fixed: new Map(),
    overridden: new Set(listed.filter(([, all]) => all.some(settlesAlone)).map(([name]) => name)),
    asked: new Map(asked),
  });
}

/** Packages of which no version is left. */
export function unresolved(requirements: Requirements, scene: Scene): ReadonlySet<string> {
  return new Set([...domainsFor(requirements, scene)].filter(([, left]) => left.length === 0).map(([name]) => name));
}

/** Why requirements do not resolve, at the lines of `mix.exs` that another dep's versions do not allow. */
export function refusedLines(requirements: Requirements, { packages, locked }: Scene): Finding[] {
  const present = new Set([...locked, ...[...requirements].filter(([, all]) => all.length > 0).map(([name]) => name)]);
  const allowed = (name: string) =>
    (packages.package(name)?.releases ?? []).filter((version) =>
      (requirements.get(name) ?? []).every(
        ({ requirement }) => requirement === null || isAllowed(requirement, version),
      ),
    );
  return [...requirements].flatMap(([asking, own]) => {
    const versions = allowed(asking);
    const facts = packages.package(asking);
    const newest = versions.at(-1);
    if (own.length === 0 || newest === undefined || facts === null) return [];
    return facts
      .deps(newest)
      .filter((dep) => !dep.optional || present.has(dep.name))
      .flatMap((dep): Finding[] => {
        const listed = requirements.get(dep.name) ?? [];
        const left = allowed(dep.name);
        const [first] = listed;
        if (!first || listed.some(settlesAlone) || left.length === 0) return [];
        if (left.some((version) => isAllowed(dep.requirement, version))) return [];
        const { path, line, requirement } = first;
        return [
          {
            path,
            line,
            message: `${asking} ${newest} takes ${dep.name} ${dep.requirement}, and ${requirement} is asked for here`,
          },
        ];
      });
  });
}
