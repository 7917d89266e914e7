import type { Names } from '../../src/elixir/names.ts';
import { findGenerated, type GeneratedCode } from '../../src/generated/find.ts';
import { HistoryBuilder, writtenDefinitions } from '../../src/generated/history-builder.ts';
import type { CallNames } from '../../src/generated/names.ts';
import { storedApp, storedNames } from '../../src/generated/names.ts';
import type { GeneratedHistories } from '../../src/pristine/generated-history.ts';
import { namesOf } from '../../src/pristine/naming.ts';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';

/** Versions of a small login that these tests make up; what each writes is below. */
export const versions = ['1.7.0', '1.7.12', '1.8.0'] as const;
export type Version = (typeof versions)[number];

export const app = namesOf('depot', []);
/** Names as a user gave them: nothing is called as the generator's own examples are. */
export const names: CallNames = {
  context: 'Staff',
  schema: 'Clerk',
  singular: 'clerk',
  plural: 'clerks',
  table: 'clerks',
};

/** What a version writes under some names: modules of our own making that bear the names of functions by which logins are known. */
export function written(version: Version, of: Names = app, call: CallNames = names): Record<string, string> {
  const { module, webModule, app: name } = of;
  const { context, schema, singular, plural } = call;
  const isNew = version !== '1.7.0';
  const folder = context?.toLowerCase();
  const files: Record<string, string> = {
    [`lib/${name}/${folder}.ex`]: `defmodule ${module}.${context} do
  alias ${module}.${context}.${schema}
  alias ${module}.Repo

  @doc """
  Keeps a token of a ${singular}.
  """
  def generate_${singular}_session_token(${singular}) do
    Repo.insert!(%{owner: ${singular}, kind: ${isNew ? '"login"' : '"session"'}})
  end

  @doc "Finds who a token belongs to."
  def get_${singular}_by_session_token(token) do
    Repo.get_by(${schema}, token: token)
  end
${version === '1.8.0' ? `\n  def forget_${singular}(${singular}), do: Repo.delete(${singular})\n` : ''}end
`,
    [`lib/${name}/${folder}/${singular}.ex`]: `defmodule ${module}.${context}.${schema} do
  use Ecto.Schema

  schema "${plural}" do
    field :email, :string
    field :seen_at, ${isNew ? ':utc_datetime' : ':naive_datetime'}
  end

  def mail_of(${singular}), do: ${singular}.email
end
`,
    [`lib/${name}_web/${singular}_auth.ex`]: `defmodule ${webModule}.${schema}Auth do
  use ${webModule}, :verified_routes

  import Plug.Conn

  alias ${module}.${context}

  def log_in_${singular}(conn, ${singular}) do
    token = ${context}.generate_${singular}_session_token(${singular})
    conn |> renew_session() |> put_session(:token, token)
  end

  defp renew_session(conn) do
${isNew ? '    delete_csrf_token()\n\n' : ''}    conn |> configure_session(renew: true) |> clear_session()
  end

  def log_out_${singular}(conn) do
    redirect_home(renew_session(conn), ~p"/${plural}/log_in")
  end

  defp redirect_home(conn, path), do: put_resp_header(conn, "location", path)
end
`,
    [`test/${name}/${folder}_test.exs`]: `defmodule ${module}.${context}Test do
  use ${module}.DataCase

  describe "generate_${singular}_session_token/1" do
    test "keeps it" do
      assert ${module}.${context}.generate_${singular}_session_token(%{}).kind == ${isNew ? '"login"' : '"session"'}
    end
  end
end
`,
  };
  if (version === '1.8.0') {
    files[`lib/${name}/${folder}/desk.ex`] = `defmodule ${module}.${context}.${schema}Desk do
  def for_${singular}(${singular}), do: {:desk, ${singular}}
end
`;
  } else {
    files[`lib/${name}_web/live/${singular}_bell.ex`] = `defmodule ${webModule}.${schema}Bell do
  def ring_${singular}(${singular}), do: {:ring, ${singular}}
end
`;
  }
  return files;
}

export function treeOf(files: Readonly<Record<string, string>>): FileTree {
  return memoryTree(new Map(Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }])));
}

const builder = new HistoryBuilder({ task: 'phx.gen.auth', versions, variants: ['--live', '--no-live'] });
for (const version of versions) {
  const tree = treeOf(written(version, storedApp, storedNames));
  builder.add({ version, variant: '--live' }, writtenDefinitions(tree, tree.paths));
}
const document = builder.document();

/** The history of that login, and of no other generator. */
export const histories: GeneratedHistories = (task) => (task === document.task ? document : null);

/** The only generated code of a project. */
export function codeOf(tree: FileTree): GeneratedCode {
  const [code, second] = findGenerated(tree, app, histories);
  if (code === undefined || second !== undefined) throw new Error('not just one');
  return code;
}
