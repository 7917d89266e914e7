import type { Expr, Source } from '../ast.ts';
import { everyExpr } from '../children.ts';
import { callName, functionsOf, modulesOf } from '../module.ts';

const readers = new Set(['Keyword.get', 'Keyword.fetch', 'Keyword.fetch!', 'Keyword.has_key?', 'Keyword.pop']);

/**
 * The config keys that `init/2` of an endpoint reads for something of its own. Phoenix 1.3 generated one that reads a key
 * to take the port from the environment: that one goes with its key.
 */
export function keysReadByInit(source: Source): ReadonlySet<string> {
  const inits = modulesOf(source)
    .flatMap(({ body }) => functionsOf(body))
    .filter(({ name, args, body }) => name === 'init' && args.length === 2 && !takesPort(body));
  return new Set(inits.flatMap(({ body }) => everyExpr(body).flatMap(keyRead)));
}

function keyRead(expr: Expr): string[] {
  if (expr.kind === 'access') return expr.key.kind === 'atom' ? [expr.key.name] : [];
  const key = readers.has(callName(expr) ?? '') && expr.kind === 'call' ? expr.args[1] : undefined;
  return key?.kind === 'atom' ? [key.name] : [];
}

function takesPort(body: readonly Expr[]): boolean {
  const calls = everyExpr(body).filter((expr) => callName(expr) === 'System.get_env');
  return calls.some(
    (call) => call.kind === 'call' && call.args.some((arg) => arg.kind === 'string' && arg.parts[0] === 'PORT'),
  );
}
