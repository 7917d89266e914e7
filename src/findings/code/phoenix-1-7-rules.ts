import type { Expr } from '../../elixir/ast.ts';
import { callName, moduleName } from '../../elixir/module.ts';
import { isGettextMacro } from '../../rewrites/gettext.ts';
import type { RewriteTask } from '../../rewrites/operation.ts';
import { isController, renderedName } from '../../rewrites/render-names.ts';
import { anyWord, type CodePlace, type ExprRule } from '../rule.ts';
import { isFrameworkCall, isIn, isPlugOf, remoteCall } from './calls.ts';
import { bringing, settledBy } from './compatibility-deps.ts';
import { isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';
import { gettextMacroCall, mayBeCalled } from './gettext-calls.ts';
import { renderOperations } from './render-names.ts';
import { rewriting } from './rewriting.ts';
import { routeOperations } from './route-tasks.ts';
import { makesBackend, type Surroundings } from './surroundings.ts';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);
const formatFunctions = set('put_layout_formats', 'layout_formats');

/** A backend may have any name: who takes its macros calls them, or gives them to others in a quote. */
const takingMacros = /[Gg]ettext|\bquote\b/;

/** Phoenix 1.7, by the versions of its changelog. */
export const phoenixRules17: readonly ExprRule[] = [
  {
    kind: 'expr',
    topic: 'phoenix-1-7',
    since: '1.7.0',
    until: null,
    message: 'this module is gone from Phoenix 1.7: dispatch to {Plug.Cowboy.Handler, {Endpoint, options}} instead',
    mentions: /Cowboy2Handler/,
    found: (expr, { aliases }) =>
      expr.kind === 'alias' && moduleName(expr, aliases) === 'Phoenix.Endpoint.Cowboy2Handler',
  },
  {
    kind: 'expr',
    topic: 'phoenix-view',
    ...bringing('phoenix_view'),
    ...settledBy('phoenix_view'),
    since: '1.7.0',
    until: null,
    message: 'uses Phoenix.View, which needs the dep phoenix_view from Phoenix 1.7 on',
    mentions: /Phoenix\.(?:View|\{)/,
    found: (expr, fragment) => isDirective(expr, 'use', set('Phoenix.View'), fragment),
  },
  {
    kind: 'expr',
    topic: 'phoenix-view',
    ...bringing('phoenix_view'),
    ...settledBy('phoenix_view'),
    since: '1.7.0',
    until: null,
    message: 'calls or imports Phoenix.View, which needs the dep phoenix_view from Phoenix 1.7 on',
    mentions: /Phoenix\.(?:View|\{)/,
    once: true,
    found: (expr, fragment) =>
      isDirective(expr, 'import', set('Phoenix.View'), fragment) ||
      remoteCall(expr, fragment)?.module === 'Phoenix.View',
  },
  {
    kind: 'expr',
    topic: 'verified-routes',
    since: '1.7.0',
    until: null,
    message: 'calls route helpers: ~p checks the path; keep the helpers in the router while such calls remain',
    mentions: /_(?:path|url)\b/,
    once: true,
    operations: routeOperations,
    found: (expr, fragment, surroundings) => {
      const { routesAlias, importsHelpers } = surroundings;
      if (importsHelpers && isLocalHelper(expr, fragment, surroundings)) return true;
      const call = remoteCall(expr, fragment);
      if (!call || !/_(?:path|url)$/.test(call.name)) return false;
      return call.module.endsWith('.Router.Helpers') || (call.module === 'Routes' && routesAlias);
    },
  },
  {
    kind: 'expr',
    topic: 'phoenix-flash',
    since: '1.7.0',
    until: null,
    message: 'get_flash is deprecated: call Phoenix.Flash.get(@flash, key), or read conn.assigns.flash in tests',
    mentions: /get_flash/,
    ...rewriting({ name: 'flash' }),
    found: (expr, fragment, surroundings) => {
      if (isFrameworkCall(expr, set('get_flash'), fragment, surroundings)) return true;
      const call = remoteCall(expr, fragment);
      return call?.module === 'Phoenix.Controller' && call.name === 'get_flash';
    },
  },
  {
    kind: 'expr',
    topic: 'controller-formats',
    since: '1.7.0',
    until: null,
    message: 'render with a view as second argument is deprecated: call put_view(conn, html: View) first',
    mentions: /render[\s(]+(?:conn\s*,\s*)?[A-Z]/,
    found: (expr) => {
      const [conn, view, template] = renderArguments(expr);
      return conn?.kind === 'identifier' && conn.name === 'conn' && view?.kind === 'alias' && template !== undefined;
    },
  },
  {
    kind: 'expr',
    topic: 'template-names',
    since: '1.7.0',
    until: null,
    message: 'render(conn, :name) names the template alone, and takes the format that is requested',
    mentions: /\brender[\s(]+(?:conn\s*,\s*)?"/,
    once: true,
    operations: renderOperations,
    found: (expr, fragment) => {
      if (!isController(fragment) || fragment.own.has('render')) return false;
      if (expr.kind === 'binary') return expr.operator === '|>' && renderedName(expr.right, true) !== undefined;
      return renderedName(expr, false) !== undefined;
    },
  },
  {
    kind: 'expr',
    topic: 'controller-formats',
    since: '1.7.0',
    until: null,
    message: 'put_layout_formats and layout_formats are deprecated: call put_layout(conn, html: {Layouts, :name})',
    mentions: anyWord(formatFunctions),
    found: (expr, fragment, surroundings) =>
      isFrameworkCall(expr, formatFunctions, fragment, surroundings) || isPlugOf(expr, formatFunctions),
  },
  {
    kind: 'expr',
    topic: 'endpoint-init',
    since: '1.7.11',
    until: null,
    message: 'init/2 of an endpoint is deprecated: configure it in config/runtime.exs',
    mentions: /Phoenix\.Endpoint/,
    found: (expr, fragment) => {
      if (!isIn(fragment, 'Phoenix.Endpoint') || callName(expr) !== 'def' || expr.kind !== 'call') return false;
      const [head] = expr.args;
      return head?.kind === 'call' && callName(head) === 'init' && head.args.length === 2;
    },
  },
  {
    kind: 'expr',
    topic: 'gettext-backend',
    since: '1.7.18',
    until: null,
    message: 'a Gettext backend begins with use Gettext.Backend, otp_app: …',
    mentions: /otp_app/,
    ...rewriting({ name: 'gettext', backends: [] }),
    found: makesBackend,
  },
  {
    kind: 'expr',
    topic: 'gettext-backend',
    since: '1.7.18',
    until: null,
    message:
      'takes the macros of a Gettext backend: write use Gettext, backend: … once the backend uses Gettext.Backend',
    mentions: takingMacros,
    ...rewriting(gettextTask),
    found: (expr, fragment, surroundings) =>
      takesMacros(expr, fragment, surroundings.gettextBackends) && !lacksMacros(expr, fragment, surroundings),
  },
  {
    kind: 'expr',
    topic: 'gettext-backend',
    need: 'required',
    since: '1.7.18',
    until: null,
    message: 'importing the Gettext backend brings no macros any more: write use Gettext, backend: …',
    mentions: takingMacros,
    tells: gettextMacroCall,
    ...rewriting(gettextTask),
    found: lacksMacros,
  },
  {
    kind: 'expr',
    topic: 'telemetry-metrics',
    since: '1.7.7',
    until: null,
    message: 'Phoenix emits no such event: the metric is phoenix.channel_joined.duration',
    mentions: /phoenix\.channel_join/,
    found: (expr) => expr.kind === 'string' && expr.parts[0] === 'phoenix.channel_join.duration',
  },
];

/** The arguments of `render(conn, …)` and of `conn |> … |> render(…)`, which has one more than it shows. */
function renderArguments(expr: Expr): readonly Expr[] {
  if (expr.kind === 'binary' && expr.operator === '|>') {
    const start = pipeStart(expr.left);
    return callName(expr.right) === 'render' && expr.right.kind === 'call' ? [start, ...expr.right.args] : [];
  }
  return callName(expr) === 'render' && expr.kind === 'call' ? expr.args : [];
}

function pipeStart(expr: Expr): Expr {
  return expr.kind === 'binary' && expr.operator === '|>' ? pipeStart(expr.left) : expr;
}

/** `product_path(conn, :index)` with a conn, a socket or an endpoint, where helpers are imported. */
function isLocalHelper(expr: Expr, { own, path }: Fragment, { publicNames }: Surroundings): boolean {
  if (expr.kind !== 'call' || expr.target.kind !== 'identifier' || expr.args.length === 0) return false;
  const { name } = expr.target;
  return !path.endsWith('router.ex') && /_(?:path|url)$/.test(name) && !own.has(name) && !publicNames.has(name);
}

/** Whether a place imports a Gettext backend or calls one of its macros by the backend's name. */
function takesMacros(expr: Expr, fragment: Fragment, backends: ReadonlySet<string>): boolean {
  if (isDirective(expr, 'import', backends, fragment)) return true;
  const call = remoteCall(expr, fragment);
  return call !== undefined && backends.has(call.module) && isGettextMacro(call.name);
}

/** Whether a place calls macros that the backend no longer brings, or imports it for code that calls them. */
function lacksMacros(expr: Expr, fragment: Fragment, { pureGettextBackends, gettextCallers }: Surroundings): boolean {
  if (!takesMacros(expr, fragment, pureGettextBackends)) return false;
  return callName(expr) !== 'import' || mayBeCalled(expr, fragment, gettextCallers);
}

function gettextTask(places: readonly CodePlace[]): RewriteTask {
  const named = places.flatMap(({ expr, fragment }) => {
    const [imported] = expr.kind === 'call' ? expr.args : [];
    return remoteCall(expr, fragment)?.module ?? (imported && moduleName(imported, fragment.aliases)) ?? [];
  });
  return { name: 'gettext', backends: [...new Set(named)].sort() };
}
