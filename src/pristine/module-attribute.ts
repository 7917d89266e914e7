import { findExpr } from '../elixir/children.ts';
import { parse } from '../elixir/parse.ts';
import { plainText } from '../elixir/plain-text.ts';

/** The literal string that a module attribute is set to, `@version "1.8.3"`; null where there is none. */
export function moduleAttribute(text: string, name: string): string | null {
  let value: string | null = null;
  findExpr(parse(text).body, (expr) => {
    if (expr.kind !== 'unary' || expr.operator !== '@' || expr.operand.kind !== 'call') return false;
    const { target, args } = expr.operand;
    if (target.kind !== 'identifier' || target.name !== name) return false;
    value = plainText(args[0]);
    return value !== null;
  });
  return value;
}
