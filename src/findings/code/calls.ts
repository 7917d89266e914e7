import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { callName, findUse, moduleName } from '../../elixir/module.ts';
import type { Fragment } from './fragment.ts';
import type { Surroundings } from './surroundings.ts';

/** `name(…)` without a module, where neither this module nor another of the project defines `name`. */
export function isFrameworkCall(
  expr: Expr,
  names: ReadonlySet<string>,
  fragment: Fragment,
  { publicNames }: Surroundings,
): expr is CallExpr {
  if (expr.kind !== 'call' || expr.target.kind !== 'identifier') return false;
  const { name } = expr.target;
  return names.has(name) && !fragment.own.has(name) && !publicNames.has(name);
}

/** Module and function of `Module.function(…)` or `Module.function`. */
export function remoteCall(expr: Expr, { aliases }: Fragment): { module: string; name: string } | undefined {
  if (expr.kind !== 'call' || expr.target.kind !== 'dot' || expr.target.right === null) return undefined;
  const module = moduleName(expr.target.left, aliases);
  return module === undefined ? undefined : { module, name: expr.target.right };
}

/** `plug :name, …` */
export function isPlugOf(expr: Expr, names: ReadonlySet<string>): boolean {
  const [plug] = expr.kind === 'call' && callName(expr) === 'plug' ? expr.args : [];
  return plug?.kind === 'atom' && names.has(plug.name);
}

/** Whether the code stands in a module that uses this one. */
export function isIn({ module }: Fragment, used: string): boolean {
  return module !== null && findUse(module.body, used) !== undefined;
}
