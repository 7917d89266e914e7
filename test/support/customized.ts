import { join } from 'node:path';
import { generatedTexts } from '../../src/library/generated-texts.ts';
import { loadTree } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { openPack } from '../../src/pristine/sources/pack/pack.ts';
import type { PristineSource } from '../../src/pristine/sources/source.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { pristineRoot, readTree } from './pristine.ts';

/** How somebody changed a generated file, by path; null for one that they took out. */
export type Changes = Readonly<Record<string, ((text: string) => string) | null>>;

/** A generated project as somebody changed it, and the plan that has the text of both versions. */
export async function planWithText(
  { from, to, variant = 'default' }: { readonly from: string; readonly to: string; readonly variant?: string },
  changes: Changes,
): Promise<{ readonly tree: FileTree; readonly plan: Plan }> {
  const root = join(pristineRoot(), 'pristine');
  const tree = changed(readTree(join(root, from, variant)), changes);
  return { tree, plan: await planFor(tree, { from, to }, await openPack(root)) };
}

/** The plan for files that lie nowhere on disk; without a source from facts alone. */
export async function planFor(
  tree: FileTree,
  { from, to }: { readonly from: string; readonly to: string },
  source: PristineSource | null,
): Promise<Plan> {
  const loaded = loadTree('/project', tree, { label: '.', snapshots: new SnapshotStore(), confirmed: {} });
  if (source === null) return planProject(loaded, { from, to });
  const sought = { start: from, to, sources: [source], path: process.env.PATH, progress: () => undefined };
  return planProject(loaded, { from, to, generated: await generatedTexts(loaded, sought) });
}

function changed(tree: FileTree, changes: Changes): FileTree {
  const files = new Map(
    tree.paths.map((path) => [
      path,
      { bytes: tree.bytes(path) ?? new Uint8Array(), executable: tree.executable(path) },
    ]),
  );
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) files.delete(path);
    else files.set(path, { bytes: Buffer.from(change(tree.read(path) ?? '')), executable: false });
  }
  return memoryTree(files);
}
