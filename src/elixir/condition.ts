import type { CallExpr, Expr } from './ast.ts';
import { type Bindings, display } from './canonical.ts';
import { callName } from './module.ts';

/** One arm of an `if`, `unless` or `case` and what must hold for it, displayed. */
export interface Branch {
  readonly body: readonly Expr[];
  readonly condition: string;
}

/** A statement of a body, those inside conditions one by one. */
export interface Statement {
  readonly expr: Expr;
  /** What must hold for it, displayed: `code_reloading?`; null where it always counts. */
  readonly condition: string | null;
}

/** The arms of `if`, `unless` and `case`, those without content too; null for any other call. */
export function branchesOf(call: CallExpr, outer: string | null, bindings?: Bindings): Branch[] | null {
  const name = callName(call);
  const [subject] = call.args;
  if (subject === undefined || (name !== 'if' && name !== 'unless' && name !== 'case')) return null;
  const under = (condition: string) => (outer === null ? condition : `${outer} and ${condition}`);
  const shown = display(subject, bindings);
  if (name === 'case') {
    return (call.block?.body ?? []).flatMap((clause) => {
      if (clause.kind !== 'clause') return [];
      const heads = clause.args.map((arg) => display(arg)).join(', ');
      const patterns = clause.guard ? `${heads} when ${display(clause.guard)}` : heads;
      return [{ body: clause.body, condition: under(`match?(${patterns}, ${shown})`) }];
    });
  }
  const [yes, no] = name === 'if' ? [shown, `not (${shown})`] : [`not (${shown})`, shown];
  return [
    { body: armOf(call, 'do'), condition: under(yes) },
    { body: armOf(call, 'else'), condition: under(no) },
  ];
}

function armOf(call: CallExpr, name: 'do' | 'else'): readonly Expr[] {
  if (call.block) {
    return name === 'do' ? call.block.body : (call.block.sections.find((section) => section.name === name)?.body ?? []);
  }
  const options = call.args.at(-1);
  const pairs = options?.kind === 'keywords' ? options.pairs : [];
  return pairs.filter((pair) => pair.name === name).map((pair) => pair.value);
}

/** The statements of a body in order, with those inside `if`, `unless` and `case` under their condition. */
export function statementsOf(body: readonly Expr[], condition: string | null = null): Statement[] {
  return body.flatMap((expr) => {
    const branches = expr.kind === 'call' ? branchesOf(expr, condition) : null;
    if (branches === null) return [{ expr, condition }];
    return branches.flatMap((branch) => statementsOf(branch.body, branch.condition));
  });
}
