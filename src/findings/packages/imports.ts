import type { ProjectIndex } from '../../symbols/index.ts';
import type { ModuleSymbols, Scope } from '../../symbols/model.ts';
import type { MovingPackage } from './moving.ts';

/** Whether an import brings a name. */
type Brings = (name: string) => boolean;

const everything: Brings = () => true;

/** Modules of packages whose names stand in the scope of a module of the project, followed through what it uses. */
export class Imports {
  readonly #index: ProjectIndex;
  readonly #moving: readonly MovingPackage[];
  readonly #known = new Map<string, ReadonlyMap<string, Brings>>();

  constructor(index: ProjectIndex, moving: readonly MovingPackage[]) {
    this.#index = index;
    this.#moving = moving;
  }

  /** The packages' modules from which a module of the project has the name by import. */
  of(module: ModuleSymbols, name: string): string[] {
    const known = this.#known.get(module.name) ?? this.#read(module);
    this.#known.set(module.name, known);
    return [...known].flatMap(([from, brings]) => (brings(name) ? [from] : []));
  }

  #read(module: ModuleSymbols): Map<string, Brings> {
    const found = new Map<string, Brings>();
    this.#scope(module, found, new Set());
    return found;
  }

  #scope(scope: Scope, found: Map<string, Brings>, seen: Set<string>): void {
    for (const { module, only, except } of scope.imports)
      found.set(module, (name) => (only?.has(name) ?? true) && !except?.has(name));
    for (const { module, role } of scope.uses) this.#used(module, role ?? '__using__', found, seen);
  }

  #used(module: string, role: string, found: Map<string, Brings>, seen: Set<string>): void {
    const key = `${module} ${role}`;
    if (seen.has(key)) return;
    seen.add(key);
    for (const { facts, from } of this.#moving)
      for (const line of facts.module(module)?.brings(from) ?? []) {
        const [word, brought = ''] = line.split(' ');
        if (word === 'import') found.set(brought, everything);
        if (word === 'use') this.#used(brought, '__using__', found, seen);
      }
    const quote = this.#index.module(module)?.quotes.get(role);
    if (!quote) return;
    this.#scope(quote, found, seen);
    for (const name of quote.unquotes) this.#used(module, name, found, seen);
  }
}
