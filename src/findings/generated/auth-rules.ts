import type { CallExpr, Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { type FunctionClause, functionsOf, modulesOf, ownBody } from '../../elixir/module.ts';
import type { Operation } from '../../merge/operation.ts';
import { callsIn, dropsCsrfToken, isCall, option, readsSignedCookie } from '../../rewrites/session-module.ts';
import type { ElixirFile } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { distinct, type ProjectRule, sighting } from '../rule.ts';
import {
  attributeValue,
  findingAt,
  hasAtom,
  keysOf,
  type PlacedSessionModule,
  sessionModules,
} from './session-module.ts';

/**
 * Fixes that the templates of `phx.gen.auth` got after an app's code was generated from them, each with the version that has it
 * first. What was generated is the app's own: an upgrade of Phoenix alone does not bring them.
 */
export const authRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'auth-csrf-token',
    topic: 'auth-csrf-token',
    look: (context) => {
      const modules = sessionModules(context).filter((module) => !dropsCsrfToken(module));
      return sighting(modules.map(keptToken), distinct(modules.map(({ file }) => dropping(file.path))));
    },
  },
  ofLiveViews('auth-live-socket', restoredWithoutSocket),
  ofSession('auth-cookie-options', cookieStays),
  ofSession('auth-return-to', returnStays),
  ofLiveViews('auth-disconnect', staysConnected),
  ofSchema('auth-email-format', /validate_format/, emailWithCommas),
  ofSchema('auth-password-bytes', /Bcrypt/, longPassword),
];

function ofSession(id: string, look: (module: PlacedSessionModule) => readonly Finding[]): ProjectRule {
  return {
    kind: 'project',
    id,
    topic: 'generated-auth',
    look: (context) => sighting(sessionModules(context).flatMap(look)),
  };
}

/** A LiveView of the app's own; the quote that gives others what they use is in every app. */
function hasLiveViews({ build, tree }: FindingContext): boolean {
  const users = build.libFiles(/\buse (?:Phoenix\.LiveView\b|[\w.]+, :live_view\b)/);
  return users.some(({ path }) => !/\bquote do\b/.test(tree.read(path) ?? ''));
}

type Look = (module: PlacedSessionModule, context: FindingContext) => readonly Finding[];

/** For apps with LiveViews alone: what keeps them from being disconnected harms no other. */
function ofLiveViews(id: string, look: Look): ProjectRule {
  return {
    kind: 'project',
    id,
    topic: 'generated-auth',
    look: (context) => {
      if (!hasLiveViews(context)) return [];
      return sighting(sessionModules(context).flatMap((module) => look(module, context)));
    },
  };
}

function ofSchema(id: string, mentions: RegExp, look: (file: ElixirFile, body: readonly Expr[]) => readonly Finding[]) {
  return {
    kind: 'project',
    id,
    topic: 'generated-auth',
    look: ({ build }) => {
      const found = build.libFiles(mentions).flatMap((file) =>
        modulesOf(file.source).flatMap((module) => {
          const body = ownBody(module);
          return isCredentialSchema(body) ? look(file, body) : [];
        }),
      );
      return sighting(found);
    },
  } satisfies ProjectRule;
}

/** A changeset that takes a password, and a function that compares one with the hash in constant time where there is none. */
function isCredentialSchema(body: readonly Expr[]): boolean {
  const calls = callsIn(body);
  return (
    calls.some((call) => isCall(call, 'validate_length') && hasAtom(call, 'password')) &&
    calls.some((call) => isCall(call, 'no_user_verify'))
  );
}

/** Since 1.7.12: a token from before the login is worth nothing after it. */
function keptToken({ file, name, renewal }: PlacedSessionModule): Finding {
  const message = `${name}.${renewal.name} renews the session and keeps the CSRF token; phx.gen.auth calls delete_csrf_token() there since 1.7.12`;
  return findingAt(file, renewal, message);
}

function dropping(path: string): Operation {
  return { kind: 'rewrite', path, task: { name: 'csrf-token' } };
}

/** Since 1.7.0: a session that comes back from the cookie has the id by which its LiveViews are disconnected. */
function restoredWithoutSocket({ file, name, clauses }: PlacedSessionModule): Finding[] {
  const setsSocket = clauses.filter((clause) => callsIn(clause.body).some(putsSocket)).map((clause) => clause.name);
  if (setsSocket.length === 0) return [];
  const keys = clauses.filter(({ name: own }) => setsSocket.includes(own)).flatMap(({ body }) => keysPut(body));
  const restoring = clauses.filter(({ body }) => {
    const calls = callsIn(body);
    const reads = calls.some(readsSignedCookie);
    const puts = keysPut(body).some((key) => keys.includes(key));
    return reads && puts && !calls.some((call) => putsSocket(call) || setsSocket.some((known) => isCall(call, known)));
  });
  return restoring.map((clause) =>
    findingAt(
      file,
      clause,
      `${name}.${clause.name} restores a session from its cookie without :live_socket_id, so logging out does not disconnect its LiveViews; phx.gen.auth sets both since 1.7.0`,
    ),
  );
}

