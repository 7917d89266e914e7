import type { Expr } from '../../elixir/ast.ts';
import { moduleName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { paramsOf, type RouteHelper } from '../../elixir/router/routes.ts';
import type { ExprContext, Verdict } from '../expressions.ts';
import type { RoutesTask } from '../operation.ts';
import { type HelperCall, helperCall } from './helper-call.ts';

/** What a call of a route helper becomes: `~p"…"`, or `url(conn, ~p"…")`. */
export function verifiedRoute(expr: Expr, context: ExprContext, task: RoutesTask): Verdict | null {
  const isPipe = expr.kind === 'binary' && expr.operator === '|>';
  // What a capture names has no arguments of its own.
  if (context.piped || (expr.kind === 'call' && expr.args.length === 0)) return null;
  const call = isPipe
    ? helperCall(expr.right, [expr.left], context.site, task)
    : helperCall(expr, [], context.site, task);
  if (call === null) return null;
  const path = call.helper === 'static' ? staticPath(call, task) : routePath(call, context, task);
  return 'reason' in path ? path : withSubject(call, path.text, context);
}

/** What a path is made for: `~p` takes the endpoint that it is declared with, `url` is given it. */
function withSubject({ kind, args }: HelperCall, path: string, { site, textOf }: ExprContext): Verdict {
  const [subject] = args;
  if (subject === undefined) return { reason: 'its arguments are not written out' };
  const sigil = `~p"${path}"`;
  if (kind === 'path')
    return isPlainSubject(subject)
      ? { text: sigil }
      : { reason: 'what it is called with may do more than name the app' };
  if (site.own.has('url')) return { reason: 'the module has a url of its own' };
  return { text: moduleName(subject, site.aliases) ? `url(${sigil})` : `url(${textOf(subject)}, ${sigil})` };
}

/** A conn, a socket or an endpoint that can be left out: a name, or what is read from one. */
function isPlainSubject(expr: Expr): boolean {
  switch (expr.kind) {
    case 'identifier':
    case 'alias':
      return true;
    case 'unary':
      return expr.operator === '@' || (expr.operator === '&' && expr.operand.kind === 'number');
    case 'dot':
      return isPlainSubject(expr.left);
    case 'map':
      return expr.struct?.kind === 'alias' && /^(?:Plug\.)?Conn$/.test(expr.struct.name) && expr.items.length === 0;
    case 'call':
      if (expr.target.kind === 'identifier') return expr.target.name === 'build_conn' && expr.args.length === 0;
      return expr.argsRange === null && expr.target.kind === 'dot' && isPlainSubject(expr.target.left);
    default:
      return false;
  }
}

function staticPath({ args }: HelperCall, { statics }: RoutesTask): Verdict {
  const path = plainText(args[1]);
  if (path === null || args.length !== 2) return { reason: 'the path of the static file is not written out' };
  if (/[?#"\\]/.test(path)) return { reason: 'the path of the static file has more than a path' };
  const known = statics.some((name) => path === `/${name}` || path.startsWith(`/${name}/`));
  return known ? { text: path } : { reason: `static_paths does not list ${path}` };
}

function routePath(call: HelperCall, context: ExprContext, task: RoutesTask): Verdict {
  const [, action, ...values] = call.args;
  if (action === undefined) return { reason: 'its arguments are not written out' };
  const key = actionOf(action, context);
  if (key === null) return { reason: 'the action is not written out' };
  const named = task.routes.filter(({ helper }) => helper === call.helper);
  const own = named.filter((route) => route.action === key);
  if (own.length === 0) return { reason: unknownReason(call.helper, key, named.length > 0, task) };
  if (own.some(({ pattern }) => pattern === null)) return { reason: 'the path of the route is not written out' };
  const fit = fitting(own, values);
  if (fit === null) return { reason: `no route of ${key} takes so many values` };
  if (fit === 'either') return { reason: 'its last argument may be a query or a part of the path' };
  if (fit.route.conditional) return { reason: 'the route is not there in every environment' };
  return { text: filled(fit.route.pattern ?? '/', values, fit.query, context) };
}

function actionOf(action: Expr, { site }: ExprContext): string | null {
  if (action.kind === 'atom') return action.quoted ? null : `:${action.name}`;
  return moduleName(action, site.aliases) ?? null;
}

function unknownReason(helper: string, action: string, isNamed: boolean, { macros }: RoutesTask): string {
  if (isNamed) return `the router has no action ${action} for ${helper}`;
  const from = macros.length === 0 ? '' : `; ${macros.join(', ')} may make it`;
  return `the router shows no route for ${helper}${from}`;
}

interface Fit {
  readonly route: RouteHelper;
  readonly query: boolean;
}

/** The route that a helper takes for so many values: the first one, as Phoenix defines the helper's clauses. */
function fitting(routes: readonly RouteHelper[], values: readonly Expr[]): Fit | 'either' | null {
  const taking = (count: number) => routes.find(({ pattern }) => paramsOf(pattern ?? '') === count);
  const whole = taking(values.length);
  const less = values.length > 0 ? taking(values.length - 1) : undefined;
  const last = values.at(-1);
  if (whole && less && last) {
    if (isQuery(last)) return { route: less, query: true };
    return isScalar(last) ? { route: whole, query: false } : 'either';
  }
  if (whole) return { route: whole, query: false };
  return less ? { route: less, query: true } : null;
}

function isQuery(expr: Expr): boolean {
  return keywordPairs(expr) !== null || expr.kind === 'list' || (expr.kind === 'map' && expr.struct === null);
}

function isScalar(expr: Expr): boolean {
  return expr.kind === 'string' || expr.kind === 'number' || expr.kind === 'atom';
}

/** The path of a route with its values, then the query. */
function filled(pattern: string, values: readonly Expr[], query: boolean, { textOf }: ExprContext): string {
  const rest = [...values];
  const path = pattern.replace(/(?<=\/)[:*][^/]*/g, () => {
    const value = rest.shift();
    return value === undefined ? '' : (plainSegment(value) ?? `#{${textOf(value)}}`);
  });
  const [last] = query ? rest : [];
  if (last === undefined || isEmptyList(last)) return path;
  const source = textOf(last);
  return `${path}?#{${last.kind === 'keywords' ? `[${source}]` : source}}`;
}

/** Text and numbers that need no escaping stand in the path as they are. */
function plainSegment(value: Expr): string | null {
  if (value.kind === 'number') return /^\d+$/.test(value.written) ? value.written : null;
  const text = value.kind === 'string' && !value.heredoc ? plainText(value) : null;
  return text !== null && /^[\w.~-]+$/.test(text) ? text : null;
}

function isEmptyList(expr: Expr): boolean {
  return expr.kind === 'list' && expr.items.length === 0;
}
