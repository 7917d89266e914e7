import type { Expr } from './ast.ts';
import { comparable } from './canonical.ts';
import { parse } from './parse.ts';

/**
 * Whether a value has all that another has, and maybe more: elements of a list in their order, keys, further arguments of
 * a call. `[use(LiveView, layout: a, container: b), import(X)]` covers `[use(LiveView, layout: a)]`.
 */
export function coversValue(value: string, wanted: string): boolean {
  const [mine, theirs] = [parse(value).body, parse(wanted).body];
  const [own, other] = [mine[0], theirs[0]];
  return mine.length === 1 && theirs.length === 1 && own !== undefined && other !== undefined && covers(own, other);
}

function covers(own: Expr, wanted: Expr): boolean {
  if (comparable(own) === comparable(wanted)) return true;
  if (own.kind === 'list' && wanted.kind === 'list') return coversInOrder(own.items, wanted.items);
  if (own.kind === 'keywords' && wanted.kind === 'keywords') {
    return wanted.pairs.every(({ name, value }) => {
      const pair = own.pairs.find((one) => one.name === name);
      return pair !== undefined && covers(pair.value, value);
    });
  }
  if (own.kind !== 'call' || wanted.kind !== 'call' || own.block || wanted.block) return false;
  if (comparable(own.target) !== comparable(wanted.target) || own.args.length < wanted.args.length) return false;
  return wanted.args.every((arg, index) => covers(own.args[index] as Expr, arg));
}

function coversInOrder(own: readonly Expr[], wanted: readonly Expr[]): boolean {
  let from = 0;
  return wanted.every((item) => {
    const at = own.findIndex((one, index) => index >= from && covers(one, item));
    from = at + 1;
    return at !== -1;
  });
}
