import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import type { ConfigEntry } from '../../elixir/config/model.ts';
import { keysReadByInit } from '../../elixir/endpoint/own-init.ts';
import { callName, functionsOf, modulesOf } from '../../elixir/module.ts';
import type { Operation } from '../../merge/operation.ts';
import type { BuildFiles } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { compiledReads } from './compile-env.ts';
import { checkedKeys, compiledKeys, isCompiled } from './compiled-keys.ts';
import { isDeadInProduction, movesToBuild, movesToRuntime } from './config-moves.ts';
import { isOnDistillery } from './distillery-config.ts';
import { replacedStrings } from './distillery-strings.ts';
import { isBuilt, keyText } from './entries.ts';
import { oldFiles } from './old-config-files.ts';
import { isRunByMix, usesReleases } from './run-by-mix.ts';

/** What the configuration calls for, apart from what only concerns development and tests. */
export const configRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'build-time-env',
    topic: 'runtime-config',
    look: buildTimeValues,
  },
  {
    kind: 'project',
    id: 'system-tuples',
    topic: 'system-tuples',
    look: (context) => systemTuples(context, true),
  },
  {
    kind: 'project',
    id: 'unread-system-tuples',
    topic: 'system-tuples',
    need: 'required',
    look: (context) => systemTuples(context, false),
  },
  {
    kind: 'project',
    id: 'load-from-system-env',
    topic: 'endpoint-init',
    look: loadedFromSystem,
  },
  {
    kind: 'project',
    id: 'distillery-strings',
    topic: 'distillery-strings',
    look: (context) => substitutions(context, 'perhaps'),
  },
  {
    kind: 'project',
    id: 'unreplaced-strings',
    topic: 'distillery-strings',
    need: 'required',
    look: (context) => substitutions(context, 'surely'),
  },
  {
    kind: 'project',
    id: 'idle-replacement',
    topic: 'distillery-strings',
    need: 'cosmetic',
    look: (context) => substitutions(context, 'nothing'),
  },
  {
    kind: 'project',
    id: 'secret-files',
    topic: 'runtime-config',
    look: oldFiles,
  },
  {
    kind: 'project',
    id: 'compile-time-key',
    topic: 'compile-time-key',
    look: compileTimeKeys,
  },
  {
    kind: 'project',
    id: 'compile-env',
    topic: 'compile-env',
    look: compiledReads,
  },
  {
    kind: 'project',
    id: 'no-server',
    topic: 'phx-server',
    need: 'required',
    look: noServer,
  },
];

function buildTimeValues(context: FindingContext): Sighting[] {
  const { config, build } = context;
  if (isRunByMix(build)) return [];
  const built = usesReleases(build)
    ? 'when the image is built; the running release never sees it'
    : 'when the project is built; a release keeps what it was then';
  const read = config.entries.filter(
    (entry) => entry.readsAtBuild && isBuilt(entry) && !isDeadInProduction(entry, config),
  );
  const compiled = compiledKeys(build);
  const moved = read.filter((entry) => !isCompiled(entry, context, compiled));
  return sighting(
    read.map((entry) => ({
      path: entry.path,
      line: entry.line,
      message: `${keyText(entry)} reads ${entry.variables.join(', ')} ${built}`,
    })),
    movesToRuntime(context, moved),
  );
}

/** Settings of the endpoint and the repos. */
function ownEntries({ config, names }: FindingContext): ConfigEntry[] {
  return config.entries.filter(
    ({ keyPath: [, module = ''] }) =>
      [names.module, names.webModule].some((name) => module.startsWith(`${name}.`)) &&
      /(?:Endpoint|Repo)$/.test(module),
  );
}

function unread({ path, line, keyPath, text }: ConfigEntry): Finding {
  return { path, line, message: `${keyPath.join('.')}: ${text} is no longer read from the environment` };
}

/**
 * `{:system, "PORT"}` for the endpoint and the repos; other libraries read such tuples. Phoenix still reads those of ports
 * and hosts, and warns of them. An `init/2` that hands its config to something else may resolve them all.
 */
function systemTuples(context: FindingContext, read: boolean): Sighting[] {
  const tuples = ownEntries(context).filter(
    (entry) =>
      everyExpr([entry.value]).some(isSystemTuple) &&
      isReadByPhoenix(entry) === read &&
      !isResolvedByInit(entry, context.build),
  );
  const findings = tuples.map((entry) => (read ? deprecated(entry) : unread(entry)));
  return sighting(findings, movesToRuntime(context, tuples.filter(isBuilt)));
}

function deprecated({ path, line, keyPath, text }: ConfigEntry): Finding {
  return { path, line, message: `${keyPath.join('.')}: ${text} is deprecated: read the environment in runtime.exs` };
}

/** Up to Phoenix 1.8 the endpoint takes a port, and the host of a URL, from a pair of `:system` and a name. */
function isReadByPhoenix({ keyPath: [, module = '', group = '', key], value }: ConfigEntry): boolean {
  const isPair = isSystemTuple(value) && value.kind === 'tuple' && value.items.length === 2;
  const keys = /url$/.test(group) ? ['host', 'port'] : ['port'];
  return isPair && module.endsWith('Endpoint') && /^(?:https?|url|static_url)$/.test(group) && keys.includes(key ?? '');
}

const plainModules = /^(?:Keyword|System|String|Integer|Application|Map|Enum|Logger|Access|Config)\./;

