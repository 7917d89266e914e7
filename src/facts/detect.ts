import type { Snapshots } from '../pristine/snapshots.ts';
import type { Project } from '../project/project.ts';
import { type Address, AddressMap } from './address.ts';
import { fileHash } from './extract/file.ts';
import type { Fact } from './fact.ts';
import { type DetectedFlag, detectFlags, detectLateFlags } from './flags.ts';
import { composeHistory, type History } from './history.ts';
import { findOrigin, type Origin } from './origin.ts';

/** What a project's structure tells about where it comes from. */
export interface Detection {
  readonly flags: readonly DetectedFlag[];
  readonly origin: Origin;
  /** What the generator wrote with those flags and the project's names. */
  readonly history: History;
}

/** Finds the flags and the version that a project was generated with. */
export function detect(project: Project, facts: readonly Fact[], snapshots: Snapshots): Detection {
  const evidence = flagEvidence(project, facts);
  const early = detectFlags(evidence);
  const historyOf = (flags: readonly DetectedFlag[]) => historyFor(flags, project, facts, snapshots);
  const yours = valueReader(project, facts);
  const first = historyOf(early);
  const origin = findOrigin(yours, first);
  const late = origin.version === null ? [] : detectLateFlags(evidence, origin.version);
  if (late.length === 0) return { flags: early, origin, history: first };
  const flags = [...early, ...late];
  const history = historyOf(flags);
  return { flags, origin: findOrigin(yours, history), history };
}

/** What the generator wrote for a project with these flags. */
export function historyFor(
  flags: readonly DetectedFlag[],
  { names }: Pick<Project, 'names'>,
  facts: readonly Fact[],
  snapshots: Snapshots,
): History {
  // Release files are known apart from the project, and only matter to one that has some.
  const released = facts.some(({ address }) => address.isRelease) ? ['releases'] : [];
  return composeHistory(snapshots, [...flags.map(({ variant }) => variant), ...released], names);
}

function flagEvidence(project: Project, facts: readonly Fact[]) {
  const apps = project.root.mixfile.project.find(({ path }) => path[0] === 'apps_path');
  const { directory } = project.web;
  return {
    umbrella: project.umbrella && apps ? { path: project.root.path, line: apps.line } : null,
    facts,
    tree: project.tree,
    webDirectory: directory === '' ? '' : `${directory}/`,
  };
}

/** The project's value at any address: of its facts, and for files the hash of what stands at that path. */
export function valueReader(project: Project, facts: readonly Fact[]): (address: Address) => string | undefined {
  const values = new AddressMap(facts.map(({ address, value }) => [address, value] as const));
  const hashes = new Map<string, string | undefined>();
  return (address) => {
    if (address.area !== 'file') return values.get(address);
    const path = address.pathText;
    if (!hashes.has(path)) hashes.set(path, fileHash(project.tree, path, project.names));
    return hashes.get(path);
  };
}
