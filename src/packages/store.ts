import { existsSync, readFileSync } from 'node:fs';
import type { PackageIndex } from './document.ts';
import { PackageFacts } from './facts.ts';

/** Facts of packages, by name. */
export interface Packages {
  /** The facts of a package; null for one that nothing is known of. */
  package(name: string): PackageFacts | null;
  /** The packages that have ever defined a module, in the order of their names. */
  definedBy(module: string): readonly string[];
}

/** The package facts of a directory. Each file is read when something of it is asked for. */
class PackageStore implements Packages {
  readonly #directory: URL;
  readonly #read = new Map<string, PackageFacts | null>();
  #owners: Map<string, string[]> | null = null;

  constructor(directory: URL) {
    this.#directory = directory;
  }

  package(name: string): PackageFacts | null {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const file = new URL(`${name}.json`, this.#directory);
    // A name from a lock file may be anything; only a package's own name is a file here.
    const found = /^[a-z][a-z0-9_]*$/.test(name) && name !== 'index' && existsSync(file);
    const facts = found ? new PackageFacts(JSON.parse(readFileSync(file, 'utf8'))) : null;
    this.#read.set(name, facts);
    return facts;
  }

  definedBy(module: string): readonly string[] {
    this.#owners ??= this.#readOwners();
    return this.#owners.get(module) ?? [];
  }

  #readOwners(): Map<string, string[]> {
    const index: PackageIndex = JSON.parse(readFileSync(new URL('index.json', this.#directory), 'utf8'));
    const owners = new Map<string, string[]>();
    for (const [name, modules] of Object.entries(index.modules))
      for (const module of modules.split(' ')) owners.set(module, [...(owners.get(module) ?? []), name]);
    return owners;
  }
}

/** The package facts that ship with the program, read once for all plans of a process. */
export const shippedPackages: Packages = new PackageStore(new URL('../../snapshots/packages/', import.meta.url));
