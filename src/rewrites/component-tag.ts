import type { Expr } from '../elixir/ast.ts';
import { plainText } from '../elixir/plain-text.ts';

/** An attribute of a component that is to be written. */
export interface TagAttribute {
  readonly name: string;
  readonly value: Expr;
  /** The value's source. */
  readonly source: string;
}

/** `name="text"` or `name={code}`. */
export function attributeText({ name, value, source }: TagAttribute): string {
  const text = plainText(value);
  const simple = value.kind === 'string' && !value.heredoc && text !== null && !/["\\{}<>\n&]/.test(text);
  return simple ? `${name}="${text}"` : `${name}={${source}}`;
}

/** Whether a keyword can be an attribute's name. */
export function isAttributeName(name: string): boolean {
  return /^[a-z_][\w-]*$/i.test(name);
}
