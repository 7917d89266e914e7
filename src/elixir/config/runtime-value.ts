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
  const visit = (expr: Expr, keys: readonly string[]): void => {
    const replacement = replacementOf(expr, keys);
    if (replacement !== null) changes.push({ ...expr.range, text: replacement });
    else if (expr.kind === 'pair') visit(expr.value, [...keys, expr.name]);
    else for (const child of childrenOf(expr)) visit(child, [...keys, ...keyArgumentOf(expr)]);
  };
  for (const statement of body) visit(statement, []);
  const result = edited(text, changes);
  if (!result.ok) return result;
  const needed = parse(result.text).body.some((statement) => contains(statement, needsBuild));
  return needed ? refused('it needs Mix or the source directory, which a release has not') : result;
}

/** `:port` of `config :shop, :port, value`. */
function keyArgumentOf(expr: Expr): string[] {
  const [, key, value] = expr.kind === 'call' && isConfigCall(expr) ? expr.args : [];
  return value && key?.kind === 'atom' ? [key.name] : [];
}

function needsBuild(expr: Expr): boolean {
  return (expr.kind === 'identifier' && expr.name === '__DIR__') || (calledName(expr)?.startsWith('Mix.') ?? false);
}

function replacementOf(expr: Expr, keys: readonly string[]): string | null {
  if (expr.kind === 'call' && calledName(expr) === 'Mix.env') return 'config_env()';
  if (expr.kind === 'tuple') return systemTuple(expr, keys);
  return expr.kind === 'string' ? substituted(expr, keys) : null;
}

/** `{:system, "X"}`, `{:system, "X", default}`; other forms belong to libraries that still read them. */
function systemTuple({ items }: ListExpr, keys: readonly string[]): string | null {
  const [system, variable, otherwise, more] = items;
  const name = variable && plainString(variable);
  if (system?.kind !== 'atom' || system.name !== 'system' || !name || more) return null;
  const value = otherwise && (otherwise.kind === 'number' ? otherwise.text : plainString(otherwise));
  if (otherwise && value === null) return null;
  return readVariable(name, keys, value ?? null);
}

/** A number that nobody gave stays nil, as it was, or is what Phoenix's generator falls back on: runtime.exs must not raise. */
function readVariable(name: string, keys: readonly string[], given: string | null): string {
  const isNumber = numbers.has(keys.at(-1) ?? '');
  const otherwise = isNumber ? given || usualNumber(keys) : given;
  const read = otherwise === null ? `System.get_env("${name}")` : `System.get_env("${name}", "${otherwise}")`;
  if (!isNumber) return read;
  return otherwise === null ? `if(value = ${read}, do: String.to_integer(value))` : `String.to_integer(${read})`;
}

/** Other ports are no guess: that of `url` follows the server's where it is nil, and two servers cannot share one. */
function usualNumber(keys: readonly string[]): string | null {
  const [outer, key] = [keys.at(-2), keys.at(-1)];
  if (key === 'pool_size') return '10';
  return key === 'port' && outer === 'http' ? '4000' : null;
}

/** Keys that Phoenix and Ecto want as numbers; a variable is always a string. */
const numbers = new Set(['port', 'pool_size', 'pool_count', 'timeout', 'queue_target', 'queue_interval']);

function plainString(expr: Expr): string | null {
  const [only, another] = expr.kind === 'string' ? expr.parts : [];
  return typeof only === 'string' && another === undefined ? only : null;
}

/** `"${X}"` of Distillery, alone or inside a longer string. */
function substituted(expr: StringExpr, keys: readonly string[]): string | null {
  const text = plainString(expr);
  if (text === null || expr.heredoc || !/\$\{\w+\}/.test(text)) return null;
  const whole = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return readVariable(whole, keys, null);
  return `"${text.replace(/\$\{(\w+)\}/g, '#{System.get_env("$1")}')}"`;
}
