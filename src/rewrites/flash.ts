import type { Expr } from '../elixir/ast.ts';
import { contains } from '../elixir/children.ts';
import { type ExprContext, rewriteExpressions, type Verdict } from './expressions.ts';
import { isCallOf, takesDot } from './names.ts';
import type { RewriteFile, RewriteResult } from './place.ts';
import { sitesOf } from './sites.ts';

const names: ReadonlySet<string> = new Set(['get_flash']);

/** `get_flash(conn, :info)` reads what `Phoenix.Flash.get(conn.assigns.flash, :info)` does, from Phoenix 1.7 on. */
export function rewriteFlash(file: RewriteFile): RewriteResult {
  return { places: sitesOf(file).flatMap((site) => rewriteExpressions(site, flashRead)), besides: [] };
}

function flashRead(expr: Expr, context: ExprContext): Verdict | null {
  if (expr.kind === 'binary' && expr.operator === '|>') return pipedRead(expr.left, expr.right, context);
  if (context.piped || !isCallOf(expr, 'Phoenix.Controller', names, context.site)) return null;
  const [conn, key, more] = expr.args;
  if (conn === undefined || more !== undefined) return null;
  const flash = `${receiver(conn, context)}.assigns.flash`;
  return { text: key ? `Phoenix.Flash.get(${flash}, ${context.textOf(key)})` : flash };
}

/** `conn |> get_flash(:info)` */
function pipedRead(conn: Expr, call: Expr, context: ExprContext): Verdict | null {
  if (!isCallOf(call, 'Phoenix.Controller', names, context.site) || call.args.length > 1) return null;
  const [key] = call.args;
  const { textOf } = context;
  if (takesDot(conn)) {
    const flash = `${textOf(conn)}.assigns.flash`;
    return { text: key ? `${flash} |> Phoenix.Flash.get(${textOf(key)})` : flash };
  }
  if (key && contains(key, isCapture)) return { reason: 'the key is a capture inside a pipe' };
  const read = key ? `Phoenix.Flash.get(&1.assigns.flash, ${textOf(key)})` : '& &1.assigns.flash';
  const { text, offset } = context.site;
  // What stands between the pipe and its function, a line break and its indentation for one, stays.
  const between = text.slice(conn.range.end + offset, call.range.start + offset);
  return { text: `${textOf(conn)}${between}then(${key ? `&${read}` : read})` };
}

function receiver(conn: Expr, { textOf }: ExprContext): string {
  return takesDot(conn) ? textOf(conn) : `(${textOf(conn)})`;
}

function isCapture(expr: Expr): boolean {
  return expr.kind === 'unary' && expr.operator === '&';
}
