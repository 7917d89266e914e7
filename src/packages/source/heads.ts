import type { CallExpr, Expr } from '../../elixir/ast.ts';

/** The head of one definition: `name` is the expression that names it. */
export interface Head {
  readonly name: string | Expr;
  readonly args: readonly Expr[];
  /** Whether its arguments are made by code: `def call(unquote_splicing(args))`. */
  readonly splat: boolean;
}

/** The heads of a `def` and its like; `defdelegate` may have a list of them. */
export function headsOf(call: CallExpr): Head[] {
  const [first] = call.args;
  if (first?.kind === 'list') return first.items.flatMap((item) => headOf(item));
  return first === undefined ? [] : headOf(first);
}

function headOf(expr: Expr): Head[] {
  switch (expr.kind) {
    case 'identifier':
      return [{ name: expr.name, args: [], splat: false }];
    case 'binary':
      return expr.operator === 'when'
        ? headOf(expr.left)
        : [{ name: expr.operator, args: [expr.left, expr.right], splat: false }];
    case 'unary':
      return [{ name: expr.operator, args: [expr.operand], splat: false }];
    case 'call':
      return callHead(expr);
    default:
      return [];
  }
}

function callHead({ target, args }: CallExpr): Head[] {
  if (target.kind !== 'identifier') {
    const unquoted = unquotedIn(target);
    return unquoted ? [{ name: unquoted, args, splat: args.some(isSplice) }] : [];
  }
  // `def unquote(name)`, without arguments of its own.
  const [only] = args;
  if (target.name === 'unquote' && only && args.length === 1) return [{ name: only, args: [], splat: false }];
  return [{ name: target.name, args, splat: args.some(isSplice) }];
}

function unquotedIn(target: Expr): Expr | undefined {
  const isUnquote = target.kind === 'call' && target.target.kind === 'identifier' && target.target.name === 'unquote';
  return isUnquote ? target.args[0] : undefined;
}

function isSplice(arg: Expr): boolean {
  return arg.kind === 'call' && arg.target.kind === 'identifier' && arg.target.name === 'unquote_splicing';
}

/** Every arity of a head: each default gives one more. */
export function aritiesOf(args: readonly Expr[]): number[] {
  const optional = args.filter((arg) => arg.kind === 'binary' && arg.operator === '\\\\').length;
  return Array.from({ length: optional + 1 }, (_, left) => args.length - optional + left);
}
