import type { Expr } from '../../elixir/ast.ts';
import { callName, moduleName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { performSupervision } from '../../elixir/supervision/edit.ts';
import type { Operation } from '../../merge/operation.ts';
import { asksMix, importsConfig } from '../../rewrites/config-env.ts';
import { isLibrary } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { CodePlace, ExprRule } from '../rule.ts';
import { isIn, remoteCall } from './calls.ts';
import { isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';
import { rewriting } from './rewriting.ts';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);

/** Phoenix 1.4 to 1.6 and its tests, by the versions of its changelog. */
export const phoenixRulesTo16: readonly ExprRule[] = [
  {
    kind: 'expr',
    topic: 'json-library',
    since: '1.4.0',
    until: '1.4.0',
    message: 'calls Poison, which Phoenix no longer brings along: list it as a dep, or call the new JSON library',
    mentions: /Poison/,
    once: true,
    found: (expr, fragment) => /^Poison(?:\.|$)/.test(remoteCall(expr, fragment)?.module ?? ''),
  },
  {
    kind: 'expr',
    topic: 'phoenix-1-4',
    since: '1.4.0',
    until: '1.4.0',
    message: 'Phoenix 1.4 has no tasks phoenix.*: they are called phx.*',
    mentions: /phoenix\.(?:server|digest|routes|new|gen)/,
    found: (expr, { path }) =>
      /(?:^|\/)mix\.exs$/.test(path) &&
      expr.kind === 'string' &&
      /^(?:do )?phoenix\.(?:server|digest|routes|new|gen)\b/.test(String(expr.parts[0])),
  },
  {
    kind: 'expr',
    topic: 'web-server-dep',
    since: '1.4.0',
    until: '1.4.0',
    message: 'Plug.Adapters.Cowboy is deprecated: name Plug.Cowboy of the dep plug_cowboy',
    mentions: /Plug\.(?:Adapters|\{)/,
    found: (expr, { aliases }) =>
      expr.kind === 'alias' && /^Plug\.Adapters\.Cowboy2?$/.test(moduleName(expr, aliases) ?? ''),
  },
  {
    kind: 'expr',
    topic: 'socket-transports',
    since: '1.4.0',
    until: null,
    message: 'transport/3 has no effect any more: give the options to socket/3 in the endpoint',
    mentions: /Phoenix\.Socket/,
    found: (expr, fragment) => callName(expr) === 'transport' && isIn(fragment, 'Phoenix.Socket'),
  },
  {
    kind: 'expr',
    topic: 'child-specs',
    since: '1.4.0',
    until: null,
    message: 'Supervisor.Spec is deprecated: list modules or {Module, argument} as children',
    mentions: /Spec/,
    found: (expr, fragment) => isSupervisorSpec(expr, fragment) || isImportedSpec(expr, fragment),
    operations: modernisedChildren,
  },
  {
    kind: 'expr',
    topic: 'session-options',
    since: '1.4.12',
    until: null,
    message: 'keep these options in @session_options, so that the /live socket reads the same session',
    mentions: /Phoenix\.Endpoint/,
    found: (expr, fragment) => {
      const [plug, options] = callName(expr) === 'plug' && expr.kind === 'call' ? expr.args : [];
      const isSession = plug !== undefined && moduleName(plug, fragment.aliases) === 'Plug.Session';
      return isSession && keywordPairs(options) !== null && isIn(fragment, 'Phoenix.Endpoint');
    },
  },
  {
    kind: 'expr',
    topic: 'conn-case-imports',
    since: '1.5.0',
    until: null,
    message: 'use is deprecated here: import Plug.Conn and Phoenix.ConnTest, or Phoenix.ChannelTest',
    mentions: /ConnTest|ChannelTest/,
    found: (expr, fragment) => isDirective(expr, 'use', set('Phoenix.ConnTest', 'Phoenix.ChannelTest'), fragment),
  },
  {
    kind: 'expr',
    topic: 'plug-telemetry',
    since: '1.5.0',
    until: null,
    message: 'instrument/4 of an endpoint has no effect any more: emit a :telemetry event',
    mentions: /instrument/,
    found: (expr, fragment, { endpoints }) => {
      const call = remoteCall(expr, fragment);
      return call?.name === 'instrument' && endpoints.has(call.module);
    },
  },
  {
    kind: 'expr',
    topic: 'plug-telemetry',
    since: '1.5.0',
    until: null,
    message: 'the endpoint ignores :instrumenters: attach to its :telemetry events',
    mentions: /instrumenters/,
    found: (expr, { path }) => /(?:^|\/)config\//.test(path) && expr.kind === 'pair' && expr.name === 'instrumenters',
  },
  {
    kind: 'expr',
    topic: 'phoenix-1-6',
    since: '1.6.0',
    until: null,
    message: 'Phoenix 1.6 runs on Cowboy 2 only: name no adapter, or Phoenix.Endpoint.Cowboy2Adapter',
    mentions: /CowboyAdapter/,
    found: (expr, { aliases }) =>
      expr.kind === 'alias' && moduleName(expr, aliases) === 'Phoenix.Endpoint.CowboyAdapter',
  },
  {
    kind: 'expr',
    topic: 'import-config',
    since: '1.6.0',
    until: null,
    message: 'use Mix.Config is deprecated: import Config',
    mentions: /Mix\.Config/,
    found: (expr, fragment) => isDirective(expr, 'use', set('Mix.Config'), fragment),
    operations: (places, { config }) => {
      const found = new Set(places.map(({ fragment }) => fragment.path));
      const files = config.files.filter(({ path, header }) => header?.kind === 'use Mix.Config' && found.has(path));
      return files.map(({ path }) => ({ kind: 'import-config', path }));
    },
  },
  {
    kind: 'expr',
    topic: 'config-env',
    need: 'recommended',
    since: '1.6.0',
    until: null,
    message: 'a release has no Mix: config_env() and config_target() of import Config say the same',
    mentions: /Mix\.(?:env|target)\b/,
    ...rewriting({ name: 'config-env' }),
    found: (expr, { path, body }) =>
      isConfig(path) && isEvaluatedAtStart(path) && asksMix(expr) && body.some((line) => importsConfig(line)),
  },
  {
    kind: 'expr',
    topic: 'config-env',
    since: '1.6.0',
    until: null,
    message: 'config_env() and config_target() of import Config say the same without Mix',
    mentions: /Mix\.(?:env|target)\b/,
    ...rewriting({ name: 'config-env' }),
    found: (expr, { path, body }) =>
      isConfig(path) && !isEvaluatedAtStart(path) && asksMix(expr) && body.some((line) => importsConfig(line)),
  },
  {
    kind: 'expr',
    topic: 'inner-content',
    since: '1.6.0',
    until: '1.6.0',
    message: 'Phoenix 1.6 no longer sets this assign: print @inner_content, or call Phoenix.Controller.view_module/1',
    mentions: /view_module|view_template/,
    found: (expr) => isAssign(expr, 'view_module') || isAssign(expr, 'view_template'),
  },
];

function isConfig(path: string): boolean {
  return /(?:^|\/)config\/[^/]+\.exs$/.test(path);
}

/** Whether a release evaluates the file when it starts; the others are read while it is built, by Mix. */
function isEvaluatedAtStart(path: string): boolean {
  return /\/?(?:runtime|releases)\.exs$/.test(path);
}

function isSupervisorSpec(expr: Expr, fragment: Fragment): boolean {
  return (
    isDirective(expr, 'import', set('Supervisor.Spec'), fragment) ||
    remoteCall(expr, fragment)?.module === 'Supervisor.Spec'
  );
}

/** `worker(…)` and `supervisor(…)` in a module that imports `Supervisor.Spec`. */
function isImportedSpec(expr: Expr, fragment: Fragment): boolean {
  const name = callName(expr);
  if ((name !== 'worker' && name !== 'supervisor') || fragment.own.has(name)) return false;
  return fragment.exprs.some((other) => isDirective(other, 'import', set('Supervisor.Spec'), fragment));
}

/** Children as modules and maps, in the app's own modules that can be rewritten. */
function modernisedChildren(places: readonly CodePlace[], { names, tree }: FindingContext): Operation[] {
  const plain = [`${names.module}.Repo`, `${names.webModule}.Endpoint`];
  const paths = new Set(places.map(({ fragment }) => fragment.path).filter((path) => isLibrary(path)));
  return [...paths].flatMap((path) => {
    const text = tree.read(path) ?? '';
    const operation = { kind: 'modernise-children' as const, path, plain };
    const result = performSupervision(text, operation);
    return result.ok && result.text !== text ? [operation] : [];
  });
}

/** `@name` */
function isAssign(expr: Expr, name: string): boolean {
  return (
    expr.kind === 'unary' && expr.operator === '@' && expr.operand.kind === 'identifier' && expr.operand.name === name
  );
}
