import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { childrenOf } from '../../elixir/children.ts';
import { callName } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import { type SessionModule, sessionModulesOf } from '../../rewrites/session-module.ts';
import type { ElixirFile } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';

/** A module that logs in and out, with its file. */
export interface PlacedSessionModule extends SessionModule {
  readonly file: ElixirFile;
}

export function sessionModules({ build }: Pick<FindingContext, 'build'>): PlacedSessionModule[] {
  const files = build.libFiles(/configure_session/);
  return files.flatMap((file) => sessionModulesOf(file.source).map((module) => ({ ...module, file })));
}

/** Whether a call has this atom among its arguments. */
export function hasAtom(call: CallExpr, name: string): boolean {
  return call.args.some((arg) => arg.kind === 'atom' && arg.name === name);
}

/** What a module attribute is set to, for an expression that names one. */
export function attributeValue(expr: Expr | undefined, body: readonly Expr[]): Expr | undefined {
  if (expr?.kind !== 'unary' || expr.operator !== '@' || expr.operand.kind !== 'identifier') return expr;
  const { name } = expr.operand;
  const set = body.find(
    (one) =>
      one.kind === 'unary' && one.operator === '@' && one.operand.kind === 'call' && callName(one.operand) === name,
  );
  return set?.kind === 'unary' && set.operand.kind === 'call' ? set.operand.args[0] : undefined;
}

/** Keys of a keyword list, written with brackets or without. */
export function keysOf(expr: Expr | undefined): string[] {
  if (expr === undefined) return [];
  const keywords = [expr, ...childrenOf(expr)].find((one) => one.kind === 'keywords');
  return keywords?.kind === 'keywords' ? keywords.pairs.map((pair) => pair.name) : [];
}

/** A finding at an expression or a clause of a file. */
export function findingAt({ path, source }: ElixirFile, { range }: Pick<Expr, 'range'>, message: string): Finding {
  return { path, line: lineAt(source.text, range.start), message };
}
