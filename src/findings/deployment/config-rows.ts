import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import type { ConfigEntry } from '../../elixir/config/model.ts';
import { plainText } from '../../elixir/plain-text.ts';
import type { Operation } from '../../merge/operation.ts';
import type { Finding } from '../finding.ts';
import { isDeadInProduction, movesToBuild, movesToRuntime, retirement } from './config-moves.ts';
import { type DeployInput, type Seen, seen } from './observation.ts';
import { callsOf, type Sources } from './sources.ts';

/** What the configuration calls for, apart from what only concerns development and tests. */
export function configRows(input: DeployInput, sources: Sources): Seen[] {
  return [
    ...oldHeader(input),
    ...buildTimeValues(input, sources),
    ...systemTuples(input),
    ...substitutions(input, sources),
    ...oldFiles(input, sources),
    ...compileTimeKeys(input, sources),
    ...noServer(input, sources),
  ];
}

function oldHeader({ config }: DeployInput): Seen[] {
  const findings = config.files.flatMap(({ path, header }) =>
    header?.kind === 'use Mix.Config'
      ? [{ path, line: header.line, message: 'use Mix.Config is deprecated, and runtime.exs cannot use it' }]
      : [],
  );
  return seen(
    'mix-config',
    findings,
    findings.map(({ path }) => ({ kind: 'import-config' as const, path })),
  );
}

/** Scopes that an image is built with. */
function isBuilt({ scope }: ConfigEntry): boolean {
  return scope === 'all' || scope === 'prod';
}

function buildTimeValues(input: DeployInput, sources: Sources): Seen[] {
  const { config } = input;
  const read = config.entries.filter(
    (entry) => entry.readsAtBuild && isBuilt(entry) && !isDeadInProduction(entry, config),
  );
  const compiled = compiledKeys(sources);
  const moved = read.filter((entry) => !isCompiled(entry, input, compiled));
  return seen(
    'build-time-env',
    onePerPlace(
      read.map((entry) => ({
        path: entry.path,
        line: entry.line,
        message: `${keyText(entry)} reads ${entry.variables.join(', ')} when the image is built; the running release never sees it`,
      })),
    ),
    movesToRuntime(input, moved),
  );
}

function keyText({ keyPath }: ConfigEntry): string {
  return keyPath.join('.');
}

/** One finding for each line: several scopes of a key are one place. */
function onePerPlace(findings: readonly Finding[]): Finding[] {
  return [
    ...new Map(findings.map((finding) => [`${finding.path}:${finding.line}:${finding.message}`, finding])).values(),
  ];
}

/** `{:system, "PORT"}` for the endpoint and the repos, which no longer read it; other libraries do. */
function systemTuples(input: DeployInput): Seen[] {
  const { config, names } = input;
  const own = config.entries.filter(
    ({ keyPath: [, module = ''] }) =>
      [names.module, names.webModule].some((name) => module.startsWith(`${name}.`)) &&
      /(?:Endpoint|Repo)$/.test(module),
  );
  const unread = ({ path, line, keyPath, text }: ConfigEntry) => {
    return { path, line, message: `${keyPath.join('.')}: ${text} is no longer read from the environment` };
  };
  const tuples = own.filter(({ value }) => everyExpr([value]).some(isSystemTuple));
  const switches = own.filter(({ keyPath }) => keyPath.at(-1) === 'load_from_system_env');
  const removals = switches.map(({ path, keyPath, environment }) => {
    return { kind: 'remove-config' as const, path, keyPath, environment };
  });
  return [
    ...seen('system-tuples', onePerPlace(tuples.map(unread)), movesToRuntime(input, tuples.filter(isBuilt))),
    ...seen('load-from-system-env', onePerPlace(switches.map(unread)), removals),
  ];
}

function isSystemTuple(expr: Expr): boolean {
  const [first] = expr.kind === 'tuple' ? expr.items : [];
  return first?.kind === 'atom' && first.name === 'system';
}

/** `"${DB_USER}"`, which Distillery replaced when the release started. */
function substitutions(input: DeployInput, sources: Sources): Seen[] {
  const values = input.config.entries.filter((entry) =>
    everyExpr([entry.value]).some((expr) => /\$\{\w+\}/.test(plainText(expr) ?? '')),
  );
  const inConfig = values.map((entry) => ({
    path: entry.path,
    line: entry.line,
    message: `${keyText(entry)}: nothing replaces ${entry.text} in a release`,
  }));
  const marked = [
    ...sources.scripts,
    ...sources.dockerfiles.map(({ path, dockerfile }) => ({ path, text: dockerfile.text })),
  ];
  const inScripts = marked.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        /^[^#]*REPLACE_OS_VARS/.test(line)
          ? [{ path, line: index + 1, message: 'REPLACE_OS_VARS means nothing to mix release' }]
          : [],
      ),
  );
  return seen(
    'distillery-strings',
    onePerPlace([...inConfig, ...inScripts]),
    movesToRuntime(input, values.filter(isBuilt)),
  );
}

function oldFiles(input: DeployInput, sources: Sources): Seen[] {
  const { config } = input;
  const files = sources.tree.paths.filter(
    (path) =>
      /^(?:apps\/[^/]+\/)?config\/(?:[\w.]*\.secret|releases)\.exs$/.test(path) &&
      !/(?:dev|test)\.secret\.exs$/.test(path),
  );
  const findings = files.map((path) => ({ path, line: 1, message: oldFileMessage(path, sources) }));
  const imports = config.missing
    .filter(
      ({ imported, guarded }) =>
        /\.secret\.exs$/.test(imported) && !guarded && !/(?:^|\/)(?:dev|test)\.secret\.exs$/.test(imported),
    )
    .map(({ path, line, imported }) => ({
      path,
      line,
      message: `imports ${imported}, which a build server does not have; runtime.exs replaces it`,
    }));
  return seen(
    'secret-files',
    [...findings, ...imports],
    files.flatMap((path) => emptied(input, sources, path)),
  );
}

