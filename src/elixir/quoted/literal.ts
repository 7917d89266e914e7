import type { NumberExpr, StringExpr } from '../ast.ts';
import { UnreadableText, unescaped } from './escapes.ts';
import { Float } from './term.ts';

/** The value of `0o755`, `1_000`, `?\n`, `1.5e3`. Throws `UnreadableText` where JavaScript cannot hold it exactly. */
export function numberOf({ text }: NumberExpr): number | Float {
  if (text.startsWith('?')) return unescaped(text.slice(1)).codePointAt(0) ?? 0;
  const digits = text.replaceAll('_', '');
  if (/^\d+\.\d/.test(digits)) return new Float(Number(digits));
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) throw new UnreadableText(text);
  return value;
}

/**
 * The literal parts of a heredoc without the indentation of its closing quotes; other strings as they are. `source` is
 * the text of the whole literal.
 */
export function dedented<Part>(
  { parts, heredoc }: { parts: readonly (string | Part)[]; heredoc: boolean },
  source: string,
): (string | Part)[] {
  if (!heredoc) return [...parts];
  const indent = /(?:^|\n)([ \t]*)\S{3}[a-zA-Z0-9]*$/.exec(source)?.[1] ?? '';
  return parts.map((part, index) => (typeof part === 'string' ? withoutIndent(part, indent, index === 0) : part));
}

/** The first part of a heredoc begins with the newline after its opening quotes. */
function withoutIndent(part: string, indent: string, first: boolean): string {
  const text = first ? part.replace(/^\r?\n/, '\n') : part;
  const lines = text.split('\n');
  const [head = '', ...rest] = lines;
  const flat = [head, ...rest.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))];
  return first ? flat.slice(1).join('\n') : flat.join('\n');
}

/** Whether nothing of a string is interpolated. */
export function isPlain(expr: { parts: StringExpr['parts'] }): boolean {
  return expr.parts.every((part) => typeof part === 'string');
}
