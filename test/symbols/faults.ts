import { memoryTree } from '../../src/project/tree.ts';
import type { KnownPackages } from '../../src/symbols/asked-packages.ts';
import { newInconsistencies } from '../../src/symbols/inconsistencies.ts';
import { ProjectIndex } from '../../src/symbols/index.ts';
import type { Inconsistency } from '../../src/symbols/transition.ts';

export type Files = Readonly<Record<string, string>>;

/** What a change of files breaks in a project of Quay; null takes a file away. */
export function faultsOf(
  project: Files,
  change: Readonly<Record<string, string | null>>,
  packages: KnownPackages | null = null,
): Inconsistency[] {
  const next = Object.entries({ ...project, ...change }).filter((file): file is [string, string] => file[1] !== null);
  const before = ProjectIndex.of(tree(project));
  const changed = Object.keys(change);
  const after = before.changed(tree(Object.fromEntries(next)), changed);
  return newInconsistencies({ before, after, changed, own: ['Quay', 'QuayWeb'], packages });
}

function tree(files: Files) {
  return memoryTree(
    new Map(Object.entries(files).map(([path, text]) => [path, { bytes: new TextEncoder().encode(text) }])),
  );
}
