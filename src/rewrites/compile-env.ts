import type { CallExpr, Expr } from '../elixir/ast.ts';
import { childrenOf } from '../elixir/children.ts';
import { type Aliases, callName, moduleName } from '../elixir/module.ts';
import { type RewriteFile, type RewriteResult, replacing } from './place.ts';
import { sitesOf } from './sites.ts';

/** A read of the configuration in the body of a module, which runs while the project compiles. */
export interface BodyRead {
  readonly call: CallExpr;
  /** `["shop", "Shop.Mailer", "from"]`, as far as it is written out; null where the app or the key is computed. */
  readonly keyPath: readonly string[] | null;
}

const readers: Readonly<Record<string, string>> = {
  'Application.get_env': 'Application.compile_env',
  'Application.fetch_env!': 'Application.compile_env!',
};

/** What defines code that runs later, or in other modules. */
const later = new Set([
  'def',
  'defp',
  'defmacro',
  'defmacrop',
  'defguard',
  'quote',
  'defmodule',
  'defimpl',
  'defprotocol',
]);

/** The reads of the configuration in a module's body, functions and nested modules aside. */
export function bodyReads(body: readonly Expr[], aliases: Aliases): BodyRead[] {
  return body.flatMap((expr) => readsIn(expr, null, aliases));
}

function readsIn(expr: Expr, around: Expr | null, aliases: Aliases): BodyRead[] {
  if (expr.kind === 'fn' || later.has(callName(expr) ?? '')) return [];
  const inner = childrenOf(expr).flatMap((child) => readsIn(child, expr, aliases));
  if (expr.kind !== 'call' || readers[callName(expr) ?? ''] === undefined) return inner;
  return [{ call: expr, keyPath: keyPathOf(expr, around, aliases) }, ...inner];
}

function keyPathOf({ args: [app, key], range }: CallExpr, around: Expr | null, aliases: Aliases): string[] | null {
  const name = key && keyName(key, aliases);
  if (app?.kind !== 'atom' || !name) return null;
  const option = around?.kind === 'access' && around.target.range.start === range.start ? around.key : undefined;
  return [app.name, name, ...(option?.kind === 'atom' ? [option.name] : [])];
}

function keyName(key: Expr, aliases: Aliases): string | null {
  return key.kind === 'atom' ? key.name : (moduleName(key, aliases) ?? null);
}

/** `Application.get_env` of these keys, `shop.mailer`, in module bodies as `Application.compile_env`, of the same arguments. */
export function rewriteCompileEnv(file: RewriteFile, keys: readonly string[]): RewriteResult {
  const places = sitesOf(file).flatMap(({ body, module, aliases, offset }) => {
    if (module === null) return [];
    return bodyReads(body, aliases)
      .filter(({ keyPath }) => keyPath !== null && keys.includes(keyPath.slice(0, 2).join('.')))
      .map(({ call }) => ({
        at: call.range.start + offset,
        changes: [replacing(call.target.range, offset, readers[callName(call) ?? ''] ?? '')],
      }));
  });
  return { places, besides: [] };
}
