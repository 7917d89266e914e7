import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName } from '../../elixir/module.ts';
import type { Fragment } from './fragment.ts';

/** Types of Ecto that hold whole seconds. */
const wholeSeconds = /^(?:utc_datetime|naive_datetime|time)$/;

/** Names of the fields with whole seconds, of all schemas; a name that another schema gives another type is left out. */
export function secondsFieldsOf(fragments: readonly Fragment[]): ReadonlySet<string> {
  const typed = fragments.flatMap(({ exprs }) => {
    const setsType = exprs.some(isTimestampsOptions);
    return exprs.flatMap((expr) => typesOf(expr, setsType ? null : 'naive_datetime'));
  });
  const others = new Set(typed.filter(({ type }) => !wholeSeconds.test(type)).map(({ name }) => name));
  return new Set(
    typed.filter(({ name, type }) => wholeSeconds.test(type) && !others.has(name)).map(({ name }) => name),
  );
}

/** `@timestamps_opts [type: :utc_datetime_usec]` */
function isTimestampsOptions(expr: Expr): boolean {
  return expr.kind === 'unary' && expr.operator === '@' && callName(expr.operand) === 'timestamps_opts';
}

/** `field :left_at, :utc_datetime`, `timestamps type: :utc_datetime`; `usual` is the type of `timestamps` without one. */
function typesOf(expr: Expr, usual: string | null): { name: string; type: string }[] {
  if (expr.kind !== 'call') return [];
  const name = callName(expr);
  const [first, second] = expr.args;
  if (name === 'field' && first?.kind === 'atom' && second?.kind === 'atom')
    return [{ name: first.name, type: second.name }];
  if (name !== 'timestamps') return [];
  const type = everyExpr(expr.args).find((one) => one.kind === 'pair' && one.name === 'type');
  const stated = type?.kind === 'pair' ? (type.value.kind === 'atom' ? type.value.name : null) : usual;
  return stated === null ? [] : ['inserted_at', 'updated_at'].map((one) => ({ name: one, type: stated }));
}
