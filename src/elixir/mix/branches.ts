import type { CallExpr, Expr, PairExpr } from '../ast.ts';
import { display } from '../canonical.ts';
import { callName } from '../module.ts';
import type { Scope } from './scope.ts';

/** What an expression comes to under a condition. */
export interface Branch {
  /** Null for a branch that is taken in any case. */
  readonly condition: string | null;
  readonly body: readonly Expr[];
}

/** The branches of `if`, `unless`, `case` and `cond`; null for another call. */
export function branchesOf(call: CallExpr): Branch[] | null {
  const name = callName(call);
  const [subject] = call.args;
  if ((name === 'if' || name === 'unless') && subject) {
    const yes = display(subject);
    const no = `not ${subject.kind === 'binary' ? `(${yes})` : yes}`;
    const [first, second] = name === 'if' ? [yes, no] : [no, yes];
    return [
      { condition: first, body: sectionOf(call, 'do') },
      { condition: second, body: sectionOf(call, 'else') },
    ];
  }
  if (name !== 'case' && name !== 'cond') return null;
  return (call.block?.body ?? []).flatMap((clause) => {
    if (clause.kind !== 'clause') return [];
    const heads = clause.args.map((arg) => display(arg)).join(', ');
    const patterns = clause.guard ? `${heads} when ${display(clause.guard)}` : heads;
    return [{ condition: subject ? `${display(subject)} == ${patterns}` : patterns, body: clause.body }];
  });
}

function sectionOf(call: CallExpr, name: 'do' | 'else'): readonly Expr[] {
  if (call.block) {
    return name === 'do' ? call.block.body : (call.block.sections.find((section) => section.name === name)?.body ?? []);
  }
  const last = call.args.at(-1);
  const pairs: readonly PairExpr[] = last?.kind === 'keywords' ? last.pairs : [];
  return pairs.filter((pair) => pair.name === name).map((pair) => pair.value);
}

/** `deps(Mix.env())` reads as every clause of `deps/1`, each under its own pattern, and `deps(:all)` as the one that matches. */
export function clausesOf(call: CallExpr, scope: Scope): Branch[] | null {
  const name = call.target.kind === 'identifier' ? call.target.name : undefined;
  const clauses = scope.functions.filter((one) => one.name === name && one.args.length === call.args.length);
  if (clauses.length === 0 || call.args.length === 0) return null;
  const args = call.args.map((arg) => display(arg)).join(', ');
  const open = clauses.filter((clause) => clause.args.every((pattern, at) => mayMatch(pattern, call.args[at])));
  const [first] = open;
  if (
    first?.args.every(
      (pattern, at) => isLiteral(pattern) && mayMatch(pattern, call.args[at]) && isLiteral(call.args[at]),
    )
  )
    return [{ condition: null, body: first.body }];
  return open.map((clause) => ({
    condition: `${args} == ${clause.args.map((arg) => display(arg)).join(', ')}`,
    body: clause.body,
  }));
}

/** Whether a pattern may take an argument: a literal takes no other literal. */
function mayMatch(pattern: Expr, argument: Expr | undefined): boolean {
  return !isLiteral(pattern) || !isLiteral(argument) || display(pattern) === display(argument);
}

function isLiteral(expr: Expr | undefined): expr is Expr {
  return expr?.kind === 'atom' || expr?.kind === 'number' || (expr?.kind === 'string' && expr.parts.length < 2);
}
