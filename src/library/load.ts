import { type Detection, detect, historyFor } from '../facts/detect.ts';
import { projectFacts } from '../facts/extract/project.ts';
import type { Fact } from '../facts/fact.ts';
import { SnapshotStore, type Snapshots } from '../pristine/snapshots.ts';
import { diskTree } from '../project/disk-tree.ts';
import { locateProject } from '../project/locate.ts';
import { type Project, readProject } from '../project/project.ts';
import type { FileTree } from '../project/tree.ts';
import { type Confirmed, corrected } from './confirmed.ts';

/** A project that has been read, and what its structure tells. */
export interface LoadedProject {
  /** Absolute path of the root. */
  readonly root: string;
  readonly project: Project;
  readonly facts: readonly Fact[];
  readonly detection: Detection;
}

/** Reads the project at a path. Throws what `locateProject` and `loadTree` do. */
export async function loadProject(
  path: string,
  snapshots: Snapshots = new SnapshotStore(),
  confirmed: Confirmed = {},
): Promise<LoadedProject> {
  const root = locateProject(path);
  return loadTree(root, await diskTree(root), { label: path, snapshots, confirmed });
}

/** What a tree is read with; `label` names it in errors. */
export interface LoadOptions {
  readonly label: string;
  readonly snapshots: Snapshots;
  readonly confirmed: Confirmed;
}

/** Reads a project that lies in a tree. Throws what `readProject` does, and `unknown-flag`. */
export function loadTree(root: string, tree: FileTree, { label, snapshots, confirmed }: LoadOptions): LoadedProject {
  const project = readProject(tree, label);
  const facts = projectFacts(project);
  const found = detect(project, facts, snapshots);
  return { root, project, facts, detection: corrected(found, { project, facts, snapshots, confirmed }) };
}

/**
 * Reads the files that the first legs of a stepwise upgrade leave. What was carried out changes neither the flags nor the
 * version that the project stems from. Throws what `readProject` does.
 */
export function loadOnTheWay(
  tree: FileTree,
  { root, detection: { flags, origin } }: LoadedProject,
  { label, snapshots }: Omit<LoadOptions, 'confirmed'>,
): LoadedProject {
  const project = readProject(tree, label);
  const facts = projectFacts(project);
  return { root, project, facts, detection: { flags, origin, history: historyFor(flags, project, facts, snapshots) } };
}
