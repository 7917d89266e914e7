import { UpgradeError } from '../errors/error.ts';
import { type Detection, detect } from '../facts/detect.ts';
import { projectFacts } from '../facts/extract/project.ts';
import type { Fact } from '../facts/fact.ts';
import { nearestKnown } from '../facts/span.ts';
import { buildPlan } from '../plan/build.ts';
import type { Plan } from '../plan/plan.ts';
import { SnapshotStore, type Snapshots } from '../pristine/snapshots.ts';
import { compareVersions, resolveVersion } from '../pristine/versions.ts';
import { diskTree } from '../project/disk-tree.ts';
import { locateProject } from '../project/locate.ts';
import { type Project, readProject } from '../project/project.ts';
import { summaryOf } from './summary.ts';

/** A project that has been read, and what its structure tells. */
export interface LoadedProject {
  /** Absolute path of the root. */
  readonly root: string;
  readonly project: Project;
  readonly facts: readonly Fact[];
  readonly detection: Detection;
}

/** Reads the project at a path. Throws what `locateProject` and `readProject` do. */
export function loadProject(path: string, snapshots: Snapshots = new SnapshotStore()): LoadedProject {
  const root = locateProject(path);
  const project = readProject(diskTree(root), path);
  const facts = projectFacts(project);
  return { root, project, facts, detection: detect(project, facts, snapshots) };
}

export interface PlanOptions {
  readonly from?: string;
  /** A version, a minor, or `latest`. */
  readonly to?: string;
}

/** Plans the upgrade of a loaded project. Throws `unknown-version`, `version-too-old` and `from-newer-than-to`. */
export function planProject(loaded: LoadedProject, options: PlanOptions = {}): Plan {
  const { project, facts, detection } = loaded;
  const { versions } = detection.history;
  const to = resolveVersion(options.to ?? 'latest', versions);
  const from = startOf(loaded, options.from, versions);
  if (compareVersions(from, to) > 0) throw new UpgradeError('from-newer-than-to', { from, to });
  return buildPlan({
    project,
    facts,
    detection,
    summary: summaryOf(project, detection),
    from,
    to,
    source: { from: 'snapshots', to: 'snapshots' },
    migrations: [],
  });
}

/** The given version, else the locked one, else the one that the project was generated with. */
function startOf(
  { project, detection }: LoadedProject,
  given: string | undefined,
  versions: readonly string[],
): string {
  if (given !== undefined) return nearestKnown(resolveVersion(given, versions), versions);
  const locked = project.locked.get('phoenix');
  return nearestKnown(locked ?? detection.origin.version ?? versions[0] ?? '', versions);
}
