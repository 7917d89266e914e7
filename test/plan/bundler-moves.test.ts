import { describe, expect, test } from 'vitest';
import { withBundlerMoved } from '../../src/plan/bundler-moves.ts';
import type { Draft, DraftItem } from '../../src/plan/draft.ts';
import type { DraftContext } from '../../src/plan/draft-pass.ts';
import type { Verdict } from '../../src/plan/plan.ts';
import { importStyles } from '../../src/templates/script-imports.ts';
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

  test.each([
    ['goes without esbuild', [], []],
    ['has esbuild', [{ name: 'esbuild' }], ['remove-dep']],
  ])('and no watcher comes to an app that %s', (_name, deps, wanted) => {
    const context = { project: { apps: [{ mixfile: { deps } }] } } as unknown as DraftContext;
    const [draft] = withBundlerMoved(
      [bundler(item('config/dev/pier.PierWeb.Endpoint.watchers.esbuild', 'pending'))],
      context,
    );
    expect(kinds(draft)).toEqual(wanted);
  });

  test('and .gitignore is left to the change of the file itself', () => {
    const [draft] = withBundlerMoved([bundler(item('deps/esbuild', 'pending'), item('file/.gitignore', 'pending'))]);
    expect(kinds(draft)).toEqual(['remove-dep', 'served-path', 'remove-dep']);
  });
});

describe('what the old bundler did besides', () => {
  const place = { path: 'assets/package.json', line: 3, message: 'own' };
  const sheets = ['assets/css/app.scss', 'assets/css/phoenix.css'];
  const link = { kind: 'served-path', path: 'lib/layout.eex', from: '/css/app.css', to: '/assets/js/app.css' } as const;
  const renamed = { kind: 'rename-file', from: 'assets/css/app.scss', path: 'assets/css/site.css' } as const;
  const imports = [{ from: '../css/app.scss', to: '../css/site.css' }];
  const script = { kind: 'script-imports', path: 'assets/js/app.js', imports, sheets } as const;
  const styled = { ...bundler(item('deps/esbuild', 'pending')), operations: [link, renamed, script] };
  const other = (id: string, ...operations: Draft['operations'][]): Draft => ({
    ...bundler(...operations.map((own) => ({ ...item('file/assets/css/phoenix.css', 'pending'), operations: own }))),
    id,
    operations: [],
  });
  const tailwind = other('tailwind-4', [{ kind: 'delete-file', path: 'assets/css/phoenix.css' }]);

  test('holds the whole step where it cannot be carried over', () => {
    const draft = { ...bundler(item('deps/esbuild', 'pending')), stands: [place] };
    const [held] = withBundlerMoved([draft]);
    expect([kinds(held), held?.heldBy, held?.items[0]?.change.verdict]).toEqual([[], [place], 'manual']);
  });

  test('holds nothing once the pages that asked for it are others', () => {
    const draft = { ...styled, stands: [{ ...place, whileStaying: [link.path] }], operations: [page] };
    const pages = other('components', [{ kind: 'delete-file', path: link.path }]);
    const [moved, , renewed] = withBundlerMoved([draft, tailwind, pages]);
    expect([kinds(moved), moved?.together]).toEqual([
      ['remove-dep', 'served-path'],
      ['tailwind-4', 'components'],
    ]);
    expect(renewed?.together).toEqual(['esbuild']);
  });

  test('leaves style sheets to esbuild as long as a page of the app links them', () => {
    const [draft, rest] = withBundlerMoved([styled, tailwind]);
    expect(kinds(draft)).toEqual(['remove-dep', 'served-path', 'rename-file', 'script-imports']);
    expect(rest?.items.map(({ change, operations }) => [change.verdict, operations])).toEqual([['declined', []]]);
  });
});

describe('a script', () => {
  const imports = [
    { from: '../css/app.scss', to: '../css/site.css' },
    { from: null, to: './own.css' },
  ];

  test('imports a style sheet by its new name, and once', () => {
    const once = importStyles(`import '../css/app.scss'\nimport "./own.css"\nimport "phoenix_html"\n`, imports);
    const text = `import '../css/site.css'\nimport "./own.css"\nimport "phoenix_html"\n`;
    expect([once, importStyles(text, imports)]).toEqual([
      { ok: true, text },
      { ok: true, text },
    ]);
  });

  test('imports it without a name, which would have nothing in it', () => {
    const text = 'import css from "../css/app.scss"\nimport "./own.css"\n';
    expect(importStyles(text, imports)).toEqual({ ok: true, text: 'import "../css/site.css"\nimport "./own.css"\n' });
  });

  test('gets the import back that a merge took out', () => {
    const { text } = importStyles('import "phoenix_html"\n', imports) as { text: string };
    expect(text).toBe('import "../css/site.css"\nimport "./own.css"\n\nimport "phoenix_html"\n');
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
