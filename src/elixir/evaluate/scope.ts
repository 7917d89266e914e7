import type { Quoted } from '../quoted/term.ts';
import type { Lexical } from './user-module.ts';
import type { Value } from './values/value.ts';

/** Variables and directives of a block; blocks within see it, what it encloses does not. */
export class Scope {
  readonly #variables = new Map<string, Value>();
  readonly #parent: Scope | null;
  lexical: Lexical;

  constructor(lexical: Lexical, parent: Scope | null = null) {
    this.lexical = lexical;
    this.#parent = parent;
  }

  child(): Scope {
    return new Scope(this.lexical, this);
  }

  get(key: string): Value | undefined {
    for (let scope: Scope | null = this; scope !== null; scope = scope.#parent) {
      const value = scope.#variables.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  set(key: string, value: Value): void {
    this.#variables.set(key, value);
  }
}

/** Variables of quoted code differ from those of the place it comes to: their module is part of the key. */
export function variableKey(name: string, context: Quoted): string {
  return typeof context === 'object' && 'name' in context && context.name !== 'nil' ? `${name} ${context.name}` : name;
}
