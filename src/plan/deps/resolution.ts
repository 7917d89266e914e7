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
function refusedBy(asking: string, requirements: Requirements, { packages, locked }: Scene): Finding[] {
  const isPresent = (name: string) => locked.has(name) || (requirements.get(name) ?? []).length > 0;
  const allowed = (name: string) =>
    (packages.package(name)?.releases ?? []).filter((version) =>
      (requirements.get(name) ?? []).every(
        ({ requirement }) => requirement === null || isAllowed(requirement, version),
      ),
    );
  const versions = allowed(asking);
  const newest = versions.at(-1);
  const facts = packages.package(asking);
  if (newest === undefined || facts === null || !isPresent(asking)) return [];
  return facts.deps(newest).flatMap(({ name, requirement, optional }): Finding[] => {
    const listed = requirements.get(name) ?? [];
    const [first] = listed;
    const left = allowed(name);
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
