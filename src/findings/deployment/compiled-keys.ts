import type { ConfigEntry } from '../../elixir/config/model.ts';
import { aliasesOf, modulesOf, ownBody } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import { type BodyRead, bodyReads } from '../../rewrites/compile-env.ts';
import { type BuildFiles, callsOf } from '../build-files.ts';
import type { FindingContext } from '../context.ts';

/** Keys of the endpoint that Phoenix reads while it compiles. */
const endpointKeys = ['force_ssl', 'code_reloader', 'debug_errors'];

/** Whether a key is read while the project compiles: by Phoenix, or by the app's own code. */
export function isCompiled(
  { keyPath }: ConfigEntry,
  { names }: FindingContext,
  compiled: ReadonlySet<string>,
): boolean {
  const [app = '', key = '', option = ''] = keyPath;
  if (key === `${names.webModule}.Endpoint` && endpointKeys.includes(option)) return true;
  return compiled.has(`${app}.${key}`) || compiled.has(`${app}.${key}.${option}`);
}

/** `app.key` and `app.key.option` of every `Application.compile_env`: a release checks that they are as they were then. */
export function checkedKeys(build: BuildFiles): Set<string> {
  const calls = build
    .libFiles(/compile_env/)
    .flatMap(({ source }) => callsOf(source.body, ['Application.compile_env', 'Application.compile_env!']));
  const names = calls.map(({ args: [app, key] }) => {
    const path = key?.kind === 'list' ? key.items : [key];
    return [app, ...path].map((part) => (part?.kind === 'atom' || part?.kind === 'alias' ? part.name : '?')).join('.');
  });
  return new Set(names.filter((name) => !name.includes('?')));
}

/** All keys that code reads while it compiles: with those that module bodies take by `Application.get_env`. */
export function compiledKeys(build: BuildFiles): Set<string> {
  const read = readsInBodies(build).flatMap(({ keyPath }) => (keyPath ? [keyPath.join('.')] : []));
  return new Set([...checkedKeys(build), ...read]);
}

/** A read of the configuration in the body of a module, and where. */
export interface PlacedRead extends BodyRead {
  readonly path: string;
  readonly line: number;
}

const known = new WeakMap<BuildFiles, readonly PlacedRead[]>();

/** Every `Application.get_env` and `fetch_env!` in the bodies of the modules that run, tasks of Mix aside; found once for all rules. */
export function readsInBodies(build: BuildFiles): readonly PlacedRead[] {
  const reads = known.get(build) ?? findReads(build);
  known.set(build, reads);
  return reads;
}

function findReads(build: BuildFiles): PlacedRead[] {
  return build
    .libFiles(/Application\.(?:get_env|fetch_env!)/)
    .filter(({ path }) => !path.includes('/mix/tasks/'))
    .flatMap(({ path, source }) =>
      modulesOf(source).flatMap((module) =>
        bodyReads(ownBody(module), aliasesOf(module)).map((read) => {
          return { ...read, path, line: lineAt(source.text, read.call.range.start) };
        }),
      ),
    );
}
