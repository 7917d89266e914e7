import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { moduleName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import type { Fragment } from './fragment.ts';

/** `use Name`, `import Name`, …: the directive's call, if it names one of these modules. */
export function isDirective(
  expr: Expr,
  directive: 'use' | 'import' | 'alias' | 'require',
  modules: ReadonlySet<string>,
  { aliases }: Fragment,
): expr is CallExpr {
  if (expr.kind !== 'call' || expr.target.kind !== 'identifier' || expr.target.name !== directive) return false;
  const [module] = expr.args;
  const name = module && moduleName(module, aliases);
  return name !== undefined && modules.has(name);
}

/** The options behind the first argument of a directive, by name; none where they are no literal keywords. */
export function directiveOptions(call: CallExpr): ReadonlyMap<string, Expr> {
  return new Map((keywordPairs(call.args[1]) ?? []).map((pair) => [pair.name, pair.value]));
}

/** Whether options of a directive can be read: `use Name, opts` with a variable cannot. */
export function hasReadableOptions(call: CallExpr): boolean {
  return call.args.length === 1 || keywordPairs(call.args[1]) !== null;
}
