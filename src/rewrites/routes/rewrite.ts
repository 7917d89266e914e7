import { type ExprRewrite, rewriteExpressions } from '../expressions.ts';
import type { RoutesTask } from '../operation.ts';
import { isLeft, type Place, type RewriteFile, type RewriteResult } from '../place.ts';
import { type Site, sitesOf } from '../sites.ts';
import { isHelpers } from './helper-call.ts';
import { verifiedRoute } from './verified.ts';

/** Calls of route helpers become verified routes of the same paths. */
export function rewriteRoutes(file: RewriteFile, task: RoutesTask): RewriteResult {
  const rewrite: ExprRewrite = (expr, context) =>
    verifiedRoute(expr, context, task) ?? capture(expr, context.site, task);
  const places = sitesOf(file).flatMap((site) =>
    rewriteExpressions(site, rewrite).map((place) => quotable(place, site)),
  );
  return { places, besides: [] };
}

/** `&Routes.product_path/3` */
function capture(expr: Parameters<ExprRewrite>[0], site: Site, task: RoutesTask): { reason: string } | null {
  if (expr.kind !== 'unary' || expr.operator !== '&' || expr.operand.kind !== 'binary') return null;
  const { left, operator } = expr.operand;
  const target = left.kind === 'call' ? left.target : left;
  const isHelper = operator === '/' && target.kind === 'dot' && isHelpers(target.left, site, task);
  return isHelper ? { reason: 'it is passed on as a function' } : null;
}

/** `~p"…"` would end a template that stands between the same quotes. */
function quotable(place: Place, { inQuotes }: Site): Place {
  const reason = 'the template stands between quotes: write it between """ first';
  return inQuotes && !isLeft(place) ? { at: place.at, reason } : place;
}
