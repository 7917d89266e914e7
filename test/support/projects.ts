import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { detect } from '../../src/facts/detect.ts';
import { projectFacts } from '../../src/facts/extract/project.ts';
import type { LoadedProject } from '../../src/library/load.ts';
import { type PlanOptions, planProject } from '../../src/library/plan.ts';
import { performStep } from '../../src/merge/layout.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { readProject } from '../../src/project/project.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';

/** Text of a project's files by path. */
export type Files = Readonly<Record<string, string>>;

const snapshots = new SnapshotStore();
const encoder = new TextEncoder();

export function treeOf(files: Files): FileTree {
  return memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: encoder.encode(text) }])));
}

/** A project that lies nowhere on disk. */
export function loaded(tree: FileTree): LoadedProject {
  const project = readProject(tree);
  const facts = projectFacts(project);
  return { root: '.', project, facts, detection: detect(project, facts, snapshots) };
}

export function planOf(files: Files | FileTree, options: PlanOptions = {}): Plan {
  return planProject(loaded('paths' in files ? (files as FileTree) : treeOf(files as Files)), options);
}

/** The project once the operations of the given steps are carried out, in the plan's order. */
export function applied(tree: FileTree, steps: readonly Step[]): Workspace {
  return steps.reduce((workspace, { id, operations }) => {
    const next = performStep(workspace, operations);
    if ('reason' in next) throw new Error(`${id}: ${next.reason}`);
    return next;
  }, new Workspace(tree));
}

/** Path of a hand-written project. */
export function fixturePath(name: string): string {
  return resolve(import.meta.dirname, '../../fixtures/projects', name);
}

export function fixtureText(name: string, path: string): string {
  return readFileSync(join(fixturePath(name), path), 'utf8');
}
