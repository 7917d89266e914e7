import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameValue } from '../../src/elixir/canonical.ts';
import { mergeValues } from '../../src/elixir/merge-values.ts';

describe('lists', () => {
  test("keep the user's element and take the generator's in its order", () => {
    const merged = mergeValues(
      '["esbuild default --minify", "phx.digest"]',
      '["cmd --cd assets npm ci", "esbuild default --minify", "phx.digest"]',
      '["tailwind shop --minify", "esbuild shop --minify", "phx.digest"]',
    );
    expect(merged).toBe('["cmd --cd assets npm ci", "tailwind shop --minify", "esbuild shop --minify", "phx.digest"]');
  });

  test('merge an element that both changed, word by word', () => {
    const merged = mergeValues(
      '["esbuild default --minify"]',
      '["esbuild default --minify --splitting"]',
      '["esbuild shop --minify"]',
    );
    expect(merged).toBe('["esbuild shop --minify --splitting"]');
  });

  test('have each option of a command once, with the value that the user gave it', () => {
    const merged = mergeValues(
      '~w(js/app.js --bundle --target=es2017 --outdir=../priv/static/assets --external:/fonts/*)',
      '~w(js/app.js js/map.js --bundle --target=es2020 --outdir=../priv/static/assets --external:/fonts/* --external:/tiles/*)',
      '~w(js/app.js --bundle --target=es2022 --outdir=../priv/static/assets/js --external:/fonts/* --alias:@=.)',
    );
    expect(merged).toBe(
      '~w(js/app.js js/map.js --bundle --target=es2020 --outdir=../priv/static/assets/js --external:/fonts/* --alias:@=. --external:/tiles/*)',
    );
  });

  test('follow a pattern by its folders: what the user narrowed does not come back in a newer form', () => {
    const merged = mergeValues(
      '[~r"priv/gettext/.*(po)$", ~r"lib/quay_web/(controllers|live)/.*(ex|heex)$"]',
      '[~r"priv/gettext/.*(po)$", ~r"lib/quay_web/(controllers)/.*(ex|heex)$"]',
      '[~r"priv/gettext/.*\\.po$", ~r"lib/quay_web/router\\.ex$", ~r"lib/quay_web/(controllers|live)/.*\\.(ex|heex)$"]',
    );
    expect(merged).toBe(
      '[~r"priv/gettext/.*\\.po$", ~r"lib/quay_web/router\\.ex$", ~r"lib/quay_web/(controllers)/.*(ex|heex)$"]',
    );
  });

  test('do not bring back what the user took out', () => {
    expect(mergeValues('[:a, :b]', '[:b]', '[:a, :b, :c]')).toBe('[:b, :c]');
  });

  test('keep the spelling of a word list', () => {
    const merged = mergeValues('~w(css js)', '~w(css js uploads)', '~w(assets fonts js)');
    expect(merged).toBe('~w(assets fonts js uploads)');
  });
});

describe('lists put together', () => {
  const base = '[:phoenix, :gettext] ++ Mix.compilers()';
  test('merge list by list, and keep what is put behind', () => {
    const yours = `${base} ++ [:swagger]`;
    expect(mergeValues(base, yours, '[:gettext] ++ Mix.compilers()')).toBe(
      '[:gettext] ++ Mix.compilers() ++ [:swagger]',
    );
  });
  test('are without one that nothing is left of', () => {
    expect(mergeValues(base, '[:phoenix] ++ Mix.compilers()', 'Mix.compilers()')).toBe('Mix.compilers()');
    expect(mergeValues(base, '[:own, :phoenix] ++ Mix.compilers()', 'Mix.compilers()')).toBe(
      '[:own] ++ Mix.compilers()',
    );
  });
});

describe('bodies of functions', () => {
  const target = '(start(:ssl); ensure(@app))';
  test('merge by statement, and have once what both sides brought', () => {
    expect(mergeValues('(load(@app))', '(start(:ssl); load(@app))', target)).toBe('(start(:ssl); ensure(@app))');
  });
  test('keep the user’s own statements in their place', () => {
    expect(mergeValues('(load(@app))', '(load(@app); log(:ready))', target)).toBe(
      '(start(:ssl); ensure(@app); log(:ready))',
    );
  });
  test('conflict where both changed one statement', () => {
    expect(mergeValues('(load(@app))', '(start(:ssl); load(:other))', target)).toBeUndefined();
  });
});

describe('keyword lists', () => {
  test('merge by key, whatever their order', () => {
    expect(mergeValues('[a: 1, b: 2]', '[b: 2, a: 7]', '[a: 1, b: 3]')).toBe('[b: 3, a: 7]');
  });

  test('conflict where both changed a key', () => {
    expect(mergeValues('[a: 1]', '[a: 2]', '[a: 3]')).toBeUndefined();
  });

  test("conflict where the generator dropped a key whose value is the user's", () => {
    expect(mergeValues('[a: 1, b: 2]', '[a: 5, b: 2]', '[b: 2]')).toBeUndefined();
  });
});

test('scalars that all differ conflict', () => {
  expect(mergeValues('"a"', '"b"', '"c"')).toBeUndefined();
});

test('an option of a child spec is merged by position and key', () => {
  const merged = mergeValues('{DNSCluster, query: 1}', '{DNSCluster, query: 1, log: :info}', '{DNSCluster, query: 2}');
  expect(merged).toBe('{DNSCluster, query: 2, log: :info}');
});

const atoms = fc.uniqueArray(fc.constantFrom(':a', ':b', ':c', ':d', ':e', ':f'));
const list = (items: readonly string[]) => `[${items.join(', ')}]`;

test('an element of all three sides is never lost and none is doubled', () => {
  fc.assert(
    fc.property(atoms, atoms, atoms, (base, yours, target) => {
      const merged = mergeValues(list(base), list(yours), list(target));
      const items = (merged ?? list(yours)).slice(1, -1).split(', ').filter(Boolean);
      expect(new Set(items).size).toBe(items.length);
      for (const item of yours) if (base.includes(item) === target.includes(item)) expect(items).toContain(item);
      for (const item of yours) if (!base.includes(item)) expect(items).toContain(item);
    }),
  );
});

test('an unchanged side gives the other side', () => {
  fc.assert(
    fc.property(atoms, atoms, (base, changed) => {
      expect(sameValue(mergeValues(list(base), list(base), list(changed)) ?? '', list(changed))).toBe(true);
      expect(mergeValues(list(base), list(changed), list(base))).toBe(list(changed));
    }),
  );
});
