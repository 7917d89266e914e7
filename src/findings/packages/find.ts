import { grouped } from '../../facts/grouped.ts';
import type { ProjectIndex } from '../../symbols/index.ts';
import type { Reference } from '../../symbols/model.ts';
import type { CodeFinding } from '../code/code-file.ts';
import { type ChangedModule, changedModules } from './changed-modules.ts';
import { type ChangedName, changedNames } from './changed-names.ts';
import { Imports } from './imports.ts';
import { movingPackages, type PackageMoves } from './moving.ts';
import { suspects, writer } from './suspects.ts';

/** The topics of what is found here. */
export const packageTopics = ['gone-calls', 'deprecated-calls'] as const;
const [goneCalls, deprecatedCalls] = packageTopics;

interface Hit {
  readonly path: string;
  readonly line: number;
  readonly changed: ChangedName;
}

/**
 * Calls, captures and components of the project that name what a package no longer has in the target, or deprecates there. A call
 * without a module is taken for a package's only where an import brings that name and the module defines none of that arity itself.
 */
export function findPackageCalls(index: ProjectIndex, moves: PackageMoves): CodeFinding[] {
  const moving = movingPackages(moves);
  const changed = changedNames(moving, moves.packages);
  const imports = new Imports(index, moving);
  const paths = suspects(index, moving, [...changed.values()]);
  const hits = paths.flatMap((path) =>
    index.file(path).references.flatMap((reference): Hit[] => {
      const found = changedBy(reference, index, imports, changed);
      return found ? [{ path, line: reference.line, changed: found }] : [];
    }),
  );
  return [...toldModules(index, changedModules(moving, moves.packages)), ...toldNames(hits)];
}

function toldNames(hits: readonly Hit[]): CodeFinding[] {
  return [
    ...grouped(hits, ({ path, changed: one }) => `${path} ${one.module}.${one.name}/${one.arity}`).values(),
  ].flatMap(told);
}

function changedBy(
  reference: Reference,
  index: ProjectIndex,
  imports: Imports,
  changed: ReadonlyMap<string, ChangedName>,
): ChangedName | undefined {
  if (reference.kind === 'function')
    return changed.get(`${reference.module}.${reference.name}/${reference.arity ?? '?'}`);
  if (reference.kind === 'component') return changed.get(`${reference.module}.${reference.name}/1`);
  if (reference.kind !== 'local' || reference.scope === null) return undefined;
  const module = index.module(reference.scope);
  const { name, arity } = reference;
  if (module === undefined) return undefined;
  if (module.functions.some((own) => own.name === name && own.least <= arity && arity <= own.most)) return undefined;
  return imports
    .of(module, name)
    .map((from) => changed.get(`${from}.${name}/${arity}`))
    .find((one) => one !== undefined && !(one.state === 'gone' && one.moved));
}

/**
 * Lines of the app and its tests that name a module which is gone, as `use`, child or adapter. What configuration names is for the steps
 * that move it.
 */
function toldModules(index: ProjectIndex, changed: ReadonlyMap<string, ChangedModule>): CodeFinding[] {
  const last = (module: string) => module.slice(module.lastIndexOf('.') + 1);
  const writers = [...changed.keys()].map(writer);
  const paths = index
    .mentioning([...new Set([...changed.keys()].map(last))])
    .filter((path) => !inConfig.test(path) && writers.some((writes) => writes(index.text(path) ?? '')));
  return paths.flatMap((path) => {
    const hits = index.file(path).references.flatMap((reference) => {
      const named = reference.kind === 'module' || reference.kind === 'mention' ? reference.module : null;
      const one = named === null ? undefined : changed.get(named);
      return one ? [{ line: reference.line, one }] : [];
    });
    return [...new Map(hits.map((hit) => [hit.line, hit])).values()].map(({ line, one }) => ({
      topic: goneCalls,
      finding: {
        path,
        line,
        message: `${one.module} ${one.state === 'gone' ? 'is gone' : 'is for its own package alone'} since ${one.package} ${one.since}`,
      },
      breaksFrom: { dep: one.package, from: one.since },
    }));
  });
}

const inConfig = /(?:^|\/)config\/[^/]+\.exs$/;

/** Every line of what is gone; one line a file of what is deprecated, for it goes on working. */
function told(hits: readonly Hit[]): CodeFinding[] {
  const lines = [...new Map(hits.map((hit) => [hit.line, hit])).values()].sort((a, b) => a.line - b.line);
  const [first] = lines;
  if (first === undefined) return [];
  const { changed } = first;
  const said = `${changed.module}.${changed.name}/${changed.arity} is ${changed.state} since ${changed.package} ${changed.since}`;
  if (changed.state === 'gone')
    return lines.map(({ path, line }) => ({
      topic: goneCalls,
      finding: { path, line, message: said },
      breaksFrom: { dep: changed.package, from: changed.since },
    }));
  const instead = changed.instead === null ? '' : `: call ${changed.instead}`;
  const others = lines.length === 1 ? '' : ` (${lines.length} lines of this file)`;
  const { path, line } = first;
  return [{ topic: deprecatedCalls, finding: { path, line, message: said + instead + others } }];
}
