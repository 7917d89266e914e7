import { describe, expect, test } from 'vitest';
import { seenBy } from '../../../src/findings/find.ts';
import { authRules } from '../../../src/findings/generated/auth-rules.ts';
import { memoryTree } from '../../../src/project/tree.ts';
import { caseTree } from '../deployment/fixture.ts';
import { contextOf } from '../deployment/input.ts';

const gate = 'lib/atelier_web/gate.ex';
const night = 'lib/atelier_web/night_gate.ex';
const member = 'lib/atelier/member.ex';
const desk = 'lib/atelier_web/desk.ex';

/** Rules that see something once some files of the case are changed by replacement, or taken out with null. */
function seen(changes: Readonly<Record<string, readonly [string, string] | null>> = {}): string[] {
  const tree = caseTree('generated-auth');
  const files = tree.paths.flatMap((path): [string, { bytes: Uint8Array }][] => {
    const change = changes[path];
    if (change === null) return [];
    const text = tree.read(path) ?? '';
    if (change) expect(text).toContain(change[0]);
    return [[path, { bytes: Buffer.from(change ? text.replace(...change) : text) }]];
  });
  const context = contextOf(memoryTree(new Map(files)));
  return authRules.filter((rule) => seenBy(rule, context).findings.length > 0).map(({ id }) => id);
}

const all = [
  'auth-csrf-token',
  'auth-live-socket',
  'auth-cookie-options',
  'auth-return-to',
  'auth-disconnect',
  'auth-email-format',
  'auth-password-bytes',
];

describe('code that logs in as phx.gen.auth wrote it', () => {
  test('is found under names of its own', () => {
    expect(seen()).toEqual(all);
  });

  test.each<[string, string, string, string]>([
    [
      'auth-csrf-token',
      gate,
      '    conn |> configure_session',
      '    delete_csrf_token()\n    conn |> configure_session',
    ],
    [
      'auth-csrf-token',
      gate,
      '    conn |> configure_session',
      '    Plug.CSRFProtection.delete_csrf_token()\n    conn |> configure_session',
    ],
    [
      'auth-live-socket',
      gate,
      'put_session(conn, :badge, badge)}',
      'put_session(conn, :badge, badge) |> put_session(:live_socket_id, badge)}',
    ],
    ['auth-cookie-options', gate, 'delete_resp_cookie(@cookie)', 'delete_resp_cookie(@cookie, @cookie_options)'],
    ['auth-cookie-options', gate, ', domain: ".atelier.example"', ''],
    ['auth-return-to', night, '|> put_session(:guard, guard.id)', '|> delete_session(:night_return_to)'],
    [
      'auth-disconnect',
      member,
      'use Ecto.Schema',
      'use Ecto.Schema\n  def end_sessions(id), do: Atelier.broadcast(id, "disconnect", %{})',
    ],
    ['auth-email-format', member, '[^\\s]+@[^\\s]+', '[^@,;\\s]+@[^@,;\\s]+'],
    ['auth-password-bytes', member, 'max: 90', 'max: 72, count: :bytes'],
    ['auth-password-bytes', member, 'Bcrypt.hash_pwd_salt', 'Argon2.hash_pwd_salt'],
  ])('%s is no longer seen in %s with %s', (id, path, before, after) => {
    expect(seen({ [path]: [before, after] })).toEqual(all.filter((one) => one !== id));
  });

  test('without LiveViews, nothing is said of them', () => {
    expect(seen({ [desk]: null })).toEqual(all.filter((id) => id !== 'auth-live-socket' && id !== 'auth-disconnect'));
  });

  test('a session that is renewed elsewhere, or a form with a password, is none', () => {
    expect(
      seen({ [gate]: ['signed: ', 'only: '], [night]: null, [member]: ['Bcrypt.no_user_verify()', ':ok'] }),
    ).toEqual([]);
  });
});
