import type { Expr, SigilExpr, StringExpr } from './ast.ts';
import { type Document, newLine, unflat } from './print-document.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** A number as the formatter writes it: six digits and more are grouped by three. */
export function literalText(text: string): string {
  return /^\d{6,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '_') : text;
}

/** A string, charlist or sigil on its own delimiters; `inner` makes the text of an interpolation. */
export function quotedParts(expr: StringExpr | SigilExpr, inner: (part: Expr) => Document): Document {
  const [open, close] = delimiters(expr);
  const parts = expr.parts.map((part) => (typeof part === 'string' ? part : ['#{', inner(part), '}']));
  return [open, ...parts, close];
}

function delimiters(expr: StringExpr | SigilExpr): readonly [string, string] {
  if (expr.kind === 'sigil') {
    return [`~${expr.name}${expr.open}`, `${closing[expr.open] ?? expr.open}${expr.modifiers}`];
  }
  const quote = expr.kind === 'charlist' ? "'" : '"';
  const delimiter = expr.heredoc ? quote.repeat(3) : quote;
  return [delimiter, delimiter];
}

/**
 * A heredoc, its lines moved with the expression. The parts hold the lines with the indentation that they had,
 * and end in that of the closing delimiter.
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
