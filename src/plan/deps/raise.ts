import { lowest, parseRequirement, parseVersion, versionText } from '../../elixir/requirement.ts';
import { settlesAlone } from '../../packages/blockers.ts';
import type { Domains } from '../../packages/domains.ts';
import { isAllowed } from '../../packages/requirements.ts';
import type { ListedRequirement, Requirements } from './requirements.ts';
import { allowedReleases, domainsFor, type Scene, unresolved } from './resolution.ts';

/** A line of `mix.exs` that has to ask for newer versions before others resolve. */
export interface Raise {
  readonly path: string;
  readonly line: number;
  readonly dep: string;
  readonly from: string;
  readonly to: string;
  /** Who takes no version that the line allows: `phoenix 1.7.2 takes plug_cowboy ~> 2.6`; null where only several together rule them out. */
  readonly cause: string | null;
}

/**
 * The fewest of a project's own requirements that must reach further for all of them to resolve, each raised no more than it has to be.
 * `settled` are the deps whose requirement is decided already; `already` names what did not resolve before. Null where no raise helps: what
 * stands in the way is a version of something else.
 */
export function raisesFor(
  requirements: Requirements,
  scene: Scene,
  { settled, already }: { readonly settled: ReadonlySet<string>; readonly already: ReadonlySet<string> },
): readonly Raise[] | null {
  const resolves = (asked: Requirements) => [...unresolved(asked, scene)].every((name) => already.has(name));
  const candidates = byReach(requirements, scene, settled);
  if (!resolves(opened(requirements, candidates))) return null;
  let chosen = candidates;
  for (const name of candidates) {
    const fewer = chosen.filter((other) => other !== name);
    if (resolves(opened(requirements, fewer))) chosen = fewer;
  }
  const domains = domainsFor(opened(requirements, chosen), scene);
  const raises = chosen.flatMap((name) => raisesOf(name, requirements, domains, scene));
  return raises.length > 0 && resolves(withRaises(requirements, raises)) ? raises : null;
}

/** What a project asks for with some lines raised. */
function withRaises(requirements: Requirements, raises: readonly Raise[]): Requirements {
  const raised = (name: string, one: ListedRequirement) =>
    raises.find(({ dep, path }) => dep === name && path === one.path)?.to ?? one.requirement;
  return new Map(
    [...requirements].map(([name, all]) => [name, all.map((one) => ({ ...one, requirement: raised(name, one) }))]),
  );
}

/**
 * The deps whose lines may be raised: those of known packages that others have a say in. First the ones that need no raise where all may be
 * raised, then those that would leap a major version: what comes first is the first to stay as it is.
 */
function byReach(requirements: Requirements, scene: Scene, settled: ReadonlySet<string>): string[] {
  const open = [...requirements].flatMap(([name, all]) =>
    all.length > 0 && !settled.has(name) && !all.some(settlesAlone) && scene.packages.package(name) ? [name] : [],
  );
  const domains = domainsFor(opened(requirements, open), scene);
  const rank = (name: string) => {
    const left = domains.get(name) ?? [];
    const allowed = allowedReleases(name, requirements, scene);
    if (left.some((version) => allowed.includes(version))) return 0;
    const [first = ''] = left;
    const from = floorOf(requirements.get(name)?.[0]?.requirement ?? '');
    return majorOf(first) === majorOf(from) ? 2 : 1;
  };
  return open.sort((a, b) => rank(a) - rank(b));
}

function majorOf(version: string): number | undefined {
  return parseVersion(version)?.major;
}

/** Requirements of which some have no upper end. */
function opened(requirements: Requirements, names: readonly string[]): Requirements {
  return new Map(
    [...requirements].map(([name, all]) => [
      name,
      names.includes(name) ? all.map((one) => ({ ...one, requirement: `>= ${floorOf(one.requirement ?? '')}` })) : all,
    ]),
  );
}

function floorOf(requirement: string): string {
  const parsed = parseRequirement(requirement);
  const floor = parsed && lowest(parsed);
  return floor ? versionText(floor) : '0.0.0';
}

/** The raises of each line of a dep, to the lowest version that is left of it; none where none is. */
function raisesOf(dep: string, before: Requirements, domains: Domains, scene: Scene): Raise[] {
  const least = domains.get(dep)?.[0];
  if (least === undefined) return [];
  const lines = (before.get(dep) ?? []).filter(({ requirement }) => !isAllowed(requirement ?? '', least));
  const cause = causeOf(dep, before, domains, scene);
  return lines.map(({ path, line, requirement }) => {
    const from = requirement ?? '';
    return { path, line, dep, from, to: asFullyAs(from, least), cause };
  });
}

/** `~> 2.6` for 2.6.0; of a patch, `~> 2.6.1` beside a requirement that fixes the minor too, else `~> 2.6 and >= 2.6.1`. */
function asFullyAs(requirement: string, version: string): string {
  const [major, minor, patch] = version.split('.');
  if (patch === '0') return `~> ${major}.${minor}`;
  return /~>\s*\d+\.\d+\.\d+/.test(requirement) ? `~> ${version}` : `~> ${major}.${minor} and >= ${version}`;
}

function causeOf(dep: string, before: Requirements, domains: Domains, scene: Scene): string | null {
  const allowed = allowedReleases(dep, before, scene);
  for (const [asking, versions] of domains) {
    const facts = scene.packages.package(asking);
    const asked = versions.map((version) => facts?.deps(version).find((one) => one.name === dep)?.requirement);
    const refuses = asked.every((one) => one !== undefined && !allowed.some((version) => isAllowed(one, version)));
    if (versions.length > 0 && refuses) return `${asking} ${versions[0]} takes ${dep} ${asked[0]}`;
  }
  return null;
}
