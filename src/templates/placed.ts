import type { Expr } from '../elixir/ast.ts';
import { exprsOf } from '../elixir/children.ts';
import type { Dialect, Template } from './model.ts';
import { readTemplate } from './tree.ts';

/** A template in a file: the file itself, or a sigil in a module. */
export interface PlacedTemplate {
  readonly template: Template;
  /** Add this to a range of the template to have it in the file. */
  readonly offset: number;
}

/** How a file's name says that it is compiled; null where it is no template of HTML. */
export function dialectOf(path: string, bodyBraces: boolean): Dialect | null {
  if (path.endsWith('.heex')) return { heex: true, bodyBraces };
  return /\.(?:leex|eex)$/.test(path) ? { heex: false, bodyBraces: false } : null;
}

/** The templates that stand in `~H`, `~L` and `~E` among expressions of a file. */
export function sigilTemplates(text: string, body: readonly Expr[], bodyBraces: boolean): PlacedTemplate[] {
  return exprsOf(body).flatMap((expr) => {
    if (expr.kind !== 'sigil' || !/^[HLE]$/.test(expr.name)) return [];
    const [content] = expr.parts;
    if (typeof content !== 'string') return [];
    const offset = text.indexOf(content, expr.range.start + 1 + expr.name.length + expr.open.length);
    const dialect = expr.name === 'H' ? { heex: true, bodyBraces } : { heex: false, bodyBraces: false };
    return [{ template: readTemplate(content, dialect), offset }];
  });
}
