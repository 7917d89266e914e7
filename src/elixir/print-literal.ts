import type { Expr, SigilExpr, StringExpr } from './ast.ts';
import { type Document, newLine, unflat } from './print-document.ts';

/** A number as the formatter writes it: six digits and more are grouped by three. */
export function literalText(text: string): string {
  return /^\d{6,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '_') : text;
}

function delimiters(expr: StringExpr | SigilExpr): readonly [string, string] {
  if (expr.kind === 'sigil') return [`~${expr.name}${expr.open}`, `${expr.open}${expr.modifiers}`];
  const delimiter = expr.kind === 'charlist' ? "'''" : '"""';
  return [delimiter, delimiter];
}

/**
 * A heredoc, its lines moved with the expression. The parts hold the lines with the indentation that they had,
 * and end in that of the closing delimiter. `inner` makes the text of an interpolation.
 */
export function heredocText(expr: StringExpr | SigilExpr, inner: (part: Expr) => Document): Document {
  const [open, close] = delimiters(expr);
  const last = expr.parts.at(-1);
  const indentation = typeof last === 'string' ? (/[ \t]*$/.exec(last)?.[0].length ?? 0) : 0;
  const margin = new RegExp(`^[ \\t]{0,${indentation}}`);
  const lines = (text: string): Document[] =>
    text.split(/\r?\n/).flatMap((line, index) => (index === 0 ? [line] : [newLine, line.replace(margin, '')]));
  const parts = expr.parts.flatMap((part) => (typeof part === 'string' ? lines(part) : ['#{', inner(part), '}']));
  return unflat([open, ...parts, close]);
}
