import { grouped } from '../facts/grouped.ts';
import type { FileTree } from '../project/tree.ts';
import { codePaths, type SchemaModule, schemaOf } from './code-index.ts';
import { moduleIn } from './modules.ts';
import { type CallNames, camelized } from './names.ts';

/** A resource that a context keeps: what `phx.gen.context` and those that call it were given. */
export interface Resource {
  /** The module of its context in full. */
  readonly owner: string;
  readonly names: CallNames;
}

const marks = /^ +def (?:(create|update|delete|change)_(\w+)|(get)_(\w+)!)\(/gm;

/**
 * Resources of a project's contexts: each has three functions at least of those that the generator writes for one, and one that
 * lists them.
 */
export function resourcesIn(tree: FileTree, schemas: () => ReadonlyMap<string, readonly SchemaModule[]>): Resource[] {
  const paths = codePaths(tree).filter(
    (path) => path.endsWith('.ex') && !/_(?:controller|live|view|html)\b/.test(path),
  );
  return paths.flatMap((path) => {
    const text = tree.read(path) ?? '';
    const owner = text.includes('def create_') || text.includes('def change_') ? moduleIn(text) : null;
    return owner === null
      ? []
      : singularsIn(text).flatMap((singular) => resource(text, owner, singular, schemas) ?? []);
  });
}

function singularsIn(text: string): string[] {
  const found = [...text.matchAll(marks)].map(([, verb = 'get', one, , other]) => [one ?? other ?? '', verb] as const);
  const verbs = grouped(found, ([singular]) => singular);
  return [...verbs].flatMap(([singular, own]) => (new Set(own.map(([, verb]) => verb)).size >= 3 ? [singular] : []));
}

function resource(
  text: string,
  owner: string,
  singular: string,
  schemas: () => ReadonlyMap<string, readonly SchemaModule[]>,
): Resource | null {
  const schema = camelized(singular);
  const found = schemaOf(schemas(), owner, schema);
  const plural = found && pluralIn(text, { schema, singular, table: found.table });
  if (!found || !plural) return null;
  return { owner, names: { context: owner.replace(/^.*\./, ''), schema, singular, plural, table: found.table } };
}

/** The plural by the function that lists all: the one called by its table, else one that asks for this schema. */
function pluralIn(
  text: string,
  { schema, singular, table }: Record<'schema' | 'singular' | 'table', string>,
): string | null {
  const lists = [...text.matchAll(/^ +def list_(\w+)(.*\n.*)/gm)].map(([, plural = '', head = '']) => ({
    plural,
    head,
  }));
  const asking = lists.filter(({ head }) => new RegExp(`\\b${schema}\\b`).test(head));
  const named = lists.filter(({ plural }) => plural === table || plural === `${singular}s`);
  return (named[0] ?? asking[0])?.plural ?? null;
}
