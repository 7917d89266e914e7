import { describe, expect, test } from 'vitest';
import { callsOf } from '../../src/generated/calls.ts';
import { findGenerated, type GeneratedCode } from '../../src/generated/find.ts';
import { mergedStage } from '../../src/generated/merge.ts';
import type { Overlay } from '../../src/generated/places.ts';
import { isWorthStep, openChanges } from '../../src/generated/said.ts';
import { stagesOf } from '../../src/generated/stages.ts';
import { app, treeOf } from './ledger.ts';
import { crate, histories, pallet, shelved, type Version } from './shelf.ts';

const both = [crate, pallet];
const context = 'lib/depot/goods.ex';
const form = 'lib/depot_web/live/crate_label_live/form_component.ex';

function found(files: Readonly<Record<string, string>>): GeneratedCode {
  const [code, second] = findGenerated(treeOf(files), app, histories);
  if (code === undefined || second !== undefined) throw new Error('not just one');
  return code;
}

function brought(files: Readonly<Record<string, string>>, from: Version, to: Version): Record<string, string> {
  const tree = treeOf(files);
  const [base, target] = [from, to].map((version) => {
    const side = treeOf(shelved(version, both));
    return { tree: side, written: new Set(side.paths) };
  });
  if (!base || !target) throw new Error('no text');
  const overlay: Overlay = new Map();
  mergedStage(found(files), { from, to, design: null, project: treeOf({}), base, target }, { tree, app, overlay });
  return { ...files, ...Object.fromEntries([...overlay].map(([path, text]) => [path, text ?? ''])) };
}

describe('a context', () => {
  test('is found with all that was generated for it, and dated as one', () => {
    const code = found(shelved('1.7.0', both));
    expect(code.codes.map(({ generator, names }) => `${generator.task} ${names.schema}`)).toEqual([
      'phx.gen.context CrateLabel',
      'phx.gen.live CrateLabel',
      'phx.gen.context Pallet',
      'phx.gen.live Pallet',
    ]);
    expect(code.versions).toEqual(['1.7.0']);
  });

  test('says by its code what it was generated with', () => {
    const files = shelved('1.7.0', [crate]);
    files['lib/depot/goods/crate_label.ex'] = (files['lib/depot/goods/crate_label.ex'] ?? '')
      .replace('schema "crate_labels"', 'schema "labels"')
      .replace('field :code, :string', 'field :code, Ecto.Enum, values: [:long, :short]\n    field :later, :string')
      .replace('[:code]', '[:code, :later]')
      .replace('use Ecto.Schema', 'use Ecto.Schema\n  @primary_key {:id, :binary_id, autogenerate: true}');
    const tree = treeOf(files);
    const flags = 'code:enum:long:short --table labels --binary-id';
    expect(callsOf(found(files), { tree, names: app, version: '1.7.0' })).toEqual([
      `phx.gen.context Goods CrateLabel crate_labels ${flags}`,
      `phx.gen.live Goods CrateLabel crate_labels --no-context --no-schema ${flags}`,
    ]);
  });

  test('is none where the functions are somebody’s own', () => {
    const files = {
      'lib/depot/goods.ex': `defmodule Depot.Goods do
  def list_parcels, do: []
  def get_parcel!(id), do: {:parcel, id}
  def create_parcel(attrs), do: {:ok, attrs}
  def delete_parcel(parcel), do: {:gone, parcel}
end
`,
    };
    expect(findGenerated(treeOf(files), app, histories)).toEqual([]);
  });

  test('has something to say where a change matters, and of style alone nothing', () => {
    const old = found(shelved('1.7.0', both));
    const [stage] = stagesOf(old, '1.7.13');
    if (!stage) throw new Error('no stage');
    expect(isWorthStep(old, stage)).toBe(true);
    expect(openChanges(old, stage).map(({ finding }) => `${finding.path}:${finding.line}`)).toEqual([
      `${form}:8`,
      'lib/depot_web/live/pallet_live/form_component.ex:8',
    ]);
    const newer = found(shelved('1.7.13', both));
    expect(stagesOf(newer, '1.8.0')).toEqual([]);
  });

  test('is the target byte for byte where nobody changed it', () => {
    expect(brought(shelved('1.7.0', both), '1.7.0', '1.7.13')).toEqual(shelved('1.7.13', both));
    expect(brought(shelved('1.7.0', both), '1.7.0', '1.8.0')).toEqual(shelved('1.8.0', both));
  });

  test('keeps what the user made of one of its resources', () => {
    const files = shelved('1.7.0', both);
    files[context] = (files[context] ?? '').replace(
      'def list_pallets, do: Repo.all(Pallet)',
      'def list_pallets, do: Repo.all(Pallet.newest())',
    );
    files[form] = (files[form] ?? '').replace('(crate_label)))', '(crate_label), id: "crate"))');
    const after = brought(files, '1.7.0', '1.8.0');
    expect(after[context]).toContain('Pallet.newest()');
    expect(after[context]).toContain('def create_crate_label(attrs) do');
    expect(after[form]).toContain('id: "crate"');
    expect(after['lib/depot_web/live/pallet_live/form_component.ex']).toContain('assign_new');
  });
});
