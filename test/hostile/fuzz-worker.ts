import fc from 'fast-check';
import { cases, withstand } from './targets.ts';

/** Says each case before it is tried, so that one without an end can be named. */
const [count = 0, seed = 0] = process.argv.slice(2).map(Number);
const batch = 500;

for (let start = 0; start < count; start += batch) {
  const tried = fc.sample(cases, { numRuns: Math.min(batch, count - start), seed: seed + start });
  for (const [offset, one] of tried.entries()) {
    const told = { index: start + offset, target: one.target.name, bytes: Buffer.from(one.bytes).toString('base64') };
    process.send?.(told);
    try {
      withstand(one);
    } catch (error) {
      process.send?.({ ...told, failure: error instanceof Error ? error.message : String(error) });
    }
  }
}
process.disconnect?.();
