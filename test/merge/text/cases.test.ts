import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/elixir/parse.ts';
import { mergeFile } from '../../../src/merge/text/file.ts';
import { performMerge } from '../../../src/merge/text/perform.ts';
import { conflictsOf, markedText, mergedText, resolveRegions } from '../../../src/merge/text/text-merge.ts';
import { mergeCases } from './fixture.ts';

const labels = { yours: 'yours', base: 'base', target: 'target' };
const cases = mergeCases();

describe('a merge', () => {
  it('is shown by sixty cases and more', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });

  it.each(cases)('$name', ({ path, base, yours, target, expected }) => {
    expect(markedText(mergeFile(path, base, yours, target), labels)).toBe(expected);
  });
});

describe('of every case', () => {
  it.each(cases)('$name: an untouched file becomes the target', ({ path, base, target }) => {
    expect(mergedText(mergeFile(path, base, base, target))).toBe(target);
  });

  it.each(cases)('$name: what the generator left alone stays the user’s', ({ path, base, yours }) => {
    expect(mergedText(mergeFile(path, base, yours, base))).toBe(yours);
  });

  it.each(cases)('$name: carried out twice, it changes nothing more', ({ path, base, yours, target }) => {
    const operation = { kind: 'merge-file', path, base, target, take: null } as const;
    const once = performMerge(yours, operation);
    expect(once.ok && performMerge(once.text, operation)).toEqual(once);
  });

  it.each(cases)('$name: each conflict can be settled with the target', ({ path, base, yours, target }) => {
    const merge = mergeFile(path, base, yours, target);
    for (const [index, take] of conflictsOf(merge).entries()) {
      const choices = conflictsOf(merge).map((_, at) => (at === index ? ('target' as const) : undefined));
      const settled = performMerge(yours, { kind: 'merge-file', path, base, target, take });
      expect(settled).toEqual({ ok: true, text: resolveRegions(merge, choices) });
    }
  });

  it.each(cases)('$name: no syntax error where there was none', ({ path, base, yours, target }) => {
    if (!/\.exs?$/.test(path) || [yours, target].some((text) => parse(text).problems.length > 0)) return;
    const merge = mergeFile(path, base, yours, target);
    for (const choice of ['yours', 'target'] as const) {
      const text = resolveRegions(
        merge,
        conflictsOf(merge).map(() => choice),
      );
      expect(parse(text).problems).toEqual([]);
    }
  });
});

describe('known failures', () => {
  it.fails.each(mergeCases('failing'))('$name', ({ path, base, yours, target, expected }) => {
    expect(markedText(mergeFile(path, base, yours, target), labels)).toBe(expected);
  });
});
