import { Refusal } from '../refusal.ts';
import { type Node, readRegex, type Test } from './syntax.ts';

/** What a thread of the matcher does next. */
export type Instruction =
  | { readonly kind: 'character'; readonly test: Test }
  | { readonly kind: 'assert'; readonly at: Extract<Node, { kind: 'assert' }>['at'] }
  /** Goes on at both, the first before the second. */
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'match' };

/** A regular expression ready to run. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly names: ReadonlyMap<number, string>;
  readonly groups: number;
}

/** The longest program: repeats of repeats grow fast. */
const longest = 10_000;

/** Throws a `Refusal` for what `readRegex` refuses and for what becomes too long. */
export function compileRegex(source: string, modifiers: string): Program {
  const { node, names, groups } = readRegex(source, modifiers);
  const compiler = new Compiler();
  compiler.add({ kind: 'save', slot: 0 });
  compiler.node(node);
  compiler.add({ kind: 'save', slot: 1 });
  compiler.add({ kind: 'match' });
  return { instructions: compiler.instructions, names, groups };
}

class Compiler {
  readonly instructions: Instruction[] = [];

  add<T extends Instruction>(instruction: T): T {
    if (this.instructions.length >= longest) throw new Refusal('limit', 'a regular expression too long');
    this.instructions.push(instruction);
    return instruction;
  }

  node(node: Node): void {
    switch (node.kind) {
      case 'character':
      case 'assert':
        this.add(node);
        return;
      case 'sequence':
        for (const item of node.items) this.node(item);
        return;
      case 'choice':
        this.#choice(node.items);
        return;
      case 'group':
        if (node.index !== null) this.add({ kind: 'save', slot: node.index * 2 });
        this.node(node.item);
        if (node.index !== null) this.add({ kind: 'save', slot: node.index * 2 + 1 });
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      default:
        node satisfies never;
    }
  }

  #choice(items: readonly Node[]): void {
    const ends: { to: number }[] = [];
    for (const [index, item] of items.entries()) {
      const isLast = index === items.length - 1;
      const split = isLast ? null : this.add({ kind: 'split', first: this.instructions.length + 1, second: 0 });
      this.node(item);
      if (split === null) continue;
      ends.push(this.add({ kind: 'jump', to: 0 }));
      split.second = this.instructions.length;
    }
    for (const end of ends) end.to = this.instructions.length;
  }

  #repeat({ item, least, most, lazy }: Extract<Node, { kind: 'repeat' }>): void {
    for (let count = 0; count < least; count += 1) this.node(item);
    if (most === Number.POSITIVE_INFINITY) {
      const start = this.instructions.length;
      const split = this.#fork();
      this.node(item);
      this.add({ kind: 'jump', to: start });
      this.#aim(split, start + 1, this.instructions.length, lazy);
      return;
    }
    for (let count = least; count < most; count += 1) {
      const split = this.#fork();
      const start = this.instructions.length;
      this.node(item);
      this.#aim(split, start, this.instructions.length, lazy);
    }
  }

  #fork(): Extract<Instruction, { kind: 'split' }> {
    return this.add({ kind: 'split', first: 0, second: 0 });
  }

  /** A lazy repeat would rather go on after it. */
  #aim(split: { first: number; second: number }, again: number, after: number, lazy: boolean): void {
    split.first = lazy ? after : again;
    split.second = lazy ? again : after;
  }
}
