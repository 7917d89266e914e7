import { expect, test } from 'vitest';
import { githubCommands } from '../../src/report/github.ts';
import { seenFromAbove } from '../../src/report/place.ts';
import { planSarif } from '../../src/report/sarif.ts';
import { richPlan } from '../support/plans.ts';

const above = seenFromAbove(richPlan, 'apps/shop');

test('annotations of a project below the top of its repository name paths from the top', () => {
  const files = [...githubCommands(above).matchAll(/file=([^,]*)/g)].map((match) => match[1]);
  expect(files).toContain('apps/shop/mix.exs');
  expect(files.filter((path) => !path?.startsWith('apps/shop/'))).toEqual([]);
});

test('so do locations and fixes in SARIF', () => {
  const uris = [...JSON.stringify(planSarif(above, '0.1.0')).matchAll(/"uri":"([^"]*)"/g)].map((match) => match[1]);
  expect(uris).toContain('apps/shop/rel/overlays/bin/server');
  expect(uris.filter((path) => !path?.startsWith('apps/shop/'))).toEqual([]);
});

test('a project at the top keeps its paths', () => {
  expect(seenFromAbove(richPlan, '.')).toBe(richPlan);
});
