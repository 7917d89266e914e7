import type { UnaryExpr } from '../ast.ts';
import { type Document, nest } from './document.ts';

/** A document in parentheses, its lines aligned behind the opening one. */
export function parenthesized(document: Document): Document {
  return ['(', nest('cursor', document), ')'];
}

/** `&1` */
export function isPlaceholder({ operator, operand }: UnaryExpr): boolean {
  return operator === '&' && operand.kind === 'number';
}
