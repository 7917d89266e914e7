import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findCode } from '../../../src/findings/code/find.ts';
import type { FindingContext } from '../../../src/findings/context.ts';
import { migrationPaths } from '../../../src/findings/deployment/migration-rules.ts';
import { projectRules } from '../../../src/findings/deployment/rules.ts';
import { seenBy } from '../../../src/findings/find.ts';
import type { Sighting } from '../../../src/findings/rule.ts';
import { performAll } from '../../../src/merge/perform.ts';
import { Workspace } from '../../../src/merge/workspace.ts';
import { type FileTree, memoryTree } from '../../../src/project/tree.ts';
import { readTree } from '../../support/pristine.ts';
import { contextOf } from './input.ts';

export const fixtures = resolve(import.meta.dirname, '../../../fixtures/deploy');

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

/** What a rule sees of a project. */
interface Observed extends Sighting {
  readonly id: string;
}

/** Every rule that sees something, in the order of the list. */
export function observe(tree: FileTree): Observed[] {
  const context = contextOf(tree, {
    target: {
      elixir: '1.15',
      otp: '25',
      debian: 'bookworm',
      liveView: null,
      scripts: '/assets/js',
      styles: '/assets/css/app.css',
      profile: 'atelier',
    },
    migrations: migrationPaths(tree.paths),
  });
  const inProject = projectRules.map((rule) => ({ id: rule.id, ...seenBy(rule, context) }));
  return [
    ...inProject.filter(({ findings, operations }) => findings.length > 0 || operations.length > 0),
    ...mendedCode(context),
  ];
}

/** What rules for code see and can mend, by topic. */
function mendedCode(context: FindingContext): Observed[] {
  const code = findCode(context.build.sources, '1.3.5', '1.8.12');
  return [...code.mends].flatMap(([{ topic }, operations]) => {
    const edits = operations(context);
    const findings = code.findings.filter((one) => one.topic === topic).map(({ finding }) => finding);
    return edits.length === 0 ? [] : [{ id: topic, findings, operations: edits }];
  });
}

/** `id path:line message`, one a line. */
export function findingLines(observed: readonly Observed[]): string[] {
  return observed.flatMap(({ id, findings }) =>
    findings.map(({ path, line, message }) => `${id} ${path}:${line} ${message}`),
  );
}

/** The project once every operation is carried out, all topics one after another. */
export function carriedOut(tree: FileTree, observed: readonly Sighting[]): FileTree {
  const operations = observed.flatMap((one) => one.operations);
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
