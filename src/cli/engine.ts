import { setFlagsFromString } from 'node:v8';

/** V8 flags for `forOneRun`; the three of WebAssembly work only together. Node 20 to 26 know them all. */
export const flagsForOneRun: readonly string[] = [
  '--no-opt',
  '--liftoff-only',
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
];

/**
 * Has V8 run code as it first compiles it. A plan is over before faster code has paid for its making, which would cost
 * as much processor time again and half the memory. Must come before the grammar is loaded: WebAssembly keeps the way
 * in which it was compiled.
 */
export function forOneRun(): void {
  for (const flag of flagsForOneRun) setFlagsFromString(flag);
}

/** Has V8 make faster code of what runs often: for a session that lasts. */
export function forSession(): void {
  setFlagsFromString('--opt');
}
