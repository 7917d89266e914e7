import type { Expr } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { type Aliases, moduleName } from '../elixir/module.ts';
import { type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { sitesOf } from './sites.ts';

/** Whether an expression names `Logger.warn`, to call it or to hand it on. */
export function isLoggerWarn(expr: Expr, aliases: Aliases): boolean {
  return expr.kind === 'dot' && expr.right === 'warn' && moduleName(expr.left, aliases) === 'Logger';
}

/** `Logger.warn` under the name that the level has: `Logger.warning`, of the same arguments. */
export function rewriteLogger(file: RewriteFile): RewriteResult {
  const places = sitesOf(file).flatMap(({ body, aliases, offset }) =>
    everyExpr(body)
      .filter((expr) => isLoggerWarn(expr, aliases))
      .map(({ range: { end } }) => ({
        at: end - 'warn'.length + offset,
        changes: [replacing({ start: end - 'warn'.length, end }, offset, 'warning')],
      })),
  );
  return { places, besides: [] };
}
