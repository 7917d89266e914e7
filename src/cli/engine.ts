import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 run code as it first compiles it. A plan is over before faster code has paid for its making, which would cost
 * as much processor time again and half the memory. Must come before the grammar is loaded: WebAssembly keeps the way
 * in which it was compiled.
 */
export function forOneRun(): void {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--liftoff-only');
}

/** Has V8 make faster code of what runs often: for a session that lasts. */
export function forSession(): void {
  setFlagsFromString('--opt');
}
