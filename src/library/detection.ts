import { BuildFiles } from '../findings/build-files.ts';
import { type StatedVersions, versionMatrix } from '../findings/deployment/versions.ts';
import type { Finding, ProjectSummary } from '../plan/plan.ts';
import { unreadableFiles } from '../plan/unreadable.ts';
import type { LoadedProject } from './load.ts';
import { summaryOf } from './summary.ts';

/** What was found in a project: its names, version and flags with their evidence, and what is worth a look. */
export interface DetectedProject {
  readonly project: ProjectSummary;
  /** Every place that states a version of Elixir, Erlang, Node or Debian. */
  readonly matrix: readonly StatedVersions[];
  readonly findings: readonly Finding[];
}

/** What `detect` says of a project that has been read. */
export function detected({ project, detection }: LoadedProject): DetectedProject {
  return {
    project: summaryOf(project, detection),
    matrix: versionMatrix(new BuildFiles(project.sources)),
    findings: unreadableFiles(project),
  };
}