function oldFileMessage(path: string, { tree }: Sources): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'releases.exs' && tree.has(path.replace(name, 'runtime.exs'))
    ? 'a release does not read releases.exs beside runtime.exs: carry over what still has to hold, then delete it'
    : `${name} is replaced by runtime.exs`;
}

/** The file that takes an old one's place, or moves of everything that this sets, and its end; nothing where some key has to stay. */
function emptied(input: DeployInput, sources: Sources, path: string): Seen['operations'] {
  if (path.endsWith('/releases.exs')) {
    const runtime = path.replace(/[^/]*$/, 'runtime.exs');
    return input.tree.has(runtime) ? [] : [{ kind: 'create-runtime-config', path: runtime }];
  }
  const entries = input.config.entries.filter((entry) => entry.path === path);
  const compiled = compiledKeys(sources);
  if (entries.some((entry) => isCompiled(entry, input, compiled))) return [];
  const moves = movesToRuntime(input, entries);
  return moves.length === 0 && entries.length > 0 ? [] : [...moves, retirement(input, path)];
}

/** Keys of the endpoint that Phoenix reads while it compiles. */
const endpointKeys = ['force_ssl', 'code_reloader', 'debug_errors'];

function compileTimeKeys(input: DeployInput, sources: Sources): Seen[] {
  const compiled = compiledKeys(sources);
  const late = input.config.entries.filter(
    (entry) => entry.scope.startsWith('runtime') && isCompiled(entry, input, compiled),
  );
  return seen(
    'compile-time-key',
    onePerPlace(
      late.map((entry) => ({
        path: entry.path,
        line: entry.line,
        message: `${keyText(entry)} is read while the project compiles; set at run time, the release refuses to boot`,
      })),
    ),
    movesToBuild(input, late),
  );
}

/** Whether a key is read while the project compiles: by Phoenix, or by `compile_env` of the app's own code. */
function isCompiled({ keyPath }: ConfigEntry, { names }: DeployInput, compiled: ReadonlySet<string>): boolean {
  const [app = '', key = '', option = ''] = keyPath;
  if (key === `${names.webModule}.Endpoint`) return endpointKeys.includes(option);
  return compiled.has(`${app}.${key}`) || compiled.has(`${app}.${key}.${option}`);
}

/** `app.key` and `app.key.option` of every `Application.compile_env`. */
function compiledKeys(sources: Sources): Set<string> {
  const calls = sources
    .libFiles(/compile_env/)
    .flatMap(({ source }) => callsOf(source.body, ['Application.compile_env', 'Application.compile_env!']));
  const names = calls.map(({ args: [app, key] }) => {
    const path = key?.kind === 'list' ? key.items : [key];
    return [app, ...path].map((part) => (part?.kind === 'atom' || part?.kind === 'alias' ? part.name : '?')).join('.');
  });
  return new Set(names.filter((name) => !name.includes('?')));
}

function noServer(input: DeployInput, sources: Sources): Seen[] {
  const place = unservedEndpoint(input);
  if (!place || !usesReleases(sources)) return [];
  const message =
    'nothing sets server: true, so the release starts no web server; runtime.exs sets it where PHX_SERVER is';
  return seen('no-server', [{ path: place.path, line: place.line, message }], serverSetting(input));
}

/** Where production configures an endpoint that nothing tells to serve; null where something does, or may. */
function unservedEndpoint({ config, names }: DeployInput): ConfigEntry | null {
  const endpoint = `${names.webModule}.Endpoint`;
  const own = config.entries.filter(
    ({ keyPath, scope }) => keyPath[1] === endpoint && scope !== 'dev' && scope !== 'test',
  );
  const place = own.find(({ scope }) => scope === 'prod' || scope.startsWith('runtime'));
  const started = own.some(({ keyPath }) => keyPath[2] === 'server');
  const phoenix = config.entries.some(({ keyPath }) => keyPath[0] === 'phoenix' && keyPath[1] === 'serve_endpoints');
  const computed = config.unknown.some(({ path }) => path.endsWith('runtime.exs'));
  return started || phoenix || computed ? null : (place ?? null);
}

/** Lets `PHX_SERVER` start the web server; nothing where the project starts it already. */
export function serverSetting(input: DeployInput): Operation[] {
  if (!unservedEndpoint(input)) return [];
  const { names, tree } = input;
  const path = 'config/runtime.exs';
  const keyPath = [names.webApp, `${names.webModule}.Endpoint`, 'server'];
  const value = 'if(System.get_env("PHX_SERVER"), do: true)';
  const start = tree.has(path) ? [] : [{ kind: 'create-runtime-config' as const, path }];
  return [...start, { kind: 'set-config', path, keyPath, environment: null, value }];
}

/** Whether something in the project makes or describes a release. */
function usesReleases(sources: Sources): boolean {
  const { tree } = sources;
  return (
    tree.paths.some((path) => path.startsWith('rel/')) ||
    sources.hasDep('distillery') ||
    sources.dockerfiles.some(({ dockerfile }) =>
      /mix release/.test(
        dockerfile.stages.flatMap(({ instructions }) => instructions.map(({ text }) => text)).join('\n'),
      ),
    ) ||
    tree.paths
      .filter((path) => /^mix\.exs$/.test(path))
      .some((path) =>
        everyExpr(sources.elixir(path).body).some((expr) => expr.kind === 'pair' && expr.name === 'releases'),
      )
  );
}
