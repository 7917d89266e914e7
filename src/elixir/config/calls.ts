import type { Expr } from '../ast.ts';
import { contains } from '../children.ts';
import { calledName } from './called.ts';

const configNames = new Set(['config', 'Config.config', 'Mix.Config.config']);
const importNames = new Set(['import_config', 'Config.import_config', 'Mix.Config.import_config']);

/** Whether an expression is a `config` call, with its arguments. */
export function isConfigCall(expr: Expr): boolean {
  return expr.kind === 'call' && configNames.has(calledName(expr) ?? '') && expr.args.length > 0;
}

/** Whether an expression is an `import_config` call. */
export function isImportCall(expr: Expr): boolean {
  return expr.kind === 'call' && importNames.has(calledName(expr) ?? '') && expr.args.length === 1;
}

/** Whether config is set or imported anywhere in an expression. */
export function mentionsConfig(expr: Expr): boolean {
  return contains(expr, (inner) => isConfigCall(inner) || isImportCall(inner) || capturesConfig(inner));
}

/** `&import_config/1` */
function capturesConfig(expr: Expr): boolean {
  if (expr.kind !== 'unary' || expr.operator !== '&' || expr.operand.kind !== 'binary') return false;
  const name = calledName(expr.operand.left) ?? '';
  return configNames.has(name) || importNames.has(name);
}

/** Whether a statement provides `config` to its file. */
export function isHeader(call: Expr): boolean {
  const [module] = call.kind === 'call' ? call.args : [];
  const name = module?.kind === 'alias' ? `${calledName(call)} ${module.name}` : '';
  return name === 'import Config' || name === 'use Mix.Config';
}
