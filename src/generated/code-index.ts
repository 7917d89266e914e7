import type { FileTree } from '../project/tree.ts';

/** Files that generators write into: compiled code, tests and templates, also of an umbrella's apps. */
const looked = /^(?:apps\/[^/]+\/)?(?:lib|test|web)\/.*\.(?:exs?|heex|eex|leex)$/;

/** The files of a project that generated code may stand in. */
export function codePaths(tree: FileTree): string[] {
  return tree.paths.filter((path) => looked.test(path));
}

/** What a file says it has, read without parsing it. */
export interface IndexedFile {
  readonly path: string;
  readonly text: string;
  /** Its modules by the ends of their names, as parts are called; of a template the two ends of its path. */
  readonly names: readonly string[];
  /** Functions that it defines. */
  readonly functions: readonly string[];
}

/** The code of a project by what is in it, each file read once. */
export function indexedFiles(tree: FileTree): IndexedFile[] {
  return codePaths(tree).map((path) => {
    const text = tree.read(path) ?? '';
    if (!/\.exs?$/.test(path)) return { path, text, names: [path.split('/').slice(-2).join('/')], functions: [] };
    return { path, text, names: firsts(text, modules), functions: firsts(text, definitions) };
  });
}

const modules = /^defmodule\s+(?:\w+\.)*?((?:\w+Live\.)?\w+)\s/gm;
const definitions = /^ *defp? +(\w+[!?]?)/gm;

function firsts(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

const schemaLine = /^\s*\w*schema\(? ?"(\w+)"/m;

/** The module of a schema with the table that it reads. */
export interface SchemaModule {
  readonly module: string;
  readonly table: string;
  readonly path: string;
}

/** Schemas of a project by the last part of their names. */
export function schemasIn(tree: FileTree): ReadonlyMap<string, readonly SchemaModule[]> {
  const found = new Map<string, SchemaModule[]>();
  for (const path of codePaths(tree)) {
    const text = path.endsWith('.ex') ? (tree.read(path) ?? '') : '';
    const table = schemaLine.exec(text)?.[1];
    const module = table === undefined ? undefined : /^defmodule\s+([\w.]+)/m.exec(text)?.[1];
    const name = module?.split('.').at(-1);
    if (table === undefined || module === undefined || name === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), { module, table, path }]);
  }
  return found;
}

/** The schema of a name: the one below its context, else the first. */
export function schemaOf(
  schemas: ReadonlyMap<string, readonly SchemaModule[]>,
  context: string,
  name: string,
): SchemaModule | null {
  const known = schemas.get(name) ?? [];
  return known.find(({ module }) => module === `${context}.${name}`) ?? known[0] ?? null;
}

/** Whether a text is that of a schema. */
export function isSchema(text: string): boolean {
  return schemaLine.test(text);
}
