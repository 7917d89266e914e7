import type { Expr } from './ast.ts';
import type { Bindings } from './canonical.ts';

type Layer = ReadonlyMap<string, Expr | null>;

/**
 * Bindings on top of others that they share: a file that binds thousands of names is not copied at each of them. A layer
 * with as many names as the one below is joined with it, so that there are few.
 */
class LayeredBindings implements Bindings {
  readonly layers: readonly Layer[];

  /** The newest first; null stands for a name that is forgotten. */
  constructor(layers: readonly Layer[]) {
    this.layers = layers;
  }

  get(name: string): Expr | undefined {
    for (const layer of this.layers) {
      const value = layer.get(name);
      if (value !== undefined) return value ?? undefined;
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *[Symbol.iterator](): IterableIterator<[string, Expr]> {
    const all = new Map(this.layers.toReversed().flatMap((layer) => [...layer]));
    for (const [name, value] of all) if (value !== null) yield [name, value];
  }
}

/** Bindings with some changed, or forgotten (null). */
export function changedBindings(bindings: Bindings, changes: Layer): Bindings {
  let top = changes;
  let below = bindings instanceof LayeredBindings ? bindings.layers : [new Map(bindings)];
  for (let next = below[0]; next !== undefined && next.size <= top.size; next = below[0]) {
    top = new Map([...next, ...top]);
    below = below.slice(1);
  }
  return new LayeredBindings([top, ...below]);
}
