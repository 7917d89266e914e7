import type { Expr, Source } from '../ast.ts';
import { childrenOf } from '../children.ts';
import { withoutLines } from '../edit/lines.ts';
import { extentOf } from '../edit/statements.ts';
import { type Edited, edited } from '../edited.ts';
import { callName } from '../module.ts';
import { parse } from '../parse.ts';
import { plainText } from '../plain-text.ts';
import { mentionsConfig } from './calls.ts';

/** Whether a config file neither sets nor imports anything. */
export function setsNothing(text: string): boolean {
  const { body, problems } = parse(text);
  return problems.length === 0 && !body.some(mentionsConfig);
}

/**
 * Removes `import_config "prod.secret.exs"`, the condition around it where it holds nothing else, and comments above it
 * that name the file.
 */
export function withoutImport(text: string, imported: string): Edited {
  const source = parse(text);
  const calls = source.body.flatMap((expr) => importsOf(expr, imported));
  return edited(
    text,
    calls.map((call) => withoutLines(text, withComment(source, call, imported))),
  );
}

function withComment(source: Source, call: Expr, imported: string) {
  const whole = extentOf(source, call);
  const comment = whole ? source.text.slice(whole.start, call.range.start) : '';
  return whole && comment.includes(imported) ? whole : call.range;
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
  return plainText(path) === imported;
}
