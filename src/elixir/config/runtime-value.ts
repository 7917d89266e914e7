import type { Expr, ListExpr, StringExpr } from '../ast.ts';
import { childrenOf, contains } from '../children.ts';
import { type Edited, edited, refused, type TextChange } from '../edited.ts';
import { parse } from '../parse.ts';
import { calledName } from './called.ts';
import { isConfigCall } from './calls.ts';

/**
 * A statement or value of build-time config as it has to read in runtime.exs: `{:system, "X"}` and Distillery's `"${X}"`
 * become `System.get_env("X")`, `Mix.env()` becomes `config_env()`. Refused where it needs Mix or the source directory,
 * which a release has not.
 */
export function asRuntime(text: string): Edited {
  const { body } = parse(text);
  const changes: TextChange[] = [];
  const visit = (expr: Expr, name: string | null): void => {
    const replacement = replacementOf(expr, name);
    if (replacement !== null) changes.push({ ...expr.range, text: replacement });
    else if (expr.kind === 'pair') visit(expr.value, expr.name);
    else for (const child of childrenOf(expr)) visit(child, keyArgumentOf(expr) ?? name);
  };
  for (const statement of body) visit(statement, null);
  const result = edited(text, changes);
  if (!result.ok) return result;
  const needed = parse(result.text).body.some((statement) => contains(statement, needsBuild));
  return needed ? refused('it needs Mix or the source directory, which a release has not') : result;
}

/** `:port` of `config :shop, :port, value`. */
function keyArgumentOf(expr: Expr): string | null {
  const [, key, value] = expr.kind === 'call' && isConfigCall(expr) ? expr.args : [];
  return value && key?.kind === 'atom' ? key.name : null;
}

function needsBuild(expr: Expr): boolean {
  return (expr.kind === 'identifier' && expr.name === '__DIR__') || (calledName(expr)?.startsWith('Mix.') ?? false);
}

function replacementOf(expr: Expr, key: string | null): string | null {
  if (expr.kind === 'call' && calledName(expr) === 'Mix.env') return 'config_env()';
  if (expr.kind === 'tuple') return systemTuple(expr, key);
  return expr.kind === 'string' ? substituted(expr, key) : null;
}

/** `{:system, "X"}`, `{:system, "X", default}`; other forms belong to libraries that still read them. */
function systemTuple({ items }: ListExpr, key: string | null): string | null {
  const [system, variable, otherwise, more] = items;
  const name = variable && plainString(variable);
  if (system?.kind !== 'atom' || system.name !== 'system' || !name || more) return null;
  const value = otherwise && (otherwise.kind === 'number' ? otherwise.text : plainString(otherwise));
  if (otherwise && value === null) return null;
  return readVariable(name, key, value);
}

function readVariable(name: string, key: string | null, otherwise: string | null | undefined): string {
  const read = otherwise ? `System.get_env("${name}", "${otherwise}")` : `System.get_env("${name}")`;
  return key !== null && numbers.has(key) ? `String.to_integer(${read})` : read;
}

/** Keys that Phoenix and Ecto want as numbers; a variable is always a string. */
const numbers = new Set(['port', 'pool_size', 'pool_count', 'timeout', 'queue_target', 'queue_interval']);

function plainString(expr: Expr): string | null {
  const [only, another] = expr.kind === 'string' ? expr.parts : [];
  return typeof only === 'string' && another === undefined ? only : null;
}

/** `"${X}"` of Distillery, alone or inside a longer string. */
function substituted(expr: StringExpr, key: string | null): string | null {
  const text = plainString(expr);
  if (text === null || expr.heredoc || !/\$\{\w+\}/.test(text)) return null;
  const whole = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return readVariable(whole, key, null);
  return `"${text.replace(/\$\{(\w+)\}/g, '#{System.get_env("$1")}')}"`;
}
