import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { callName, moduleName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { isFrameworkCall, isIn, remoteCall } from './calls.ts';
import { directiveOptions, hasReadableOptions, isDirective } from './directives.ts';
import { anyWord, type ExprRule } from './rule.ts';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);
const layoutFunctions = set('put_layout', 'put_new_layout', 'put_root_layout');

/** Phoenix 1.7 and newer, by the versions of its changelog. */
export const phoenixRulesFrom17: readonly ExprRule[] = [
  {
    kind: 'expr',
    topic: 'phoenix-1-7',
    since: '1.7.0',
    until: '1.7.0',
    message: 'this module is gone from Phoenix 1.7: dispatch to {Plug.Cowboy.Handler, {Endpoint, options}} instead',
    mentions: /Cowboy2Handler|CowboyAdapter/,
    found: (expr, { aliases }) => {
      const name = expr.kind === 'alias' ? moduleName(expr, aliases) : undefined;
      return name === 'Phoenix.Endpoint.Cowboy2Handler' || name === 'Phoenix.Endpoint.CowboyAdapter';
    },
  },
  {
    kind: 'expr',
    topic: 'phoenix-view',
    since: '1.7.0',
    until: '1.7.0',
    message: 'uses Phoenix.View, which needs the dep phoenix_view from Phoenix 1.7 on',
    mentions: /Phoenix\.(?:View|\{)/,
    found: (expr, fragment) => isDirective(expr, 'use', set('Phoenix.View'), fragment),
  },
  {
    kind: 'expr',
    topic: 'verified-routes',
    since: '1.7.0',
    until: null,
    message: 'calls route helpers: ~p checks the path; keep the helpers in the router while such calls remain',
    mentions: /Routes|Helpers/,
    once: true,
    found: (expr, fragment, { routesAlias }) => {
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
    message: 'get_flash is deprecated: Phoenix.Flash.get(@flash, key), or conn.assigns.flash in tests',
    mentions: /get_flash/,
    found: (expr, fragment, surroundings) => isFrameworkCall(expr, set('get_flash'), fragment, surroundings),
  },
  {
    kind: 'expr',
    topic: 'controller-formats',
    since: '1.7.0',
    until: null,
    message: 'render with a view as second argument is deprecated: put_view(conn, html: View) first',
    mentions: /render[\s(]+conn\s*,\s*[A-Z]/,
    found: (expr) => {
      if (callName(expr) !== 'render' || expr.kind !== 'call') return false;
      const [conn, view, template] = expr.args;
      return conn?.kind === 'identifier' && conn.name === 'conn' && view?.kind === 'alias' && template !== undefined;
    },
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
    message: 'a Gettext backend says use Gettext.Backend, otp_app: …',
    mentions: /otp_app/,
    found: (expr, fragment) =>
      isDirective(expr, 'use', set('Gettext'), fragment) &&
      directiveOptions(expr).has('otp_app') &&
      !directiveOptions(expr).has('backend'),
  },
  {
    kind: 'expr',
    topic: 'gettext-backend',
    since: '1.7.18',
    until: null,
    message: 'imports a Gettext backend: say use Gettext, backend: … once the backend uses Gettext.Backend',
    mentions: /import[\s(]+[\w.]*Gettext/,
    found: (expr, fragment, { gettextBackends }) => isDirective(expr, 'import', gettextBackends, fragment),
  },
  {
    kind: 'expr',
    topic: 'controller-formats',
    since: '1.8.0',
    until: null,
    message: 'use Phoenix.Controller wants :formats, and :namespace and :put_default_views are deprecated',
    mentions: /Phoenix\.(?:Controller|\{)/,
    found: (expr, fragment) => {
      if (!isDirective(expr, 'use', set('Phoenix.Controller'), fragment) || !hasReadableOptions(expr)) return false;
      const options = directiveOptions(expr);
      return !options.has('formats') || options.has('namespace') || options.has('put_default_views');
    },
  },
  {
    kind: 'expr',
    topic: 'controller-formats',
    since: '1.8.0',
    until: null,
    message: 'a layout without its module is deprecated: put_layout(conn, html: {Layouts, :name})',
    mentions: anyWord(layoutFunctions),
    found: (expr) => expr.kind === 'call' && layoutArguments(expr).some(isBareLayout),
  },
  {
    kind: 'expr',
    topic: 'verified-routes',
    since: '1.8.0',
    until: null,
    message: ':trailing_slash of a router is deprecated: verified routes write the slash where it is wanted',
    mentions: /trailing_slash/,
    found: (expr, fragment) =>
      isDirective(expr, 'use', set('Phoenix.Router'), fragment) && directiveOptions(expr).has('trailing_slash'),
  },
  {
    kind: 'expr',
    topic: 'phoenix-1-8',
    since: '1.8.0',
    until: '1.8.0',
    message: 'the endpoint no longer has a variable config while it compiles: call Application.compile_env/3',
    mentions: /Phoenix\.Endpoint/,
    found: (expr, fragment) =>
      isIn(fragment, 'Phoenix.Endpoint') && fragment.body.some((line) => readsConfig(line, expr)),
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

/** What a `put_layout(conn, …)`, `conn |> put_layout(…)` or `plug :put_layout, …` names as layout. */
function layoutArguments(call: CallExpr): readonly Expr[] {
  const name = callName(call) ?? '';
  const [first, second] = call.args;
  const isPlug = name === 'plug' && first?.kind === 'atom' && layoutFunctions.has(first.name);
  if (!isPlug && !layoutFunctions.has(name)) return [];
  const layout = second ?? (isPlug || first?.kind === 'identifier' ? undefined : first);
  if (layout === undefined) return [];
  return keywordPairs(withoutGuard(layout))?.map(({ value }) => value) ?? [withoutGuard(layout)];
}

/** `plug :put_layout, "print.html" when action == :print` */
function withoutGuard(expr: Expr): Expr {
  return expr.kind === 'binary' && expr.operator === 'when' ? expr.left : expr;
}

function isBareLayout(layout: Expr): boolean {
  return layout.kind === 'string' || (layout.kind === 'atom' && !/^(?:false|nil|true)$/.test(layout.name));
}

/** Whether a line of an endpoint outside functions reads `config` at this expression. */
function readsConfig(line: Expr, expr: Expr): boolean {
  if (/^defp?$/.test(callName(line) ?? '') || expr.range.start < line.range.start || expr.range.end > line.range.end) {
    return false;
  }
  if (expr.kind === 'access') return expr.target.kind === 'identifier' && expr.target.name === 'config';
  const [subject] = expr.kind === 'call' && /^Keyword\.(?:get|fetch!?)$/.test(callName(expr) ?? '') ? expr.args : [];
  return subject?.kind === 'identifier' && subject.name === 'config';
}