/** Whether a module's own `init/2` gives its config to another module, as to Confex. */
function isResolvedByInit({ keyPath: [, module] }: ConfigEntry, build: BuildFiles): boolean {
  const inits = build
    .libFiles(/def init\b/)
    .flatMap(({ source }) => modulesOf(source).filter(({ name }) => name === module))
    .flatMap(({ body }) => functionsOf(body))
    .filter(({ name, args }) => name === 'init' && args.length === 2);
  return inits.some(({ body }) =>
    everyExpr(body).some(
      (expr) => /^[A-Z][\w.]*\.\w/.test(callName(expr) ?? '') && !plainModules.test(callName(expr) ?? ''),
    ),
  );
}

/** `load_from_system_env: true`, which no Phoenix heeds any more; an endpoint's own `init/2` may. */
function loadedFromSystem(context: FindingContext): Sighting[] {
  const isRead = context.build
    .libFiles(/load_from_system_env/)
    .some(({ source }) => keysReadByInit(source).has('load_from_system_env'));
  if (isRead) return [];
  const switches = ownEntries(context).filter(({ keyPath }) => keyPath.at(-1) === 'load_from_system_env');
  const removals = switches.map(({ path, keyPath, environment }) => {
    return { kind: 'remove-config' as const, path, keyPath, environment };
  });
  return sighting(switches.map(unread), removals);
}

function isSystemTuple(expr: Expr): boolean {
  const [first] = expr.kind === 'tuple' ? expr.items : [];
  return first?.kind === 'atom' && first.name === 'system';
}

/** Strings that Distillery replaced, where it is gone; where it is not, they go with it. What asks for them says that nothing replaces them now. */
/** Whether strings wait to be replaced: surely where the variable asks for it, and where it asks for nothing it is a leftover. */
type Waiting = 'surely' | 'perhaps' | 'nothing';

function substitutions(context: FindingContext, asked: Waiting): Sighting[] {
  if (isOnDistillery(context.build)) return [];
  const strings = replacedStrings(context);
  const waiting: Waiting = strings.values === 0 ? 'nothing' : strings.isSure ? 'surely' : 'perhaps';
  return waiting === asked ? sighting(strings.findings, strings.operations) : [];
}

function compileTimeKeys(context: FindingContext): Sighting[] {
  // A release that does not compare them boots with what was compiled.
  if (context.build.elixir('mix.exs').text.includes('validate_compile_env: false')) return [];
  const compiled = checkedKeys(context.build);
  const { entries } = context.config;
  const late = entries.filter(
    (entry) =>
      entry.scope.startsWith('runtime') && isCompiled(entry, context, compiled) && !isCompiledAlike(entry, entries),
  );
  return sighting(
    late.map((entry) => ({
      path: entry.path,
      line: entry.line,
      message: `${keyText(entry)} is read while the project compiles; set at run time, the release refuses to boot`,
    })),
    movesToBuild(context, late),
  );
}

/** Whether the build sets the key to the same value: what is read at run time is then what was compiled. */
function isCompiledAlike({ keyPath, text, scope }: ConfigEntry, entries: readonly ConfigEntry[]): boolean {
  const [, environment = 'prod'] = scope.split(':');
  const built = entries.filter(
    (one) => keyPath.join() === one.keyPath.join() && ['all', environment].includes(one.scope),
  );
  const last = built.findLast((one) => one.scope === environment) ?? built.at(-1);
  return last !== undefined && last.conditions.length === 0 && sameText(last, text);
}

function sameText(entry: ConfigEntry, text: string): boolean {
  return entry.text === text || text.replace(/^if\(.*, do: (.*)\)$/s, '$1') === entry.text;
}

function noServer(context: FindingContext): Sighting[] {
  const place = unservedEndpoint(context);
  if (!place || !usesReleases(context.build)) return [];
  const message =
    'nothing sets server: true, so the release starts no web server; runtime.exs sets it where PHX_SERVER is';
  return sighting([{ path: place.path, line: place.line, message }], serverSetting(context));
}

/** Where production configures an endpoint that nothing tells to serve; null where something does, or may. */
function unservedEndpoint(context: FindingContext): ConfigEntry | null {
  const place = productionOf(context).find(({ scope }) => scope === 'prod' || scope.startsWith('runtime'));
  return decidesToServe(context) ? null : (place ?? null);
}

/** Whether the project's own configuration says, or may say, when its endpoint serves. */
export function decidesToServe(context: FindingContext): boolean {
  const { config } = context;
  const started = productionOf(context).some(({ keyPath }) => keyPath[2] === 'server');
  const phoenix = config.entries.some(({ keyPath }) => keyPath[0] === 'phoenix' && keyPath[1] === 'serve_endpoints');
  const computed = config.unknown.some(({ path }) => path.endsWith('runtime.exs'));
  return started || phoenix || computed;
}

/** The endpoint's settings outside of development and tests. */
function productionOf({ config, names }: FindingContext): ConfigEntry[] {
  const endpoint = `${names.webModule}.Endpoint`;
  return config.entries.filter(({ keyPath, scope }) => keyPath[1] === endpoint && scope !== 'dev' && scope !== 'test');
}

/** Lets `PHX_SERVER` start the web server; nothing where the project starts it already. */
export function serverSetting(context: FindingContext): Operation[] {
  if (!unservedEndpoint(context)) return [];
  const { names, tree } = context;
  const path = 'config/runtime.exs';
  const keyPath = [names.webApp, `${names.webModule}.Endpoint`, 'server'];
  const value = 'if(System.get_env("PHX_SERVER"), do: true)';
  const start = tree.has(path) ? [] : [{ kind: 'create-runtime-config' as const, path }];
  return [...start, { kind: 'set-config', path, keyPath, environment: null, value }];
}
