import type { Names } from '../elixir/names.ts';
import { compareVersions } from '../pristine/versions.ts';
import type { FileTree } from '../project/tree.ts';
import { schemasIn } from './code-index.ts';
import { fieldsOf } from './fields.ts';
import type { GeneratedCode } from './find.ts';
import { moduleIn } from './modules.ts';
import { type CallNames, storedNames } from './names.ts';
import type { WrittenCode } from './parts.ts';

/** Where code is called anew: the project that it lies in, and the version whose flags are used. */
export interface CallPlace {
  readonly tree: FileTree;
  readonly names: Names;
  readonly version: string;
}

/** The calls that would write some code, as they are given to `mix`: names, fields and flags are read from the code. */
export function callsOf(generated: GeneratedCode, place: CallPlace): string[] {
  return generated.codes.map((code) => callOf(code, generated, place));
}

function callOf(
  code: WrittenCode,
  { codes, variant, versions }: GeneratedCode,
  { tree, names: app, version }: CallPlace,
): string {
  const { generator, names } = code;
  const siblings = codes.filter((one) => one.names === names);
  const schema = schemaText(siblings, tree);
  const web = siblings.filter(({ generator: { call } }) => call.includes('--no-context')).flatMap(({ parts }) => parts);
  const texts = {
    web: textOf(
      web.map(({ path }) => path),
      tree,
    ),
    migrations: migrationsOf(names.table, tree),
  };
  const fields = generator.fields.length === 0 ? [] : fieldsOf(schema, texts);
  // Before 1.6 there were none: one that is there now came later.
  const isBeforeEnums = compareVersions(versions[0] ?? version, '1.6.0') < 0;
  const namespace = webNamespace(code, app.webModule, tree);
  const words = [
    ...generator.call.split(' ').map((word) => ownWord(word, names)),
    ...fields.filter((field) => !(isBeforeEnums && field.includes(':enum:'))),
    ...(names.table === names.plural ? [] : ['--table', names.table]),
    ...(namespace === null ? [] : ['--web', namespace]),
    ...flagsOf(variant, version, schema),
    ...(generator.marks === null ? [] : scopeFlags(names, version, tree)),
  ];
  return words.join(' ');
}

function textOf(paths: readonly string[], tree: FileTree): string {
  return paths.map((path) => tree.read(path) ?? '').join('\n');
}

function migrationsOf(table: string, tree: FileTree): string {
  const paths = tree.paths.filter((path) => /\/migrations\/[^/]+\.exs$/.test(path));
  return textOf(
    paths.filter((path) => new RegExp(`table\\(\\s*:${table}\\b`).test(tree.read(path) ?? '')),
    tree,
  );
}

function ownWord(word: string, { context, schema, plural }: CallNames): string {
  const own = new Map([
    [storedNames.context, context],
    [storedNames.schema, schema],
    [storedNames.plural, plural],
  ]);
  return own.get(word) ?? word;
}

/** The schema of a resource: the one that plays the part, else the one of that name. */
function schemaText(codes: readonly WrittenCode[], tree: FileTree): string {
  const [first] = codes;
  const part = codes.flatMap(({ parts }) => parts).find(({ role }) => role === storedNames.schema);
  const path = part?.path ?? (first && schemasIn(tree).get(first.names.schema)?.[0]?.path);
  return path === undefined ? '' : (tree.read(path) ?? '');
}

/** Flags of the run that wrote most, and those that the schema shows; as a version before 1.7 has them where it is one. */
function flagsOf(variant: string, version: string, schema: string): string[] {
  const flags = compareVersions(version, '1.7.0') < 0 ? variant.replace(/--(?:no-)?live/, '') : variant;
  const own = flags.split(' ').filter(Boolean);
  const hashing = /\b(Argon2|Pbkdf2)\.\w+\(/.exec(schema)?.[1]?.toLowerCase();
  const isBinary = /@primary_key \{:\w+, :binary_id\b/.test(schema);
  return [
    ...own,
    ...(hashing === undefined || variant === '' || own.includes('--hashing-lib') ? [] : ['--hashing-lib', hashing]),
    ...(isBinary && !own.includes('--binary-id') ? ['--binary-id'] : []),
  ];
}

/** Since 1.8: the name of the scope in the config, and of the assign that holds it, where they are not the usual ones. */
function scopeFlags({ context, singular, assign }: CallNames, version: string, tree: FileTree): string[] {
  if (compareVersions(version, '1.8.0') < 0) return [];
  const config = tree.read('config/config.exs') ?? '';
  const scope = new RegExp(`(\\w+): \\[[^\\]]*?module: [\\w.]*\\b${context}\\.Scope\\b`).exec(config)?.[1];
  return [
    ...(scope === undefined || scope === singular ? [] : ['--scope', scope]),
    ...(assign === undefined ? [] : ['--assign-key', assign]),
  ];
}

/** The namespace below the web module that the parts of the web lie in, `Admin`; null where they have none in common. */
function webNamespace({ parts }: WrittenCode, webModule: string, tree: FileTree): string | null {
  const prefix = `${webModule}.`;
  const modules = parts
    .map(({ path }) => moduleIn(tree.read(path) ?? '') ?? '')
    .filter((module) => module.startsWith(prefix));
  const spaces = modules
    .filter((module) => !module.endsWith('Test'))
    .map((module) => module.slice(prefix.length).split('.').slice(0, -1))
    .map((own) => own.filter((part) => !part.endsWith('Live')).join('.'));
  const [first] = spaces;
  return spaces.length > 1 && first && spaces.every((space) => space === first) ? first : null;
}
