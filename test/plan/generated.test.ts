import { describe, expect, test } from 'vitest';
import { findGenerated } from '../../src/generated/find.ts';
import { codeKey } from '../../src/generated/texts.ts';
import { generatedDrafts } from '../../src/plan/generated.ts';
import { app, codeOf, histories, treeOf, type Version, written } from '../generated/ledger.ts';
import { crate, pallet, shelved, histories as shelves } from '../generated/shelf.ts';

/** The steps for a project's generated code, with the generator's text or without. */
function draftsFor(
  files: Readonly<Record<string, string>>,
  to: Version,
  ways: readonly (readonly [Version, Version])[],
) {
  const tree = treeOf(files);
  const end = (version: Version) => {
    const side = treeOf(written(version));
    return { tree: side, written: new Set(side.paths) };
  };
  const stages = ways.map(([from, target]) => {
    const design = target === '1.8.0' ? target : null;
    return { from, to: target, design, project: treeOf({}), base: end(from), target: end(target) };
  });
  const texts = stages.length === 0 ? [] : [{ key: codeKey(codeOf(tree)), stages }];
  return generatedDrafts({ tree, names: app, to, histories, texts, deps: [] });
}

describe('steps for generated code', () => {
  test('bring it up to its own design first, and to another one only for who wants it', () => {
    const ways = [
      ['1.7.0', '1.7.12'],
      ['1.7.12', '1.8.0'],
    ] as const;
    const [first, second, ...more] = draftsFor(written('1.7.0'), '1.8.0', ways);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      id: 'gen-auth-clerk',
      title: 'Bring the login of Staff.Clerk up to phx.gen.auth of 1.7.12',
      need: 'recommended',
      risk: 'review',
    });
    expect(first?.why).toContain('most as in 1.7.0');
    expect(first?.why).toContain('the CSRF token is dropped when a session is renewed (session fixation) (1.7.12)');
    expect(first?.items.map(({ change }) => change.verdict)).toEqual(['pending', 'pending', 'pending', 'pending']);
    expect(second).toMatchObject({ id: 'gen-auth-clerk-1-8', need: 'cosmetic', after: ['gen-auth-clerk'] });
    expect(second?.items.some(({ operations }) => operations[0]?.kind === 'create-file')).toBe(true);
  });

  test('name what changed where no text is at hand, and wait for it', () => {
    const [first] = draftsFor(written('1.7.0'), '1.7.12', []);
    expect(new Set(first?.items.map(({ change }) => change.verdict))).toEqual(new Set(['needs-source']));
    expect(first?.textHint).toContain('can be fetched from Hex');
    expect(first?.findings[0]).toMatchObject({ path: 'lib/depot_web/clerk_auth.ex', line: 13 });
    expect(first?.findings.some(({ path }) => path === 'test/depot/staff_test.exs')).toBe(true);
  });

  test('are none for code that is the newest, or newer than the target', () => {
    expect(draftsFor(written('1.8.0'), '1.8.0', [])).toEqual([]);
    expect(draftsFor(written('1.8.0'), '1.7.12', [])).toEqual([]);
  });

  test('carry no edit of what both sides changed', () => {
    const files = written('1.7.0');
    const path = 'lib/depot/staff.ex';
    files[path] = (files[path] ?? '').replace('kind: "session"', 'kind: "badge"');
    const [first] = draftsFor(files, '1.7.12', [['1.7.0', '1.7.12']]);
    const item = first?.items.find(({ change }) => change.address === `file/${path}`);
    expect(item?.change.verdict).toBe('conflict');
    expect(item?.operations).toEqual([]);
    expect(item?.conflicts[0]?.take).toMatchObject([{ kind: 'merge-file', path }]);
  });
});

