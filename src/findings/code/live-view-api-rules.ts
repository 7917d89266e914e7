import type { Expr } from '../../elixir/ast.ts';
import { callName, functionsOf, moduleName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { anyWord, type ExprRule } from '../rule.ts';
import { isFrameworkCall, isPlugOf, remoteCall } from './calls.ts';
import { directiveOptions, isDirective } from './directives.ts';
import type { Fragment } from './fragment.ts';
import { rewriting } from './rewriting.ts';

const set = (...names: string[]): ReadonlySet<string> => new Set(names);
const earlyNames = set('live_link', 'put_live_layout', 'configure_temporary_assigns', 'assert_remove', 'find_child');
const movedNames = set('assign', 'assign_new', 'update');
const connectInfo = set('get_connect_info', 'put_connect_info');

/** Functions and options that a LiveView release removed, by the Phoenix version whose generator brought it. */
export const liveViewApiRules: readonly ExprRule[] = [
  {
    kind: 'expr',
    topic: 'early-live-view',
    since: '1.5.0',
    until: '1.5.0',
    message:
      'LiveView 0.12 no longer has it: live_patch or live_redirect, put_root_layout, find_live_child and the third element of what mount returns replace it',
    mentions: anyWord(earlyNames),
    found: (expr, fragment, surroundings) =>
      isFrameworkCall(expr, earlyNames, fragment, surroundings) || isPlugOf(expr, earlyNames),
  },
  {
    kind: 'expr',
    topic: 'early-live-view',
    since: '1.5.0',
    until: null,
    message: 'LiveView 0.12 has no plug Phoenix.LiveView.Flash: write plug :fetch_live_flash',
    mentions: /LiveView\.(?:Flash|\{)/,
    found: (expr, { aliases }) => expr.kind === 'alias' && moduleName(expr, aliases) === 'Phoenix.LiveView.Flash',
  },
  {
    kind: 'expr',
    topic: 'early-live-view',
    since: '1.5.0',
    until: '1.5.0',
    message: 'LiveView calls mount/3: params, session (with string keys), socket',
    mentions: /\bmount\b/,
    found: (expr, fragment) => isUserOf(fragment, 'Phoenix.LiveView', 'live_view') && defines(expr, 'mount', 2),
  },
  {
    kind: 'expr',
    topic: 'early-live-view',
    since: '1.5.7',
    until: '1.5.7',
    message: 'LiveView 0.15 no longer sets @live_module: read @socket.view',
    mentions: /live_module/,
    found: (expr) =>
      expr.kind === 'unary' &&
      expr.operator === '@' &&
      expr.operand.kind === 'identifier' &&
      expr.operand.name === 'live_module',
  },
  {
    kind: 'expr',
    topic: 'live-session-layout',
    since: '1.6.0',
    until: null,
    message: 'since LiveView 0.16 a live route takes no :layout: put it into live_session with root_layout:',
    mentions: /layout/,
    found: (expr) =>
      expr.kind === 'call' &&
      callName(expr) === 'live' &&
      (keywordPairs(expr.args.at(-1)) ?? []).some(({ name }) => name === 'layout'),
  },
  {
    kind: 'expr',
    topic: 'component-imports',
    since: '1.7.0',
    until: null,
    message: 'live_flash, .form and others moved to Phoenix.Component with LiveView 0.18: import it as well',
    mentions: /LiveView\.(?:Helpers|\{)/,
    ...rewriting({ name: 'component-imports' }),
    found: (expr, fragment) =>
      isDirective(expr, 'import', set('Phoenix.LiveView.Helpers'), fragment) &&
      !fragment.exprs.some((other) => isDirective(other, 'import', set('Phoenix.Component'), fragment)),
  },
  {
    kind: 'expr',
    topic: 'component-imports',
    since: '1.7.0',
    until: null,
    message: 'assign, assign_new and update moved to Phoenix.Component with LiveView 0.18',
    mentions: /LiveView/,
    found: (expr, fragment) => {
      const call = remoteCall(expr, fragment);
      if (call) return call.module === 'Phoenix.LiveView' && movedNames.has(call.name);
      return isDirective(expr, 'import', set('Phoenix.LiveView'), fragment) && importsMoved(expr, fragment);
    },
  },
  {
    kind: 'expr',
    topic: 'live-component-calls',
    since: '1.7.8',
    until: null,
    message: 'LiveView 0.20 has no render_block: write render_slot(@inner_block)',
    mentions: /render_block/,
    found: (expr, fragment, surroundings) => isFrameworkCall(expr, set('render_block'), fragment, surroundings),
  },
  {
    kind: 'expr',
    topic: 'live-view-1-0',
    since: '1.7.13',
    until: null,
    message: 'preload/1 of a live component is deprecated: define update_many/1',
    mentions: /\bpreload\b/,
    found: (expr, fragment) =>
      isUserOf(fragment, 'Phoenix.LiveComponent', 'live_component') && defines(expr, 'preload', 1),
  },
  {
    kind: 'expr',
    topic: 'live-connect-info',
    since: '1.7.13',
    until: null,
    message: 'gone from LiveView 1.0: get_connect_info(socket, :peer_data) names one key, tests set it on the conn',
    mentions: anyWord(connectInfo),
    found: (expr, fragment, surroundings) =>
      isFrameworkCall(expr, connectInfo, fragment, surroundings) && !namesKey(expr),
  },
  {
    kind: 'expr',
    topic: 'live-view-1-1',
    since: '1.8.0',
    until: '1.8.0',
    message:
      'tests of LiveView 1.1 search with lazy_html, which does not know :fl-contains: element(view, selector, text)',
    mentions: /:fl-i?contains/,
    found: (expr) =>
      (expr.kind === 'string' || expr.kind === 'sigil') &&
      expr.parts.some((part) => typeof part === 'string' && /:fl-i?contains/.test(part)),
  },
];

/** Whether the code is that of a module with `use Phoenix.LiveView` or `use ShopWeb, :live_view`. */
export function isUserOf({ module, aliases }: Fragment, name: string, role: string): boolean {
  return (module?.body ?? []).some((line) => {
    if (line.kind !== 'call' || callName(line) !== 'use') return false;
    const [used, as] = line.args;
    return (used && moduleName(used, aliases) === name) || (as?.kind === 'atom' && as.name === role);
  });
}

/** Whether an expression is a public function's definition of this name and number of arguments. */
function defines(expr: Expr, name: string, arity: number): boolean {
  return functionsOf([expr]).some(
    (clause) => clause.kind === 'def' && clause.name === name && clause.args.length === arity,
  );
}

/** Whether `import Phoenix.LiveView` is where a module has `assign` from, so that it loses it. */
function importsMoved(directive: Expr, fragment: Fragment): boolean {
  const only = directive.kind === 'call' ? directiveOptions(directive).get('only') : undefined;
  if (only) return (keywordPairs(only) ?? []).some(({ name }) => movedNames.has(name));
  const others = set('Phoenix.Component', 'Phoenix.LiveComponent', 'Phoenix.LiveView');
  const hasOther = fragment.exprs.some(
    (expr) =>
      (expr.kind === 'call' && callName(expr) === 'use' && expr.args[1]?.kind === 'atom') ||
      isDirective(expr, 'use', others, fragment) ||
      isDirective(expr, 'import', set('Phoenix.Component', 'Plug.Conn'), fragment),
  );
  return !hasOther && fragment.exprs.some((expr) => movedNames.has(callName(expr) ?? ''));
}

/** `get_connect_info(socket, :key)` and `socket |> get_connect_info(:key)`, which LiveView 1.0 has. */
function namesKey(expr: Expr): boolean {
  if (expr.kind !== 'call' || callName(expr) !== 'get_connect_info') return false;
  const [first, second] = expr.args;
  return second !== undefined || (first !== undefined && !(first.kind === 'identifier' && first.name === 'socket'));
}
