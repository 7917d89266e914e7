import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { callName, moduleName } from '../../elixir/module.ts';
import { keywordPairs } from '../../elixir/options.ts';
import type { ExprRule } from '../rule.ts';
import { remoteCall } from './calls.ts';
import type { Fragment } from './fragment.ts';
import { microsecondsRule } from './microseconds.ts';

const removedModules = /^Ecto\.(?:Date|Time|DateTime|DataType|LogEntry)$/;

/**
 * What Ecto 3 breaks. It counts from Phoenix 1.4, whose generator brought Ecto 3, and for as long as an app has it: only
 * one that is still on Ecto 2 can.
 */
export const ectoRules: readonly ExprRule[] = [
  microsecondsRule,
  {
    kind: 'expr',
    topic: 'ecto-3-code',
    since: '1.4.0',
    until: null,
    message:
      'this module is gone from Ecto 3: use :date, :time, :naive_datetime or :utc_datetime, or telemetry for logs',
    mentions: /Ecto\.(?:\{|Date|Time|DataType|LogEntry)/,
    once: true,
    found: (expr, { aliases }) => expr.kind === 'alias' && removedModules.test(moduleName(expr, aliases) ?? ''),
  },
  {
    kind: 'expr',
    topic: 'ecto-3-code',
    since: '1.4.0',
    until: null,
    message: 'Ecto 3 gives functions of Ecto.Multi.run two arguments: the repo, then the changes so far',
    mentions: /Multi/,
    found: (expr, fragment) => {
      const call = remoteCall(expr, fragment);
      if (call?.module !== 'Ecto.Multi' || call.name !== 'run' || expr.kind !== 'call') return false;
      return takesOneArgument(expr.args.at(-1));
    },
  },
  {
    kind: 'expr',
    topic: 'ecto-3-code',
    since: '1.4.0',
    until: null,
    message: 'a type needs embed_as/1 and equal?/2 since Ecto 3.2: use Ecto.Type gives both',
    mentions: /Ecto\.Type/,
    found: (expr, { aliases, own }) => {
      if (expr.kind !== 'unary' || expr.operator !== '@' || expr.operand.kind !== 'call') return false;
      const [module] = callName(expr.operand) === 'behaviour' ? expr.operand.args : [];
      return module !== undefined && moduleName(module, aliases) === 'Ecto.Type' && !own.has('embed_as');
    },
  },
  {
    kind: 'expr',
    topic: 'ecto-3-code',
    since: '1.4.0',
    until: null,
    message: 'Ecto 3 has no such function: Ecto.Migrator.with_repo/2 starts a repo outside the application',
    mentions: /Mix\.Ecto/,
    found: (expr, fragment) => {
      const call = remoteCall(expr, fragment);
      return call?.module === 'Mix.Ecto' && call.name === 'ensure_started';
    },
  },
  {
    kind: 'expr',
    topic: 'ecto-repo-options',
    since: '1.4.0',
    until: null,
    message:
      'Ecto 3 ignores this option of a repo: telemetry events replace :loggers, :queue_target replaces :pool_timeout',
    mentions: /loggers|pool_timeout/,
    found: (expr, fragment) =>
      expr.kind === 'pair' &&
      (expr.name === 'loggers' || expr.name === 'pool_timeout') &&
      repoOptions(fragment).has(expr),
  },
];

/** `fn changes -> … end` and `&name/1` */
function takesOneArgument(expr: Expr | undefined): boolean {
  if (expr?.kind === 'fn') return expr.clauses.some((clause) => clause.kind === 'clause' && clause.args.length === 1);
  if (expr?.kind !== 'unary' || expr.operator !== '&') return false;
  const { operand } = expr;
  return (
    operand.kind === 'binary' &&
    operand.operator === '/' &&
    operand.right.kind === 'number' &&
    operand.right.text === '1'
  );
}

/** The options of every `config :app, Some.Repo, …` and `use Ecto.Repo, …`. */
function repoOptions({ exprs, aliases }: Fragment): ReadonlySet<Expr> {
  const isRepo = (call: CallExpr) => {
    const [first, second] = call.args;
    if (callName(call) === 'config') return second?.kind === 'alias' && /(?:^|\.)\w*Repo$/.test(second.name);
    return callName(call) === 'use' && first !== undefined && moduleName(first, aliases) === 'Ecto.Repo';
  };
  return new Set(
    exprs.flatMap((expr) => (expr.kind === 'call' && isRepo(expr) ? (keywordPairs(expr.args.at(-1)) ?? []) : [])),
  );
}
