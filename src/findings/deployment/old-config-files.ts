import { posix } from 'node:path';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import { callsOf } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce, type Finding } from '../finding.ts';
import { type Sighting, sighting } from '../rule.ts';
import { compiledKeys, isCompiled } from './compiled-keys.ts';
import { movesToRuntime, retirement } from './config-moves.ts';

/** Files of the configuration whose place `runtime.exs` takes: `prod.secret.exs`, `releases.exs`, with all that brings or names them. */
export function oldFiles(context: FindingContext): Sighting[] {
  const files = context.tree.paths.filter(
    (path) =>
      /^(?:apps\/[^/]+\/)?config\/(?:[\w.]*\.secret|releases)\.exs$/.test(path) &&
      !/(?:dev|test)\.secret\.exs$/.test(path),
  );
  const findings = files.map((path) => ({ path, line: 1, message: oldFileMessage(path, context) }));
  const imports = importsOf(context);
  const named = [
    ...new Set([...files, ...imports.map(({ imported }) => imported)].map((path) => path.replace(/^.*\//, ''))),
  ];
  return sighting(
    eachOnce([
      ...findings,
      ...imports.map(({ path, line, message }) => ({ path, line, message })),
      ...mentionsOf(named, context),
      ...runtimePaths(context),
    ]),
    files.flatMap((path) => emptied(context, path)),
  );
}

interface SecretImport extends Finding {
  readonly imported: string;
}

const isSecret = (path: string) => /\.secret\.exs$/.test(path) && !/(?:^|\/)(?:dev|test)\.secret\.exs$/.test(path);

/** Lines that import such a file: one that is there, one that a build server does not have, one that may be there. */
function importsOf({ config, tree, build }: FindingContext): SecretImport[] {
  const missing = config.missing
    .filter(({ imported, guarded }) => isSecret(imported) && !guarded)
    .map(({ path, line, imported }) => {
      const message = `imports ${imported}, which a build server does not have; runtime.exs replaces it`;
      return { path, line, imported, message };
    });
  const written = config.files.flatMap(({ path }) => {
    const source = build.elixir(path);
    return callsOf(source.body, ['import_config']).flatMap((call) => {
      const imported = posix.join(posix.dirname(path), (call.args[0] && plainText(call.args[0])) ?? '');
      const line = lineAt(source.text, call.range.start);
      if (!isSecret(imported) || missing.some((one) => one.path === path && one.line === line)) return [];
      const where = tree.has(imported) ? '' : ' where it is there';
      return [{ path, line, imported, message: `imports ${imported}${where}: runtime.exs takes its place` }];
    });
  });
  return [...missing, ...written];
}

/** `runtime_config_path: "config/release.exs"` of a release: a file for run time under a name of its own. */
function runtimePaths({ build, tree }: FindingContext): Finding[] {
  return build.manifests.flatMap(({ path, mixfile }) =>
    mixfile.releases
      .filter(({ path: keys }) => keys.at(-1) === 'runtime_config_path')
      .flatMap(({ value, line }) => {
        const name = plainText(value);
        if (name === null || /(?:^|\/)runtime\.exs$/.test(name)) return [];
        const file = posix.join(posix.dirname(path), name);
        return [
          { path, line, message: `names ${name}: a release reads config/runtime.exs without being told` },
          ...(tree.has(file) ? [{ path: file, line: 1, message: `${name} is replaced by runtime.exs` }] : []),
        ];
      }),
  );
}

/** Where images, scripts and workflows bring such a file. */
function mentionsOf(names: readonly string[], { tree }: FindingContext): Finding[] {
  if (names.length === 0) return [];
  const places = tree.paths.filter(
    (path) => !/^(?:apps\/[^/]+\/)?(?:lib|test|config|assets|deps|docs?|priv)\/|\.(?:md|exs?)$|ignore$/.test(path),
  );
  return places.flatMap((path) => {
    const text = tree.read(path) ?? '';
    const told = names.filter((name) => text.includes(name));
    if (told.length === 0) return [];
    return text.split('\n').flatMap((line, index) => {
      const name = /^\s*(?:#|\/\/)/.test(line) ? undefined : told.find((one) => line.includes(one));
      return name === undefined
        ? []
        : [{ path, line: index + 1, message: `names ${name}: runtime.exs takes its place` }];
    });
  });
}

function oldFileMessage(path: string, { tree }: FindingContext): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'releases.exs' && tree.has(path.replace(name, 'runtime.exs'))
    ? 'a release does not read releases.exs beside runtime.exs: carry over what still has to hold, then delete it'
    : `${name} is replaced by runtime.exs`;
}

/** The file that takes an old one's place, or moves of everything that this sets, and its end; nothing where some key has to stay. */
function emptied(context: FindingContext, path: string): Sighting['operations'] {
  if (path.endsWith('/releases.exs')) {
    const runtime = path.replace(/[^/]*$/, 'runtime.exs');
    return context.tree.has(runtime) ? [] : [{ kind: 'create-runtime-config', path: runtime }];
  }
  const entries = context.config.entries.filter((entry) => entry.path === path);
  const compiled = compiledKeys(context.build);
  if (entries.some((entry) => isCompiled(entry, context, compiled))) return [];
  const moves = movesToRuntime(context, entries);
  return moves.length === 0 && entries.length > 0 ? [] : [...moves, retirement(context, path)];
}