describe('a context', () => {
  const both = [crate, pallet];
  const form = 'lib/depot_web/live/crate_label_live/form_component.ex';

  function contextDrafts(files: Readonly<Record<string, string>>, isKnown = true) {
    const tree = treeOf(files);
    const end = (version: '1.7.0' | '1.7.13') => {
      const side = treeOf(shelved(version, both));
      return { tree: side, written: new Set(side.paths) };
    };
    const [code] = findGenerated(tree, app, shelves);
    const stage = {
      from: '1.7.0',
      to: '1.7.13',
      design: null,
      project: treeOf({}),
      base: end('1.7.0'),
      target: end('1.7.13'),
    };
    const texts = isKnown && code ? [{ key: codeKey(code), stages: [stage] }] : [];
    return generatedDrafts({ tree, names: app, to: '1.8.0', histories: shelves, texts, deps: [] });
  }

  test('has one step for all its resources, behind the packages that the new text is made for', () => {
    const [only, ...more] = contextDrafts(shelved('1.7.0', both));
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      id: 'gen-context-goods',
      need: 'cosmetic',
      after: expect.arrayContaining(['live-view-1-0']),
    });
    expect(only?.title).toBe(
      "Bring the context and LiveViews of Goods up to what Phoenix's generators write in 1.7.13",
    );
    expect(only?.why.match(/a form is built once/g)).toHaveLength(1);
    expect(only?.items.every(({ change }) => change.verdict === 'pending')).toBe(true);
  });

  test('names what changed without any text, and is no step where nothing that matters did', () => {
    const [waiting] = contextDrafts(shelved('1.7.0', both), false);
    expect(waiting?.items.map(({ change }) => change.verdict)).toContain('needs-source');
    expect(waiting?.findings[0]).toMatchObject({ path: form, line: 8 });
    expect(contextDrafts(shelved('1.7.13', both))).toEqual([]);
  });

  test('asks nobody about what is the user’s by now', () => {
    const files = shelved('1.7.0', both);
    files[form] = (files[form] ?? '').replace('(crate_label)))', '(crate_label), id: "crate"))');
    const [only] = contextDrafts(files);
    expect(only?.items.flatMap(({ conflicts }) => conflicts)).toEqual([]);
    expect(only?.items.map(({ change }) => change.address)).toEqual([
      'file/lib/depot_web/live/pallet_live/form_component.ex',
    ]);
  });
});

describe('another design', () => {
  test('is left to a person as a whole where a part of it is', () => {
    const files = written('1.7.12');
    const bell = 'lib/depot_web/live/clerk_bell.ex';
    files[bell] = (files[bell] ?? '').replace('{:ring, clerk}', '{:chime, clerk}');
    const [only] = draftsFor(files, '1.8.0', [['1.7.12', '1.8.0']]);
    expect(only?.id).toBe('gen-auth-clerk-1-8');
    expect(new Set(only?.items.map(({ change }) => change.verdict))).toEqual(new Set(['manual']));
    expect(only?.items.flatMap(({ operations }) => operations)).toEqual([]);
  });
});

describe('another way to log in', () => {
  const dep = (name: string) => ({ name, requirement: '~> 1.0', path: 'mix.exs', line: 30 });
  const drafts = (files: Readonly<Record<string, string>>, ...deps: string[]) =>
    generatedDrafts({ tree: treeOf(files), names: app, to: '1.8.0', histories, texts: [], deps: deps.map(dep) });

  test.each(['pow', 'guardian', 'coherence', 'ueberauth'])('is named as an own choice: %s', (name) => {
    const [own, ...more] = drafts({}, 'phoenix', name);
    expect(more).toEqual([]);
    expect(own).toMatchObject({ id: 'own-login', need: 'cosmetic', operations: [] });
    expect(own?.items[0]).toMatchObject({ change: { address: `deps/${name}`, verdict: 'declined' }, operations: [] });
  });

  test('is none where a package only says who somebody is', () => {
    expect(drafts(written('1.8.0'), 'phoenix', 'ueberauth')).toEqual([]);
    expect(drafts({}, 'guardian', 'ueberauth')[0]?.items.map(({ change }) => change.address)).toEqual([
      'deps/guardian',
    ]);
  });
});
