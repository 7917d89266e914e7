import { describe, expect, test } from 'vitest';
import { callsOf } from '../../src/generated/calls.ts';
import { findGenerated } from '../../src/generated/find.ts';
import { changedDefinitions, openChanges } from '../../src/generated/said.ts';
import { stagesOf } from '../../src/generated/stages.ts';
import { app, codeOf, histories, names, treeOf, written } from './ledger.ts';

const auth = 'lib/depot_web/clerk_auth.ex';
const context = 'lib/depot/staff.ex';

describe('code of a generator in a project', () => {
  test('is found under the names that it was given, with the version that wrote it', () => {
    const tree = treeOf(written('1.7.12'));
    const code = codeOf(tree);
    expect(code.codes[0].names).toEqual(names);
    expect(code.versions).toEqual(['1.7.12']);
    expect(code.codes[0].parts.map(({ role, path }) => `${role} ${path}`)).toContain(`QschemaAuth ${auth}`);
    expect(callsOf(code, { tree, names: app, version: '1.7.12' })).toEqual(['phx.gen.auth Staff Clerk clerks --live']);
  });

  test('is found where it was moved to, in another module and another file', () => {
    const files = written('1.7.0');
    const text = files[auth] ?? '';
    delete files[auth];
    files['lib/depot_web/plugs/gate.ex'] = text.replace('DepotWeb.ClerkAuth', 'DepotWeb.Plugs.Gate');
    const code = codeOf(treeOf(files));
    expect(code.versions).toEqual(['1.7.0']);
    expect(code.codes[0].parts.find(({ role }) => role === 'QschemaAuth')?.path).toBe('lib/depot_web/plugs/gate.ex');
  });

  test('has a table of another name than its paths', () => {
    const files = written('1.7.0');
    const path = 'lib/depot/staff/clerk.ex';
    files[path] = (files[path] ?? '').replace('schema "clerks"', 'schema "people"');
    const tree = treeOf(files);
    expect(callsOf(codeOf(tree), { tree, names: app, version: '1.7.12' })).toEqual([
      'phx.gen.auth Staff Clerk clerks --table people --live',
    ]);
  });

  test('says by its code with which flags it was generated', () => {
    const files = written('1.8.0');
    const schema = 'lib/depot/staff/clerk.ex';
    files[schema] = (files[schema] ?? '')
      .replace('use Ecto.Schema', 'use Ecto.Schema\n  @primary_key {:id, :binary_id, autogenerate: true}')
      .replace('clerk.email', 'Pbkdf2.no_user_verify() || clerk.email');
    files[auth] = (files[auth] ?? '').replace(
      /end\n$/,
      '\n  def fetch_current_desk_for_clerk(conn, _opts), do: conn\nend\n',
    );
    files['config/config.exs'] =
      'import Config\n\nconfig :depot, :scopes,\n  desk: [\n    default: true,\n    module: Depot.Staff.Scope\n  ]\n';
    const tree = treeOf(files);
    const flags = '--live --hashing-lib pbkdf2 --binary-id';
    expect(callsOf(codeOf(tree), { tree, names: app, version: '1.8.0' })).toEqual([
      `phx.gen.auth Staff Clerk clerks ${flags} --scope desk --assign-key current_desk`,
    ]);
    // Before 1.8 there were no scopes, before 1.7 no LiveViews.
    expect(callsOf(codeOf(tree), { tree, names: app, version: '1.6.0' })).toEqual([
      'phx.gen.auth Staff Clerk clerks --hashing-lib pbkdf2 --binary-id',
    ]);
  });

  test('is dated by what nobody changed, layout and comments aside', () => {
    const files = written('1.7.12');
    files[auth] = (files[auth] ?? '').replace(
      'conn |> renew_session() |>',
      '# ours\n    conn\n    |> renew_session()\n    |>',
    );
    files[context] = (files[context] ?? '').replace('Repo.get_by(Clerk, token: token)', 'Repo.one(Clerk)');
    const code = codeOf(treeOf(files));
    expect(code.versions).toEqual(['1.7.12']);
    const changed = code.codes[0].parts.flatMap(({ definitions }) => definitions.filter(({ runs }) => runs === 0n));
    expect(changed.map(({ key }) => key)).toEqual(['fun get_qschema_by_session_token/1']);
  });

  test('is nothing that only sounds like it', () => {
    const files = {
      'lib/depot/door.ex': `defmodule Depot.Door do
  def log_in_guest(guest), do: guest
  def log_out_guest(guest), do: {:out, guest}
end
`,
    };
    expect(findGenerated(treeOf(files), app, histories)).toEqual([]);
  });
});

describe('what changed since', () => {
  test('is named with file and line, without any text of the generator', () => {
    const code = codeOf(treeOf(written('1.7.0')));
    const [stage] = stagesOf(code, '1.7.12');
    if (!stage) throw new Error('no stage');
    const [first] = openChanges(code, stage);
    expect(first?.change.isSecurity).toBe(true);
    expect(first?.finding).toMatchObject({ path: auth, line: 13 });
    expect(first?.finding.message).toMatch(/^since 1\.7\.12, the CSRF token is dropped/);
    const messages = changedDefinitions(code, stage).map(({ path, line, message }) => `${path}:${line} ${message}`);
    expect(messages).toContain(
      'lib/depot/staff.ex:5 phx.gen.auth has changed since: generate_clerk_session_token/1 (1.7.12)',
    );
    expect(messages).toContain(
      'test/depot/staff_test.exs:5 phx.gen.auth has changed since: describe "generate_clerk_session_token/1" > test "keeps it" (1.7.12)',
    );
  });

  test('is not said of a definition that somebody changed, nor of one that is there', () => {
    const files = written('1.7.0');
    files[auth] = (files[auth] ?? '').replace('clear_session()', 'clear_session() |> put_session(:shift, 1)');
    const code = codeOf(treeOf(files));
    const stages = stagesOf(code, '1.7.12');
    expect(stages.flatMap((stage) => openChanges(code, stage).map(({ change }) => change.since))).not.toContain(
      '1.7.12',
    );
    expect(stagesOf(codeOf(treeOf(written('1.7.12'))), '1.7.12')).toEqual([]);
  });

  test('ends with a design before another begins', () => {
    const stages = stagesOf(codeOf(treeOf(written('1.7.0'))), '1.8.0');
    expect(stages).toEqual([
      { from: '1.7.0', to: '1.7.12', design: null },
      { from: '1.7.12', to: '1.8.0', design: '1.8.0' },
    ]);
  });
});
