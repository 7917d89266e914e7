import { describe, expect, test } from 'vitest';
import { withBundlerMoved } from '../../src/plan/bundler-moves.ts';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import type { Verdict } from '../../src/plan/plan.ts';
import { changeServedPath, linesAsking } from '../../src/templates/served-path.ts';

const page = { kind: 'served-path', path: 'lib/pier.ex', from: '/js/app.js', to: '/assets/app.js' } as const;
const ignored = { kind: 'ignore-remove', path: '.gitignore', patterns: ['/priv/static/'] } as const;

function item(address: string, verdict: Verdict): DraftItem {
  const change = { address, verdict, base: null, yours: null, target: null, at: null };
  const operations = [{ kind: 'remove-dep', path: 'mix.exs', dep: address }] as const;
  return { change, operations, conflicts: [], backlog: false, since: null, review: false };
}

function bundler(...items: readonly DraftItem[]): Draft {
  const words = { title: '', why: '', docs: null, since: null, after: [], commands: [], findings: [] };
  return {
    ...words,
    id: 'esbuild',
    area: 'assets',
    need: 'recommended',
    risk: 'manual',
    items,
    operations: [page, ignored],
  };
}

const kinds = (draft: Draft | undefined) =>
  draft?.items.flatMap(({ operations }) => operations.map(({ kind }) => kind));

describe('what pages ask for changes with the dep that writes it', () => {
  test('where the dep comes', () => {
    const [draft] = withBundlerMoved([bundler(item('deps/esbuild', 'pending'), item('mix/aliases.setup', 'pending'))]);
    expect(kinds(draft)).toEqual(['remove-dep', 'served-path', 'ignore-remove', 'remove-dep']);
    expect(draft?.operations).toEqual([]);
  });

  test.each<Verdict>(['declined', 'done', 'needs-source'])('not where it is %s', (verdict) => {
    const [draft] = withBundlerMoved([bundler(item('deps/esbuild', verdict))]);
    expect(kinds(draft)).toEqual(['remove-dep']);
    expect(draft?.operations).toEqual([]);
  });

  test('and .gitignore is left to the change of the file itself', () => {
    const [draft] = withBundlerMoved([bundler(item('deps/esbuild', 'pending'), item('file/.gitignore', 'pending'))]);
    expect(kinds(draft)).toEqual(['remove-dep', 'served-path', 'remove-dep']);
  });
});

describe('a path that pages ask for', () => {
  const text = `~p"/js/app.js" '/js/app.js?v=1' "/js/app.js.map" "/x/js/app.js"\n/js/app.js\n`;

  test('changes as a whole, once', () => {
    const once = changeServedPath(text, '/js/app.js', '/assets/js/app.js');
    const wanted = `~p"/assets/js/app.js" '/assets/js/app.js?v=1' "/js/app.js.map" "/x/js/app.js"\n/js/app.js\n`;
    expect(once).toEqual({ ok: true, text: wanted });
    expect(changeServedPath(wanted, '/js/app.js', '/assets/js/app.js')).toEqual(once);
  });

  test('is found at its lines', () => {
    expect(linesAsking(text, '/js/app.js')).toEqual([1]);
  });
});
