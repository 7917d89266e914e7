import { describe, expect, test } from 'vitest';
import { type MergedFile, mergedStage } from '../../src/generated/merge.ts';
import type { Overlay } from '../../src/generated/places.ts';
import { stagesOf } from '../../src/generated/stages.ts';
import { app, codeOf, treeOf, type Version, written } from './ledger.ts';

const auth = 'lib/depot_web/clerk_auth.ex';
const context = 'lib/depot/staff.ex';
const nothing = treeOf({});

/** Every stage to a version, and the files of the project after all of them. */
function brought(files: Readonly<Record<string, string>>, to: Version) {
  const tree = treeOf(files);
  const code = codeOf(tree);
  const overlay: Overlay = new Map();
  const merged = stagesOf(code, to).map((stage) => {
    const [base, target] = [stage.from, stage.to].map((version) => {
      const side = treeOf(written(version as Version));
      return { tree: side, written: new Set(side.paths) };
    });
    if (!base || !target) throw new Error('no text');
    return mergedStage(code, { ...stage, project: nothing, base, target }, { tree, app, overlay });
  });
  const after = new Map<string, string>(Object.entries(files));
  for (const [path, text] of overlay) text === null ? after.delete(path) : after.set(path, text);
  return { stages: merged, after: Object.fromEntries(after) };
}

function file(stages: readonly (readonly MergedFile[])[], path: string): MergedFile | undefined {
  return stages.flat().find((one) => one.place === path);
}

describe('generated code brought to another version', () => {
  test.each([
    ['1.7.0', '1.7.12'],
    ['1.7.0', '1.8.0'],
    ['1.7.12', '1.8.0'],
  ] as const)('is the target byte for byte where nobody changed it: %s to %s', (from, to) => {
    expect(brought(written(from), to).after).toEqual(written(to));
  });

  test('keeps what the user added and changed, and gets the rest', () => {
    const files = written('1.7.0');
    files[context] = (files[context] ?? '')
      .replace('Repo.get_by(Clerk, token: token)', 'Repo.get_by(Clerk, token: token, active: true)')
      .replace(/end\n$/, '\n  def rota(day), do: {:rota, day}\nend\n');
    const { stages, after } = brought(files, '1.7.12');
    const text = after[context] ?? '';
    expect(file(stages, context)).toMatchObject({ verdict: 'pending', isUntouched: false });
    expect(text).toContain('active: true');
    expect(text).toContain('def rota(day)');
    expect(text).toContain('kind: "login"');
    expect(text).not.toContain('kind: "session"');
    expect(after[auth]).toBe(written('1.7.12')[auth]);
  });

  test('shows what both changed and leaves it to the user', () => {
    const files = written('1.7.0');
    files[context] = (files[context] ?? '').replace('kind: "session"', 'kind: "badge"');
    const { stages, after } = brought(files, '1.7.12');
    const conflict = file(stages, context)?.conflicts[0];
    expect(file(stages, context)?.verdict).toBe('conflict');
    expect(conflict?.yours).toContain('kind: "badge"');
    expect(conflict?.target).toContain('kind: "login"');
    expect(after[context]).toContain('kind: "badge"');
    expect(after[context]).not.toContain('kind: "login"');
  });

  test('takes a definition of any version for untouched, whichever the file is dated', () => {
    const files = written('1.7.0');
    // Somebody brought the fix over by hand when it came out.
    files[auth] = written('1.7.12')[auth] ?? '';
    const { stages, after } = brought(files, '1.8.0');
    expect(stages.flat().flatMap(({ conflicts }) => conflicts)).toEqual([]);
    expect(after).toEqual(written('1.8.0'));
  });

  test('merges the fields of a schema with those of its own', () => {
    const path = 'lib/depot/staff/clerk.ex';
    const files = written('1.7.0');
    files[path] = (files[path] ?? '').replace(
      '    field :email, :string\n',
      '    field :email, :string\n    field :desk, :integer\n',
    );
    const text = brought(files, '1.7.12').after[path] ?? '';
    expect(text).toContain('field :desk, :integer');
    expect(text).toContain('field :seen_at, :utc_datetime');
    expect(text.match(/schema "clerks"/g)).toHaveLength(1);
  });

  test('follows modules to where the user keeps them', () => {
    const files = written('1.7.0');
    const text = files[auth] ?? '';
    delete files[auth];
    const place = 'lib/depot_web/plugs/gate.ex';
    files[place] = text.replace('DepotWeb.ClerkAuth', 'DepotWeb.Plugs.Gate');
    const { after } = brought(files, '1.7.12');
    expect(after[auth]).toBeUndefined();
    expect(after[place]).toContain('defmodule DepotWeb.Plugs.Gate do');
    expect(after[place]).toContain('delete_csrf_token()');
  });

  test('does not take out a file that the user changed, nor bring back one that they took out', () => {
    const bell = 'lib/depot_web/live/clerk_bell.ex';
    const files = written('1.7.12');
    files[bell] = (files[bell] ?? '').replace('{:ring, clerk}', '{:chime, clerk}');
    const kept = brought(files, '1.8.0');
    expect(file(kept.stages, bell)).toMatchObject({ verdict: 'manual', operations: [] });
    expect(kept.after[bell]).toContain(':chime');
    const without = written('1.7.0');
    delete without['test/depot/staff_test.exs'];
    expect(brought(without, '1.7.12').after['test/depot/staff_test.exs']).toBeUndefined();
  });

  test('does not bring a template in another language beside one that the user changed', () => {
    const [old, newer] = ['eex', 'heex'].map((end) => `lib/depot_web/templates/clerk_session/new.html.${end}`);
    const files = { ...written('1.7.0'), [old ?? '']: '<p>Log in</p>\n' };
    const sides = [files, { ...written('1.7.12'), [newer ?? '']: '<p>Come in</p>\n' }].map((one) => ({
      tree: treeOf(one),
      written: new Set(Object.keys(one)),
    }));
    const stage = { from: '1.7.0', to: '1.7.12', design: null, project: nothing, base: sides[0], target: sides[1] };
    const paths = (own: string) => {
      const tree = treeOf({ ...files, [old ?? '']: own });
      const merged = mergedStage(codeOf(tree), stage as never, { tree, app, overlay: new Map() });
      return merged
        .filter(({ path }) => path.includes('clerk_session'))
        .map(({ path, verdict }) => `${verdict} ${path}`);
    };
    expect(paths('<p>Log in</p>\n')).toEqual([`pending ${old}`, `pending ${newer}`]);
    expect(paths('<p>Log in here</p>\n')).toEqual([`manual ${old}`]);
  });
});
