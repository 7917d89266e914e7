import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { callName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { isLoggerWarn } from '../../rewrites/logger.ts';
import { anyWord, type ExprRule } from '../rule.ts';
import { isIn } from './calls.ts';
import { directiveOptions, hasReadableOptions, isDirective } from './directives.ts';
import { rewriting } from './rewriting.ts';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);
const layoutFunctions = set('put_layout', 'put_new_layout', 'put_root_layout');

/** Phoenix 1.8 and the Plug of its time, by the versions of their changelogs. */
export const phoenixRules18: readonly ExprRule[] = [
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
    message: 'a layout without its module is deprecated: call put_layout(conn, html: {Layouts, :name})',
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
      isDirective(expr, 'use', set('Phoenix.Router'), fragment)
        ? directiveOptions(expr).has('trailing_slash')
        : isScopeWith(expr, 'trailing_slash'),
  },
  {
    kind: 'expr',
    topic: 'logger-warn-calls',
    since: '1.8.0',
    until: null,
    message: 'Logger.warn is deprecated since Elixir 1.15: call Logger.warning',
    mentions: /\bwarn\b/,
    ...rewriting({ name: 'logger' }),
    found: (expr, { aliases }) => isLoggerWarn(expr, aliases),
  },
  {
    kind: 'expr',
    topic: 'phoenix-1-8',
    since: '1.8.0',
    until: null,
    message: 'the endpoint no longer has a variable config while it compiles: call Application.compile_env/3',
    mentions: /Phoenix\.Endpoint/,
    found: (expr, fragment) =>
      isIn(fragment, 'Phoenix.Endpoint') && fragment.body.some((line) => readsConfig(line, expr)),
  },
  {
    kind: 'expr',
    topic: 'conn-case-imports',
    since: '1.8.0',
    until: null,
    message: 'use Plug.Test is deprecated since Plug 1.17: import Plug.Conn and Plug.Test',
    mentions: /Plug\.(?:Test|\{)/,
    found: (expr, fragment) => isDirective(expr, 'use', set('Plug.Test'), fragment),
  },
];

/** `scope "/", …, option: …` */
function isScopeWith(expr: Expr, option: string): boolean {
  if (expr.kind !== 'call' || callName(expr) !== 'scope') return false;
  return expr.args.some((argument) => (keywordPairs(argument) ?? []).some(({ name }) => name === option));
}

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
