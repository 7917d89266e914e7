import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from '../../src/deploy/inspect.ts';
import { migrationPaths } from '../../src/deploy/migration-rows.ts';
import type { DeployStepOperation, Observation } from '../../src/deploy/observation.ts';
import { performDocker } from '../../src/docker/perform.ts';
import { performConfigMove } from '../../src/elixir/config/move.ts';
import { performConfig } from '../../src/elixir/config/operation.ts';
import type { Edited } from '../../src/elixir/edited.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';
import { readTree } from '../support/pristine.ts';
import { deployInput } from './input.ts';

export const fixtures = resolve(import.meta.dirname, '../../fixtures/deploy');
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
    deployInput(tree, names, { target: { elixir: '1.15', otp: '25' }, migrations: migrationPaths(tree.paths) }),
  );
}

/** `topic path:line message`, one a line. */
export function findingLines(observations: readonly Observation[]): string[] {
  return observations.flatMap(({ topic, findings }) =>
    findings.map(({ path, line, message }) => `${topic} ${path}:${line} ${message}`),
  );
}

/** The texts that differ once every operation is carried out; null for deleted files. */
export function carriedOut(tree: FileTree, observations: readonly Observation[]): Map<string, string | null> {
  const texts = new Map<string, string | null>();
  for (const operation of observations.flatMap(({ operations }) => operations)) carryOut(tree, texts, operation);
  return texts;
}

function carryOut(tree: FileTree, texts: Map<string, string | null>, operation: DeployStepOperation): void {
  const text = (path: string) => (texts.has(path) ? texts.get(path) : tree.read(path)) ?? '';
  const { path } = operation;
  switch (operation.kind) {
    case 'create-file':
    case 'replace-file':
      texts.set(path, operation.text);
      break;
    case 'delete-file':
      texts.set(path, null);
      break;
    case 'rename-file':
      throw new Error('no case renames');
    case 'move-config': {
      const moved = performConfigMove(text(path), text(operation.to) || null, operation);
      texts.set(path, result(moved.from));
      texts.set(operation.to, result(moved.to));
      break;
    }
    case 'set-config':
    case 'remove-config':
    case 'rename-config':
    case 'import-config':
    case 'create-runtime-config':
      texts.set(path, result(performConfig(text(path), operation)));
      break;
    default: {
      const once = result(performDocker(text(path), operation));
      if (result(performDocker(once, operation)) !== once) throw new Error(`${operation.kind} twice is not once`);
      texts.set(path, once);
    }
  }
}

function result(edited: Edited): string {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.text;
}
