import { readMixfile } from '../elixir/mix/read.ts';
import { parse } from '../elixir/parse.ts';
import type { Finding } from '../findings/finding.ts';
import type { Workspace } from '../merge/workspace.ts';
import { type Blocked, type Blocker, blockers, type ListedDep, refusingRequirements } from '../packages/blockers.ts';
import type { Packages } from '../packages/store.ts';
import type { Project } from '../project/project.ts';

/** Which packages of the project block a version of Phoenix once the plan's steps are carried out in `after`. */
export function blockedBy(project: Project, after: Workspace, packages: Packages, target: string): Blocked {
  const { path, packages: locked } = project.lock;
  return blockers({ listed: listedDeps(project, after), locked, lockPath: path }, packages, target);
}

/** Locked packages that refuse another dep as the plan's steps ask for it, apart from `known` blockers, where they are listed. */
export function refusalFindings(
  project: Project,
  after: Workspace,
  packages: Packages,
  { blockers: known }: Blocked,
): Finding[] {
  const { path, packages: locked } = project.lock;
  const refusing = refusingRequirements({ listed: listedDeps(project, after), locked, lockPath: path }, packages);
  return refusing
    .filter((one) => !known.some((other) => other.package === one.package))
    .map((one) => ({
      ...one.at,
      message: `${one.package} ${one.locked ?? ''} does not fit what the steps ask for: it requires ${refusals(one)}; see whether a newer ${one.package} allows it`,
    }));
}

/** The deps of every `mix.exs`, at the lines where they stand now, with the requirements that the plan gives them. */
function listedDeps({ apps }: Project, after: Workspace): ListedDep[] {
  return apps.flatMap(({ path, mixfile }) => {
    const planned = new Map(readMixfile(parse(after.text(path) ?? '')).deps.map((dep) => [dep.name, dep.requirement]));
    return mixfile.deps
      .filter(({ name, options }) => planned.has(name) && !options.some((one) => one.name === 'in_umbrella'))
      .map(({ name, options, line }) => ({
        name,
        requirement: planned.get(name) ?? null,
        override: options.some((one) => one.name === 'override' && one.display === 'true'),
        at: { path, line },
      }));
  });
}

/** Each blocker as something to look at where it is listed. */
export function blockerFindings({ blockers }: Blocked, target: string): Finding[] {
  return blockers.map((one) => ({ ...one.at, message: blockerSentence(one, target) }));
}

function blockerSentence(blocker: Blocker, target: string): string {
  const { package: name, locked, cause, liftedBy, listed } = blocker;
  if (cause === 'requirement')
    return `${name} ${listed ?? ''} blocks Phoenix ${target}: it takes ${name} ${liftedBy ?? ''} or later`;
  const asked = refusals(blocker);
  return `${name} ${locked ?? ''} blocks Phoenix ${target}: it requires ${asked}; see whether a newer ${name} allows it`;
}

/** `phoenix >= 1.3.0 and < 1.6.0, phoenix_html ~> 2.0` */
export function refusals({ requires }: Blocker): string {
  return requires.map(({ name, requirement }) => `${name} ${requirement}`).join(', ');
}

/**
 * `Blocked by pow 1.0.20 (phoenix >= 1.3.0 and < 1.6.0) and 2 others; reachable now: 1.5.14`; null where nothing blocks the target.
 */
export function blockedLine({ blocked, reachable, from, to }: Blocking): string | null {
  const [first, ...others] = blocked;
  if (first === undefined) return null;
  const why =
    first.cause === 'requirement' ? `${first.listed ?? ''} in ${first.at.path}:${first.at.line}` : refusals(first);
  const version = first.locked === null ? '' : ` ${first.locked}`;
  const more = others.length === 0 ? '' : ` and ${others.length} ${others.length === 1 ? 'other' : 'others'}`;
  const far =
    reachable === null || reachable === from
      ? 'no newer Phoenix is reachable before that'
      : reachable === to
        ? `Phoenix ${to} is reachable once mix.exs allows it`
        : `reachable now: ${reachable}`;
  return `Phoenix ${to} is blocked by ${first.package}${version} (${why})${more}; ${far}`;
}

/** What a plan says of blockers. */
export interface Blocking {
  readonly blocked: readonly Blocker[];
  readonly reachable: string | null;
  readonly from: string;
  readonly to: string;
}
