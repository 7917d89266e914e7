import type { Expr } from '../elixir/ast.ts';
import { calledName } from '../elixir/config/called.ts';
import { callName } from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';
import { type ExprRewrite, rewriteExpressions } from './expressions.ts';
import type { RewriteFile, RewriteResult } from './place.ts';
import { sitesOf } from './sites.ts';

const macros = new Map([
  ['Mix.env', 'config_env()'],
  ['Mix.target', 'config_target()'],
]);

/** Whether an expression asks Mix what `import Config` has a macro for. */
export function asksMix(expr: Expr): boolean {
  const isCall = expr.kind === 'call' && expr.args.length === 0 && expr.block === null;
  return isCall && macros.has(calledName(expr) ?? '');
}

/** `Mix.env()` in a file that imports `Config` becomes `config_env()`, which is there in a release as well. */
export function rewriteConfigEnv(file: RewriteFile): RewriteResult {
  const { body } = parse(file.text);
  const imported = body.find((expr) => importsConfig(expr));
  if (imported === undefined) return { places: [], besides: [] };
  const rewrite: ExprRewrite = (expr) => {
    if (!asksMix(expr)) return null;
    // A macro is there from its import on.
    if (expr.range.start < imported.range.start) return { reason: 'it stands above import Config' };
    return { text: macros.get(calledName(expr) ?? '') ?? '' };
  };
  return { places: sitesOf(file).flatMap((site) => rewriteExpressions(site, rewrite)), besides: [] };
}

/** Whether code of a file imports `Config` for all that follows. */
export function importsConfig(expr: Expr): boolean {
  const [module] = callName(expr) === 'import' && expr.kind === 'call' ? expr.args : [];
  return module?.kind === 'alias' && module.name === 'Config';
}
