import type { FileTree } from '../project/tree.ts';
import type { Generator } from './generators.ts';
import { type CallNames, camelized } from './names.ts';

/** Files that generators write into: compiled code, tests and templates, also of an umbrella's apps. */
const looked = /^(?:apps\/[^/]+\/)?(?:lib|test|web)\/.*\.(?:exs?|heex|eex|leex)$/;

/** The files of a project that generated code may stand in. */
export function codePaths(tree: FileTree): string[] {
  return tree.paths.filter((path) => looked.test(path));
}

/** A mark of a generator: a function that it writes, with the name that it gave it. */
interface Mark {
  readonly path: string;
  readonly text: string;
  readonly name: string;
  readonly singular: string;
}

/** Names that a generator may have been called with in a project: each shows in two of its functions at least. */
export function callNamesIn(tree: FileTree, generator: Generator): CallNames[] {
  const marks = codePaths(tree)
    .filter((path) => path.endsWith('.ex'))
    .flatMap((path) => marksIn(path, tree.read(path) ?? '', generator));
  const bySingular = new Map<string, Mark[]>();
  for (const mark of marks) bySingular.set(mark.singular, [...(bySingular.get(mark.singular) ?? []), mark]);
  return [...bySingular].flatMap(([singular, own]) => {
    if (new Set(own.map(({ name }) => name)).size < 2) return [];
    const names = namesFor(tree, singular, own, generator);
    return names === null ? [] : [names];
  });
}

function marksIn(path: string, text: string, { marks }: Generator): Mark[] {
  return [...text.matchAll(marks)].flatMap(([whole, ...groups]) => {
    const singular = groups.find((group) => group !== undefined);
    const name = whole.trim().replace(/^defp?\s+/, '');
    return singular === undefined ? [] : [{ path, text, name: name.replace(singular, ''), singular }];
  });
}

function namesFor(tree: FileTree, singular: string, marks: readonly Mark[], generator: Generator): CallNames | null {
  const schema = camelized(singular);
  const owner = marks.find(({ name, text }) => generator.ofContext.test(name) && !/^\s*\w*schema\(? ?"/m.test(text));
  const context = owner && moduleOf(owner.text);
  const table = context ? tableOf(tree, context, schema) : null;
  if (!context || table === null) return null;
  const plural = pathWord(tree, marks, `${schema}Session`, generator) ?? table;
  return { context: context.replace(/^.*\./, ''), schema, singular, plural, table };
}

/** The word of its paths: where its own code names one, else where the router does. */
function pathWord(tree: FileTree, marks: readonly Mark[], routed: string, { path: word }: Generator): string | null {
  if (word === undefined) return null;
  const own = marks.map(({ text }) => word.exec(text)?.[1]).find((found) => found !== undefined);
  if (own !== undefined) return own;
  const routers = codePaths(tree).filter((path) => /router\w*\.ex$/.test(path));
  const texts = routers.map((path) => tree.read(path) ?? '').filter((text) => text.includes(routed));
  return texts.map((text) => word.exec(text)?.[1]).find((found) => found !== undefined) ?? null;
}

function moduleOf(text: string): string | null {
  return /^defmodule\s+([\w.]+)/m.exec(text)?.[1] ?? null;
}

/** The table of a schema's module: the one below its context, else the first of that name. */
function tableOf(tree: FileTree, context: string, schema: string): string | null {
  const tables = new Map<string, string>();
  for (const path of codePaths(tree)) {
    const text = path.endsWith('.ex') ? (tree.read(path) ?? '') : '';
    const table = text.includes(schema) ? /^\s*\w*schema\(? ?"(\w+)"/m.exec(text)?.[1] : undefined;
    const module = table === undefined ? null : moduleOf(text);
    if (table !== undefined && module?.split('.').at(-1) === schema) tables.set(module, table);
  }
  return tables.get(`${context}.${schema}`) ?? [...tables.values()][0] ?? null;
}
