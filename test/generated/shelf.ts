import type { Names } from '../../src/elixir/names.ts';
import { HistoryBuilder, writtenDefinitions } from '../../src/generated/history-builder.ts';
import { type CallNames, camelized, storedApp, storedNames } from '../../src/generated/names.ts';
import type { GeneratedHistories } from '../../src/pristine/generated-history.ts';
import { app, treeOf } from './ledger.ts';

/** Versions of small generators that these tests make up: of a context, and of the LiveViews of its resources. */
export const versions = ['1.7.0', '1.7.13', '1.8.0'] as const;
export type Version = (typeof versions)[number];

export const crate: CallNames = {
  context: 'Goods',
  schema: 'CrateLabel',
  singular: 'crate_label',
  plural: 'crate_labels',
  table: 'crate_labels',
};
export const pallet: CallNames = {
  context: 'Goods',
  schema: 'Pallet',
  singular: 'pallet',
  plural: 'pallets',
  table: 'pallets',
};

/** Functions of a resource in its context, with the schema: of our own making, named as people know them. */
function functions({ schema, singular, plural }: CallNames, version: Version): string {
  return `  def list_${plural}, do: Repo.all(${schema})

  def get_${singular}!(id), do: Repo.get!(${schema}, id)

  def create_${singular}(attrs${version === '1.8.0' ? '' : ' \\\\ %{}'}) do
    Repo.insert(${schema}.changeset(%${schema}{}, attrs))
  end

  def change_${singular}(${singular}), do: ${schema}.changeset(${singular}, %{})
`;
}

/** The files that a version writes for resources of one context, all of them together. */
export function shelved(
  version: Version,
  resources: readonly CallNames[],
  { app: of = app, field = 'code' }: { readonly app?: Names; readonly field?: string } = {},
): Record<string, string> {
  const { module, webModule, app: name } = of;
  const [{ context }] = resources as [CallNames];
  const folder = context?.toLowerCase();
  const files: Record<string, string> = {
    [`lib/${name}/${folder}.ex`]: `defmodule ${module}.${context} do
  alias ${module}.Repo
${resources.map(({ schema }) => `  alias ${module}.${context}.${schema}`).join('\n')}

${resources.map((one) => functions(one, version)).join('\n')}end
`,
  };
  for (const { schema, singular, plural, table } of resources) {
    files[`lib/${name}/${folder}/${singular}.ex`] = `defmodule ${module}.${context}.${schema} do
  use Ecto.Schema
  import Ecto.Changeset

  schema "${table}" do
    field :${field}, :string
    timestamps()
  end

  def changeset(${singular}, attrs), do: cast(${singular}, attrs, [:${field}])
end
`;
    files[`lib/${name}_web/live/${singular}_live/form_component.ex`] =
      `defmodule ${webModule}.${schema}Live.FormComponent do
  use ${webModule}, :live_component

  alias ${module}.${context}

  def render(assigns), do: ~H"<.input field={@form[:${field}]} />"

  def update(%{${singular}: ${singular}}, socket) do
    ${version === '1.7.0' ? `{:ok, assign(socket, :form, to_form(${context}.change_${singular}(${singular})))}` : `{:ok, assign_new(socket, :form, fn -> to_form(${context}.change_${singular}(${singular})) end)}`}
  end

  def title_of(${singular}), do: "${sentence(singular)} #{${singular}.id} of ${plural}"
end
`;
  }
  return files;
}

function sentence(word: string): string {
  return camelized(word.replace(/_.*/, '')) + word.replace(/^[^_]*/, '').replaceAll('_', ' ');
}

function documentOf(task: string, pattern: RegExp) {
  const builder = new HistoryBuilder({ task, versions, variants: [''] });
  for (const version of versions) {
    const sides = ['code', 'sign'].map((field) => treeOf(shelved(version, [storedNames], { app: storedApp, field })));
    const [first = [], second = []] = sides.map((tree) =>
      writtenDefinitions(
        tree,
        tree.paths.filter((path) => pattern.test(path)),
      ),
    );
    const same = new Set(second.map(({ role, key, hash }) => `${role} ${key} ${hash}`));
    builder.add(
      { version, variant: '' },
      first.map((one) => (same.has(`${one.role} ${one.key} ${one.hash}`) ? one : { ...one, hash: null })),
    );
  }
  return builder.document();
}

const documents = [documentOf('phx.gen.context', /^lib\/qapp\//), documentOf('phx.gen.live', /_live\//)];

/** The histories of those generators, and of no other. */
export const histories: GeneratedHistories = (task) => documents.find((one) => one.task === task) ?? null;
