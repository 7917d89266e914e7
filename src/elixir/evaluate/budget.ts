import { Refusal } from './refusal.ts';

/** How much one evaluation may take. */
export interface Limits {
  /** Expressions evaluated. */
  readonly steps: number;
  /** Expressions within one another. */
  readonly depth: number;
  /** Code units of text and elements of lists made, all together. */
  readonly size: number;
  /** Milliseconds. */
  readonly time: number;
}

/** An installer takes about 100,000 steps, a depth of 90 and 5 million of size. */
export const usualLimits: Limits = { steps: 5_000_000, depth: 600, size: 200_000_000, time: 20_000 };

/** Counts what an evaluation takes. Every method throws a `Refusal` once a limit is passed. */
export class Budget {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #deadline: number;
  #steps = 0;
  #depth = 0;
  #size = 0;

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#deadline = now() + limits.time;
  }

  get taken(): { readonly steps: number; readonly size: number } {
    return { steps: this.#steps, size: this.#size };
  }

  /** Runs `work` one level deeper. How deep Node's own stack lets it go differs: where that ends first, it is a limit too. */
  deeper<T>(work: () => T): T {
    this.step();
    if (this.#depth >= this.#limits.depth) throw new Refusal('limit', `${this.#limits.depth} expressions deep`);
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal('limit', `${this.#depth} expressions deep`);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > this.#limits.steps) throw new Refusal('limit', `${this.#limits.steps} steps`);
    if ((this.#steps & 1023) < count && this.#now() > this.#deadline)
      throw new Refusal('limit', `${this.#limits.time} ms`);
  }

  /** Counts text or elements before or after they are made. */
  made(size: number): void {
    this.#size += size;
    if (this.#size > this.#limits.size) throw new Refusal('limit', `${this.#limits.size} characters`);
  }
}
