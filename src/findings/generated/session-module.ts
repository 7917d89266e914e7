import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { childrenOf, everyExpr } from '../../elixir/children.ts';
import { callName, type FunctionClause, functionsOf, modulesOf, ownBody } from '../../elixir/module.ts';
import { lineAt } from '../../elixir/position.ts';
import type { ElixirFile } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * A module that logs in and out as the one that `phx.gen.auth` writes: it renews the session, and reads a signed cookie that
 * remembers a session. Its name and those of its functions are the app's own.
 */
export interface SessionModule {
  readonly file: ElixirFile;
  readonly name: string;
  readonly body: readonly Expr[];
  readonly clauses: readonly FunctionClause[];
  /** The clause that renews the session and clears it. */
  readonly renewal: FunctionClause;
}

/** Mentioned by every such module. */
const mentions = /configure_session/;

export function sessionModules({ build }: Pick<FindingContext, 'build'>): SessionModule[] {
  return build.libFiles(mentions).flatMap((file) =>
    modulesOf(file.source).flatMap((module) => {
      const body = ownBody(module);
      const clauses = functionsOf(body);
      const renewal = clauses.find(renews);
      const remembers = clauses.some(({ body: own }) => own.some((expr) => everyExpr([expr]).some(readsSignedCookie)));
      return renewal && remembers ? [{ file, name: module.name, body, clauses, renewal }] : [];
    }),
  );
}

function renews({ body }: FunctionClause): boolean {
  const calls = callsIn(body);
  const isRenewed = calls.some((call) => isCall(call, 'configure_session') && option(call, 'renew') !== undefined);
  return isRenewed && calls.some((call) => isCall(call, 'clear_session'));
}

function readsSignedCookie(expr: Expr): boolean {
  return expr.kind === 'call' && isCall(expr, 'fetch_cookies') && option(expr, 'signed') !== undefined;
}

/** Every call of some expressions. */
export function callsIn(body: readonly Expr[]): CallExpr[] {
  return everyExpr(body).filter((expr): expr is CallExpr => expr.kind === 'call');
}

/** Whether a call is of a function of this name, with its module or without. */
export function isCall(expr: Expr, name: string): boolean {
  const called = callName(expr);
  return called === name || called?.endsWith(`.${name}`) === true;
}

/** The value of a call's option. */
export function option(call: CallExpr, name: string): Expr | undefined {
  const last = call.args.at(-1);
  const keywords = last?.kind === 'keywords' ? last : last?.kind === 'list' ? last.items[0] : undefined;
  return keywords?.kind === 'keywords' ? keywords.pairs.find((pair) => pair.name === name)?.value : undefined;
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
