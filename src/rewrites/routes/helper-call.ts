import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { moduleName } from '../../elixir/module.ts';
import type { RoutesTask } from '../operation.ts';
import type { Site } from '../sites.ts';

/** A call of a route helper. */
export interface HelperCall {
  /** `product`; `static` for static files. */
  readonly helper: string;
  readonly kind: 'path' | 'url';
  /** What the path is for: a conn, a socket or an endpoint, then action, segments and query. */
  readonly args: readonly Expr[];
}

/** `Routes.product_path(conn, :show, product)`, imported helpers without their module; null for any other expression. */
export function helperCall(expr: Expr, piped: readonly Expr[], site: Site, task: RoutesTask): HelperCall | null {
  if (expr.kind !== 'call') return null;
  const name = nameOf(expr, site, task);
  const [, helper, kind] = /^(\w+)_(path|url)$/.exec(name ?? '') ?? [];
  if (helper === undefined || (kind !== 'path' && kind !== 'url')) return null;
  return { helper, kind, args: [...piped, ...expr.args] };
}

function nameOf({ target }: CallExpr, site: Site, task: RoutesTask): string | null {
  if (target.kind === 'dot') return isHelpers(target.left, site, task) ? target.right : null;
  if (target.kind !== 'identifier' || !task.imported || site.own.has(target.name)) return null;
  const known = task.routes.some(({ helper }) => target.name === `${helper}_path` || target.name === `${helper}_url`);
  return known || /^static_(?:path|url)$/.test(target.name) ? target.name : null;
}

/** Whether an expression names the module of the router's helpers. */
export function isHelpers(expr: Expr, { aliases }: Site, { router, alias }: RoutesTask): boolean {
  const name = moduleName(expr, aliases);
  return name === `${router}.Helpers` || (name === 'Routes' && alias);
}
