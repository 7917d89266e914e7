import { expect, test } from 'vitest';
import { loadProject } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { describeMix, formatted } from '../support/mix.ts';
import { applied, fixturePath } from '../support/projects.ts';

describeMix('files that the formatter would leave alone', () => {
  test.each(['atelier', 'shop', 'bazaar'])('%s: it still does after every step', async (name) => {
    const loaded = await loadProject(fixturePath(name));
    const { tree } = loaded.project;
    const after = applied(tree, planProject(loaded, { to: '1.8.12' }).steps);
    const changed = tree.paths.filter((path) => /\.exs?$/.test(path) && after.text(path) !== tree.read(path));
    const before = changed.map((path) => tree.read(path) ?? '');
    const expected = formatted(before);
    const kept = changed.filter((path, index) => after.has(path) && expected[index]?.trim() === before[index]?.trim());
    expect(kept.length).toBeGreaterThan(3);
    const texts = kept.map((path) => after.text(path) ?? '');
    const again = formatted(texts);
    const broken = kept.filter((_, index) => again[index]?.trim() !== texts[index]?.trim());
    expect(broken).toEqual([]);
  });
});
