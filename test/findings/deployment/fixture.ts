import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from '../../../src/findings/deployment/inspect.ts';
import { migrationPaths } from '../../../src/findings/deployment/migration-rows.ts';
import type { Observation } from '../../../src/findings/deployment/observation.ts';
import { performAll } from '../../../src/merge/perform.ts';
import { Workspace } from '../../../src/merge/workspace.ts';
import { type FileTree, memoryTree } from '../../../src/project/tree.ts';
import { readTree } from '../../support/pristine.ts';
import { deployInput } from './input.ts';

export const fixtures = resolve(import.meta.dirname, '../../../fixtures/deploy');
export const names = { app: 'atelier', webApp: 'atelier', module: 'Atelier', webModule: 'AtelierWeb' };

/** The clean project with a case's files laid over it, those listed in `absent.txt` taken away. */
export function caseTree(name: string): FileTree {
  const layers = [join(fixtures, 'clean/project'), join(fixtures, name, 'project')]
    .filter((path) => existsSync(path))
    .map(readTree);
  const list = join(fixtures, name, 'absent.txt');
  const absent = existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : [];
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const tree of layers) {
    for (const path of tree.paths)
      files.set(path, { bytes: tree.bytes(path) ?? new Uint8Array(), executable: tree.executable(path) });
  }
  for (const path of absent) files.delete(path);
  return memoryTree(files);
}

export function observe(tree: FileTree): Observation[] {
  return inspect(
    deployInput(tree, names, {
      target: { elixir: '1.15', otp: '25', debian: 'bookworm' },
      migrations: migrationPaths(tree.paths),
    }),
  );
}

/** `topic path:line message`, one a line. */
export function findingLines(observations: readonly Observation[]): string[] {
  return observations.flatMap(({ topic, findings }) =>
    findings.map(({ path, line, message }) => `${topic} ${path}:${line} ${message}`),
  );
}

/** The project once every operation is carried out, all topics one after another. */
export function carriedOut(tree: FileTree, observations: readonly Observation[]): FileTree {
  const operations = observations.flatMap((one) => one.operations);
  const once = performAll(new Workspace(tree), operations);
  if ('reason' in once) throw new Error(once.reason);
  return once.tree();
}

/** Path → text of every file that differs; null for deleted ones. */
export function changedTexts(before: FileTree, after: FileTree): Map<string, string | null> {
  const paths = [...new Set([...before.paths, ...after.paths])].sort();
  const texts = paths.map((path) => [path, after.has(path) ? (after.read(path) ?? null) : null] as const);
  return new Map(texts.filter(([path, text]) => text !== (before.read(path) ?? null)));
}
