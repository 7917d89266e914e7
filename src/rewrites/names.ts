import type { CallExpr, Expr } from '../elixir/ast.ts';
import { moduleName } from '../elixir/module.ts';
import type { Site } from './sites.ts';

/** A call by its name: `get_flash(…)`, or `Phoenix.Controller.get_flash(…)` where `module` says so. */
export function isCallOf(
  expr: Expr,
  module: string,
  names: ReadonlySet<string>,
  site: Pick<Site, 'own' | 'aliases'>,
): expr is CallExpr {
  if (expr.kind !== 'call') return false;
  const { target } = expr;
  if (target.kind === 'identifier') return names.has(target.name) && !site.own.has(target.name);
  return target.kind === 'dot' && isFunctionOf(target.right, names) && moduleName(target.left, site.aliases) === module;
}

function isFunctionOf(name: string | null, names: ReadonlySet<string>): boolean {
  return name !== null && names.has(name);
}

/** The last part of a call's name. */
export function lastName({ target }: CallExpr): string {
  if (target.kind === 'identifier') return target.name;
  return target.kind === 'dot' ? (target.right ?? '') : '';
}

/** An expression that stays what it is when `.name` is put behind it. */
export function takesDot(expr: Expr): boolean {
  if (expr.kind === 'identifier') return true;
  if (expr.kind === 'unary') return expr.operator === '@' || (expr.operator === '&' && expr.operand.kind === 'number');
  return (
    (expr.kind === 'call' && (expr.parens || expr.argsRange === null) && expr.block === null) || expr.kind === 'access'
  );
}
