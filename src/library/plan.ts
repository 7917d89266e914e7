import { allows, lowest, parseRequirement, parseVersion, versionText } from '../elixir/requirement.ts';
import { UpgradeError } from '../errors/error.ts';
import { nearestKnown } from '../facts/span.ts';
import { type Packages, shippedPackages } from '../packages/store.ts';
import { buildPlan } from '../plan/build.ts';
import type { IgnoreRules } from '../plan/ignore.ts';
import { planStart } from '../plan/input.ts';
import type { Plan } from '../plan/plan.ts';
import { shippedGenerated } from '../pristine/generated-history.ts';
import { compareVersions, resolveVersion } from '../pristine/versions.ts';
import type { Project } from '../project/project.ts';
import type { GeneratedTexts } from './generated-texts.ts';
import type { LoadedProject } from './load.ts';
import { summaryOf } from './summary.ts';
import { knownVersion } from './version.ts';

/** What planning may be told; each is found out where it is left out. */
export interface PlanOptions {
  readonly from?: string | undefined;
  /** Version that changes are counted from: where left out, the older of `from` and the one the project stems from. */
  readonly start?: string | undefined;
  /** A version, a minor, or `latest`. */
  readonly to?: string | undefined;
  /** What the plan leaves out at the user's wish. */
  readonly ignore?: IgnoreRules | undefined;
  /** Migrations that no running instance has seen. */
  readonly migrations?: readonly string[] | undefined;
  /** Facts of packages; those that ship with the program where left out. */
  readonly packages?: Packages | undefined;
  /** Hears which part of planning begins. */
  readonly doing?: ((what: string) => void) | undefined;
  /** Generated text of both versions; without it the plan is made from facts and hashes. */
  readonly generated?: GeneratedTexts | undefined;
}

/** Plans the upgrade of a loaded project. Throws `unknown-version`, `version-too-old` and `from-newer-than-to`. */
export function planProject(loaded: LoadedProject, options: PlanOptions = {}): Plan {
  const { project, facts, detection } = loaded;
  const { from, to } = spanOf(loaded, options);
  return buildPlan({
    project,
    facts,
    detection,
    summary: summaryOf(project, detection),
    start: options.start ?? planStart(detection, from),
    from,
    to,
    source: options.generated?.source ?? { from: 'snapshots', to: 'snapshots' },
    texts: options.generated?.texts ?? null,
    code: options.generated?.code ?? [],
    generated: shippedGenerated,
    packages: options.packages ?? shippedPackages,
    migrations: options.migrations ?? [],
    ignore: options.ignore,
    doing: options.doing,
  });
}

/** The two versions that a plan goes between. Throws as `planProject`. */
export function spanOf(
  loaded: LoadedProject,
  options: Pick<PlanOptions, 'from' | 'to'>,
): { readonly from: string; readonly to: string } {
  const { versions } = loaded.detection.history;
  const to = knownVersion(options.to ?? 'latest', versions);
  const from = startOf(loaded, options.from, versions);
  if (compareVersions(from, to) > 0) throw new UpgradeError('from-newer-than-to', { from, to });
  return { from, to };
}

/**
 * The given version, else the locked one, else the one that the project was generated with. A version that is newer
 * than the snapshots counts as the newest they have of before it.
 */
function startOf({ project, detection }: LoadedProject, given: string | undefined, versions: readonly string[]) {
  if (given !== undefined) return nearestKnown(resolveVersion(given, versions), versions);
  const locked = project.locked.get('phoenix')?.replace(/[-+].*$/, '');
  refuseTooOld(locked, project, versions);
  return nearestKnown(locked ?? detection.origin.version ?? versions[0] ?? '', versions);
}

/** Refuses a project of before every known generator, by its lock or by a requirement that allows none of them. */
function refuseTooOld(locked: string | undefined, { web }: Project, versions: readonly string[]): void {
  const requirement = web.mixfile.deps.find(({ name }) => name === 'phoenix')?.requirement;
  const parsed = requirement ? parseRequirement(requirement) : null;
  const least = parsed && lowest(parsed);
  const allowsKnown = versions.map(parseVersion).some((version) => version && parsed && allows(parsed, version));
  const stated = locked ?? (least && !allowsKnown ? versionText(least) : undefined);
  if (stated !== undefined) resolveVersion(stated, versions);
}
