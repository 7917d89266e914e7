import type { CallExpr, Expr, Source } from '../elixir/ast.ts';
import { everyExpr } from '../elixir/children.ts';
import { callName, type FunctionClause, functionsOf, modulesOf, ownBody } from '../elixir/module.ts';

/**
 * A module that logs in and out as the one that `phx.gen.auth` writes: it renews the session, and reads a signed cookie that
 * remembers a session. Its name and those of its functions are the app's own.
 */
export interface SessionModule {
  readonly name: string;
  readonly body: readonly Expr[];
  readonly clauses: readonly FunctionClause[];
  /** The clause that renews the session and clears it. */
  readonly renewal: FunctionClause;
}

export function sessionModulesOf(source: Source): SessionModule[] {
  return modulesOf(source).flatMap((module) => {
    const body = ownBody(module);
    const clauses = functionsOf(body);
    const renewal = clauses.find(renews);
    const remembers = clauses.some((clause) => callsIn(clause.body).some(readsSignedCookie));
    return renewal && remembers ? [{ name: module.name, body, clauses, renewal }] : [];
  });
}

function renews({ body }: FunctionClause): boolean {
  const calls = callsIn(body);
  const isRenewed = calls.some((call) => isCall(call, 'configure_session') && option(call, 'renew') !== undefined);
  return isRenewed && calls.some((call) => isCall(call, 'clear_session'));
}

/** Whether a call reads cookies that were signed. */
export function readsSignedCookie(call: CallExpr): boolean {
  return isCall(call, 'fetch_cookies') && option(call, 'signed') !== undefined;
}

/** Whether anything in a module drops the CSRF token. */
export function dropsCsrfToken({ body }: SessionModule): boolean {
  return callsIn(body).some((call) => isCall(call, 'delete_csrf_token'));
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