/** Keys under which something is put into the session. */
function keysPut(body: readonly Expr[]): string[] {
  const puts = callsIn(body).filter((call) => isCall(call, 'put_session'));
  return puts.flatMap(({ args }) => args.flatMap((arg) => (arg.kind === 'atom' ? [arg.name] : [])).slice(0, 1));
}

function putsSocket(call: CallExpr): boolean {
  return isCall(call, 'put_session') && hasAtom(call, 'live_socket_id');
}

/** Since 1.8.5: a browser drops a cookie only for the domain and path that it was set for. */
function cookieStays({ file, name, body }: PlacedSessionModule): Finding[] {
  const calls = callsIn(body);
  const set = calls.filter((call) => isCall(call, 'put_resp_cookie'));
  const keys = set.flatMap((call) => keysOf(attributeValue(call.args.at(-1), body)));
  const bound = keys.filter((key) => key === 'domain' || key === 'path');
  if (bound.length === 0) return [];
  return calls
    .filter((call) => isCall(call, 'delete_resp_cookie') && !optionsGiven(call, body))
    .map((call) =>
      findingAt(
        file,
        call,
        `${name} sets the cookie with ${bound.join(' and ')} and deletes it without, so it stays in the browser; phx.gen.auth gives delete_resp_cookie the same options since 1.8.5`,
      ),
    );
}

function optionsGiven(call: CallExpr, body: readonly Expr[]): boolean {
  return keysOf(attributeValue(call.args.at(-1), body)).length > 0;
}

/** Since 1.8.12: where a login may leave the session as it is, the path to return to is not left in it. */
function returnStays({ file, name, body, clauses, renewal }: PlacedSessionModule): Finding[] {
  const keeps = clauses.some((clause) => clause.name === renewal.name && returnsItsConn(clause));
  if (!keeps || callsIn(body).some((call) => isCall(call, 'delete_session'))) return [];
  return clauses
    .filter(readsReturnPath)
    .map((clause) =>
      findingAt(
        file,
        clause,
        `${name}.${clause.name} leaves the path to return to in a session that is not renewed, so the next login goes there again; phx.gen.auth deletes it since 1.8.12`,
      ),
    );
}

function returnsItsConn({ body, args: [conn] }: FunctionClause): boolean {
  const [only] = body;
  return body.length === 1 && only?.kind === 'identifier' && conn?.kind === 'identifier' && conn.name === only.name;
}

function readsReturnPath({ body }: FunctionClause): boolean {
  const calls = callsIn(body);
  const reads = calls.some(
    (call) =>
      isCall(call, 'get_session') && call.args.some((arg) => arg.kind === 'atom' && arg.name.endsWith('return_to')),
  );
  return reads && calls.some((call) => isCall(call, 'redirect'));
}

/** Since 1.8.0: LiveViews of the sessions that end with a new password are disconnected, not only those of one who logs out. */
function staysConnected({ file, name, clauses }: PlacedSessionModule, { build }: FindingContext): Finding[] {
  if (build.libFiles(/"disconnect"/).some(({ path }) => path !== file.path)) return [];
  const telling = clauses.filter(({ body }) => everyExpr(body).some(isDisconnect));
  const [only] = telling;
  if (
    telling.length !== 1 ||
    only === undefined ||
    !callsIn(only.body).some((call) => isCall(call, 'delete_resp_cookie'))
  )
    return [];
  const message = `${name}.${only.name} is the only place that disconnects LiveViews: those of other sessions stay open when the password changes; phx.gen.auth --live disconnects them since 1.8.0`;
  return [findingAt(file, only, message)];
}

function isDisconnect(expr: Expr): boolean {
  return expr.kind === 'string' && expr.parts.length === 1 && expr.parts[0] === 'disconnect';
}

/** The pattern that was replaced, as it was generated. */
const formerEmail = String.raw`^[^\s]+@[^\s]+$`;

/** Since 1.8.0: some mailers send one message to each of several addresses with commas between them. */
function emailWithCommas(file: ElixirFile, body: readonly Expr[]): Finding[] {
  return callsIn(body)
    .filter((call) => isCall(call, 'validate_format') && hasAtom(call, 'email') && call.args.some(isFormerEmail))
    .map((call) =>
      findingAt(
        file,
        call,
        'an email may hold commas and semicolons, which some mailers take for several addresses; phx.gen.auth forbids them since 1.8.0',
      ),
    );
}

function isFormerEmail(expr: Expr): boolean {
  return expr.kind === 'sigil' && expr.parts.length === 1 && expr.parts[0] === formerEmail;
}

/** Since 1.6.0: bcrypt reads 72 bytes of a password. */
function longPassword(file: ElixirFile, body: readonly Expr[]): Finding[] {
  if (callsIn(body).some((call) => isCall(call, 'validate_length') && option(call, 'count') !== undefined)) return [];
  return functionsOf(body)
    .filter((clause) => callsIn(clause.body).some((call) => isCall(call, 'Bcrypt.hash_pwd_salt')))
    .map((clause) =>
      findingAt(
        file,
        clause,
        'bcrypt ignores what comes after 72 bytes of a password; phx.gen.auth refuses longer ones with validate_length(:password, max: 72, count: :bytes) since 1.6.0',
      ),
    );
}
