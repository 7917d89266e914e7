import type { Expr } from '../ast.ts';
import { type Bindings, display, sameValue } from '../canonical.ts';
import { parse } from '../parse.ts';
import { calledName, unwrapped } from './called.ts';
import type { Leaf } from './leaves.ts';
import type { ConfigCondition } from './model.ts';

/** The text of a leaf with the conditions around it, innermost first. */
export function foldedText(leaf: Leaf, conditions: readonly ConfigCondition[], bindings: Bindings): string {
  return conditions.reduceRight(foldedOnce, leafText(leaf, bindings));
}

function foldedOnce(text: string, { kind, test, pattern }: ConfigCondition): string {
  if (kind === 'case') return `case(${test}, do: (${pattern} -> ${text}))`;
  return kind === 'cond' ? `cond(do: (${test} -> ${text}))` : `${kind}(${test}, do: ${text})`;
}

/** `display` of a value, told its key, so that secrets stand as a fixed word. */
function leafText(leaf: Leaf, bindings: Bindings): string {
  const name = leaf.keyPath.at(-1) ?? '';
  const plain = display(leaf.value, bindings);
  if (leaf.value.kind !== 'string') return plain;
  const pair = display(
    { kind: 'pair', name, quoted: null, keyRange: leaf.key, value: leaf.value, range: leaf.key },
    bindings,
  );
  return pair.endsWith(plain) ? plain : pair.slice(pair.indexOf(': ') + 2);
}

/** A condition as its text alone. */
export type ConditionText = Pick<ConfigCondition, 'kind' | 'test'>;

/** A folded text taken apart again. */
export interface Unfolded {
  readonly conditions: readonly ConditionText[];
  /** Text of the value itself, without parentheses around it. */
  readonly value: string;
}

/**
 * Undoes `foldedText` for `if` and `unless`: an `if` without `else` is a condition of the call. Null for the clauses of
 * `case` and `cond`, and for a text that does not parse.
 */
export function unfolded(text: string): Unfolded | null {
  const { body, problems } = parse(text);
  const [only] = body;
  if (!only || body.length !== 1 || problems.length > 0) return null;
  const inner = unwrapped(only);
  const name = calledName(inner);
  const value = branchOf(inner);
  const slice = (expr: Expr) => text.slice(expr.range.start, expr.range.end);
  if (!value || inner.kind !== 'call') return { conditions: [], value: slice(inner) };
  if (name === 'case' || name === 'cond')
    return value.kind === 'block' ? null : { conditions: [], value: slice(inner) };
  const [test] = inner.args;
  const rest = unfolded(slice(value));
  if ((name !== 'if' && name !== 'unless') || !test || !rest) return { conditions: [], value: slice(inner) };
  return { ...rest, conditions: [{ kind: name, test: slice(test) }, ...rest.conditions] };
}

/** The only branch of a call that ends in `do: value`. */
function branchOf(expr: Expr): Expr | null {
  const last = expr.kind === 'call' && expr.block === null ? expr.args.at(-1) : undefined;
  const [pair, another] = last?.kind === 'keywords' ? last.pairs : [];
  return pair?.name === 'do' && !another ? pair.value : null;
}

/** Whether two lists of conditions ask the same, in the same order. */
export function sameConditions(a: readonly ConditionText[], b: readonly ConditionText[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ kind, test }, index) => kind === b[index]?.kind && sameValue(test, b[index].test))
  );
}
