import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bindingsOf } from '../../src/tui/state/bindings.ts';
import { keyLabel } from '../../src/tui/state/key.ts';
import { withScreens } from './support/screens.ts';
import { leaveWalks } from './support/walking.ts';

const path = join(import.meta.dirname, '..', '..', 'docs', 'walkthrough.md');
const document = readFileSync(path, 'utf8');

afterEach(leaveWalks);

test('docs/walkthrough.md shows the screens as they are', async () => {
  expect(await withScreens(document)).toBe(document);
});

test('no two keys of a screen do different things at once', () => {
  for (const screen of ['start', 'steps', 'end'] as const) {
    const always = bindingsOf({ screen }).filter(({ when }) => !when);
    const keys = always.flatMap((binding) => binding.keys).map(keyLabel);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
