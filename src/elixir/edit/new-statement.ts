import { callName } from '../module.ts';
import { parseElement, print } from '../print.ts';
import type { NewStatement } from './statements.ts';

/** Macros that Phoenix and Elixir have written without parentheses. */
const withoutParentheses = new Set(['plug', 'socket', 'use', 'import', 'alias', 'require', 'pipe_through', 'get']);

/**
 * A statement out of the text of a call, `plug(Plug.Head)` or `plug Plug.Head`, laid out for the indentation;
 * null where the text is no single call.
 */
export function newStatement(text: string, indent: string): NewStatement | null {
  const parsed = parseElement(text);
  const call = parsed ? callName(parsed.expr) : undefined;
  if (parsed?.expr.kind !== 'call' || call === undefined) return null;
  const expr = withoutParentheses.has(call) ? { ...parsed.expr, parens: false } : parsed.expr;
  return { text: print(expr, { indent: indent.length }, parsed.source), call };
}
