import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases, withstand } from './targets.ts';

test('any bytes in place of a file give a result or an error of the catalogue', { timeout: 300_000 }, () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  // Printed, so that a failure can be run again with FUZZ_SEED.
  console.info(`fuzz seed ${seed}`);
  expect(() => fc.assert(fc.property(cases, withstand), { numRuns: 500, seed })).not.toThrow();
});
