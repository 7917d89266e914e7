import { expect, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { applied, planOf, treeOf } from '../support/projects.ts';
import { shopWith } from './small-shop.ts';

test('a release script that cannot be run is made executable by its step', () => {
  const files = shopWith({
    'rel/overlays/bin/migrate': '#!/bin/sh\nexec "$(dirname "$0")/shop" eval Shop.Release.migrate\n',
  });
  const plan = planOf(files, { to: '1.8.12' });
  const step = expectStep(plan, 'overlay-mode', { status: 'pending', risk: 'safe' });
  expect(step.edits.map(({ path, patch }) => [path, /old mode 100644\nnew mode 100755\n/.test(patch)])).toEqual([
    ['rel/overlays/bin/migrate', true],
  ]);
  const after = applied(treeOf(files), [step]);
  expect(after.executable('rel/overlays/bin/migrate')).toBe(true);
  expect(planOf(after.tree(), { to: '1.8.12' }).steps.map(({ id }) => id)).not.toContain('overlay-mode');
});
