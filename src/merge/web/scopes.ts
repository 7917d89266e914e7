import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { comparable } from '../../elixir/canonical.ts';
import { listElements } from '../../elixir/list-items.ts';
import { callName } from '../../elixir/module.ts';
import type { Comparison } from '../comparison.ts';

/**
 * Leaves router scopes with routes of the user's own alone, whether or not the generator has one with that path, and those that
 * have what the generator brings already, with options of their own or in another spelling.
 */
export function keepScopes(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.map((comparison) => {
    const { address, outcome, target } = comparison;
    const { area, path } = address;
    if (area !== 'web' || path[0] !== 'router' || path[1] !== 'scope') return comparison;
    if (target === null) return outcome === 'manual' ? { ...comparison, outcome: 'yours' } : comparison;
    const isOpen = outcome === 'pending' || outcome === 'conflict';
    return isOpen && hasAll(comparison)
      ? { ...comparison, outcome: 'done', result: comparison.yours?.value ?? null }
      : comparison;
  });
}

/** Whether each call that the generator brings into the scope is there, and it takes none away. */
function hasAll({ yours, base, target }: Comparison): boolean {
  if (yours === null) return false;
  const [own, old, next] = [yours.value, base, target].map((list) => listElements(list ?? '[]').filter(isCall));
  if (!own || !old || !next) return false;
  const brought = next.filter((call) => !old.some((one) => begins(one, call)));
  const dropped = old.filter((call) => !next.some((one) => begins(one, call)));
  return brought.length > 0 && dropped.length === 0 && brought.every((call) => own.some((one) => begins(one, call)));
}

function isCall(expr: Expr): expr is CallExpr {
  return expr.kind === 'call';
}

/** Whether a call is another one, perhaps with more options. */
function begins(call: CallExpr, other: CallExpr): boolean {
  return (
    callName(call) === callName(other) &&
    other.args.every((arg, at) => call.args[at] !== undefined && argument(call.args[at]) === argument(arg))
  );
}

/** `[:browser]` and `:browser` are the same to `pipe_through`. */
function argument(expr: Expr): string {
  const [only, more] = expr.kind === 'list' ? expr.items : [];
  return comparable(only !== undefined && more === undefined ? only : expr);
}
