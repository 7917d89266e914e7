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

/** The releases of a package that all requirements of a project itself allow. */
export function allowedReleases(name: string, requirements: Requirements, { packages }: Scene): readonly string[] {
  const own = (requirements.get(name) ?? []).flatMap(({ requirement }) => requirement ?? []);
  const releases = packages.package(name)?.releases ?? [];
  return releases.filter((version) => own.every((requirement) => isAllowed(requirement, version)));
}

/** Why requirements do not resolve, at the lines of `mix.exs`: those that no version of another dep takes, else those of which no version is left. */
export function refusedLines(requirements: Requirements, scene: Scene): Finding[] {
  const refused = [...requirements.keys()].flatMap((asking) => refusedBy(asking, requirements, scene));
  if (refused.length > 0) return refused;
  return [...unresolved(requirements, scene)].flatMap((name) =>
    (requirements.get(name) ?? []).map(({ path, line, requirement }) => {
      return { path, line, message: `no version of ${name} ${requirement ?? ''} fits all that is asked for beside it` };
    }),
  );
}

/** The lines of a project that no version of a dep takes which it may come to have. */
function refusedBy(asking: string, requirements: Requirements, scene: Scene): Finding[] {
  const isPresent = (name: string) => scene.locked.has(name) || (requirements.get(name) ?? []).length > 0;
  const versions = allowedReleases(asking, requirements, scene);
  const newest = versions.at(-1);
  const facts = scene.packages.package(asking);
  if (newest === undefined || facts === null || !isPresent(asking)) return [];
  return facts.deps(newest).flatMap(({ name, requirement, optional }): Finding[] => {
    const listed = requirements.get(name) ?? [];
    const [first] = listed;
    const left = allowedReleases(name, requirements, scene);
    if (!first || listed.some(settlesAlone) || left.length === 0 || (optional && !isPresent(name))) return [];
    const takes = (version: string) => {
      const asked = facts.deps(version).find((one) => one.name === name);
      return asked === undefined || left.some((one) => isAllowed(asked.requirement, one));
    };
    if (versions.some(takes)) return [];
    const { path, line } = first;
    return [
      {
        path,
        line,
        message: `${asking} ${newest} takes ${name} ${requirement}, and ${first.requirement} is asked for here`,
      },
    ];
  });
}
