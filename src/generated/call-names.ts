import { grouped } from '../facts/grouped.ts';
import type { FileTree } from '../project/tree.ts';
import { codePaths, isSchema, type SchemaModule, schemaOf } from './code-index.ts';
import type { Marks } from './generators.ts';
import { moduleIn } from './modules.ts';
import { type CallNames, camelized } from './names.ts';

/** A mark of a generator: a function that it writes, with the name that it gave it. */
interface Mark {
  readonly path: string;
  readonly text: string;
  readonly name: string;
  readonly singular: string;
}

type Schemas = () => ReadonlyMap<string, readonly SchemaModule[]>;

/** Names that a generator may have been called with in a project: each shows in two of its functions at least. */
export function callNamesIn(tree: FileTree, marks: Marks, schemas: Schemas): CallNames[] {
  const found = codePaths(tree)
    .filter((path) => path.endsWith('.ex'))
    .flatMap((path) => marksIn(path, tree.read(path) ?? '', marks));
  const bySingular = grouped(found, ({ singular }) => singular);
  return [...bySingular].flatMap(([singular, own]) => {
    if (new Set(own.map(({ name }) => name)).size < 2) return [];
    const names = namesFor(tree, singular, own, { marks, schemas });
    return names === null ? [] : [names];
  });
}

function marksIn(path: string, text: string, { functions }: Marks): Mark[] {
  return [...text.matchAll(functions)].flatMap(([whole, ...groups]) => {
    const singular = groups.find((group) => group !== undefined);
    const name = whole.trim().replace(/^defp?\s+/, '');
    return singular === undefined ? [] : [{ path, text, name: name.replace(singular, ''), singular }];
  });
}

function namesFor(
  tree: FileTree,
  singular: string,
  found: readonly Mark[],
  { marks, schemas }: { readonly marks: Marks; readonly schemas: Schemas },
): CallNames | null {
  const schema = camelized(singular);
  const owner = found.find(({ name, text }) => marks.ofContext.test(name) && !isSchema(text));
  const context = owner && moduleIn(owner.text);
  const table = context ? schemaOf(schemas(), context, schema)?.table : undefined;
  if (!context || table === undefined) return null;
  const plural = pathWord(tree, found, `${schema}Session`, marks) ?? table;
  const assign = assignIn(found, singular);
  return {
    context: context.replace(/^.*\./, ''),
    schema,
    singular,
    plural,
    table,
    ...(assign === null ? {} : { assign }),
  };
}

/** Under which name a login of 1.8 hands on its scope, where somebody gave it another one. */
function assignIn(found: readonly Mark[], singular: string): string | null {
  const fetching = new RegExp(`^ +def fetch_(\\w+)_for_${singular}\\(`, 'm');
  const assign = found.map(({ text }) => fetching.exec(text)?.[1]).find((name) => name !== undefined);
  return assign === undefined || assign === 'current_scope' ? null : assign;
}

/** The word of its paths: where its own code names one, else where the router does. */
function pathWord(tree: FileTree, found: readonly Mark[], routed: string, { path: word }: Marks): string | null {
  const own = found.map(({ text }) => word.exec(text)?.[1]).find((one) => one !== undefined);
  if (own !== undefined) return own;
  const routers = codePaths(tree).filter((path) => /router\w*\.ex$/.test(path));
  const texts = routers.map((path) => tree.read(path) ?? '').filter((text) => text.includes(routed));
  return texts.map((text) => word.exec(text)?.[1]).find((one) => one !== undefined) ?? null;
}
