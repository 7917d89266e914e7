import type { Expr } from '../elixir/ast.ts';
import { type Edited, edited } from '../elixir/edited.ts';
import { callName, childrenOf } from '../elixir/module.ts';
import { parse } from '../elixir/parse.ts';
import { withoutLines } from './text-change.ts';

/** Removes `import_config "prod.secret.exs"`, and the condition around it where it holds nothing else. */
export function withoutImport(text: string, imported: string): Edited {
  const calls = parse(text).body.flatMap((expr) => importsOf(expr, imported));
  return edited(
    text,
    calls.map((call) => withoutLines(text, call.range)),
  );
}

function importsOf(expr: Expr, imported: string): Expr[] {
  if (isImport(expr, imported)) return [expr];
  const body = expr.kind === 'call' && expr.block && expr.block.sections.length === 0 ? expr.block.body : [];
  const [only] = body;
  if (only && body.length === 1 && isImport(only, imported)) return [expr];
  return childrenOf(expr).flatMap((child) => importsOf(child, imported));
}

function isImport(expr: Expr, imported: string): boolean {
  const [path] = expr.kind === 'call' && callName(expr) === 'import_config' ? expr.args : [];
  return path?.kind === 'string' && path.parts.length === 1 && path.parts[0] === imported;
}
