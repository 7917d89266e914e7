import type { CallExpr, DotExpr } from '../ast.ts';
import { UnreadableText } from './escapes.ts';
import type { Quoter } from './quoter.ts';
import { Atom, callOf, type Quoted, remoteCall, triple } from './term.ts';

/** `name(args)`, `left.name(args)`, `fun.(args)` and calls of what a call returned. */
export function targetedCall(expr: CallExpr, quoter: Quoter): Quoted {
  const args = [...quoter.all(expr.args), ...(expr.block ? [quoter.doBlock(expr.block)] : [])];
  const meta = quoter.meta(expr);
  const { target } = expr;
  if (target.kind === 'identifier') return callOf(target.name, args, meta);
  if (target.kind !== 'dot') return triple(quoter.quote(target), meta, args);
  const left = quoter.quote(target.left);
  if (target.right === null) return triple(callOf('.', [left], meta), meta, args);
  return remoteCall(left, target.right.replace(/^"(.*)"$/, '$1'), args, meta);
}

/** `Left.{A, B}` and `__MODULE__.Name`; a plain `left.right` is a call for the reader. */
export function quotedDot(expr: DotExpr, quoter: Quoter): Quoted {
  const left = quoter.quote(expr.left);
  const { right } = expr;
  if (right === null) throw new UnreadableText(quoter.sourceOf(expr));
  const meta = quoter.meta(expr);
  if (right.startsWith('{')) return remoteCall(left, '{}', tupleItems(right, quoter), meta);
  if (/^[A-Z]/.test(right))
    return callOf('__aliases__', [left, ...right.split('.').map((part) => Atom.of(part))], meta);
  return remoteCall(left, right, [], meta);
}

function tupleItems(text: string, within: Quoter): Quoted[] {
  const { expr, quoter } = within.reread(text);
  if (expr.kind !== 'tuple') throw new UnreadableText(text);
  return quoter.all(expr.items);
}
