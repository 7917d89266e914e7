import { readFileSync } from 'node:fs';

/** Values of one address with the versions that wrote them, as ranges of version indexes: `"0-3 7"`. */
export type ValueRanges = Readonly<Record<string, string>>;

/** How one variant of the generated project differs from the default one; `default` itself removes nothing. */
export interface VariantSnapshot {
  readonly added: Readonly<Record<string, ValueRanges>>;
  readonly removed: Readonly<Record<string, ValueRanges>>;
}

/** What is true of all variants. */
export interface SnapshotIndex {
  readonly format: 1;
  /** Oldest first; ranges count in this list. */
  readonly versions: readonly string[];
  /** Versions (as ranges) for which each variant is known. */
  readonly variants: Readonly<Record<string, string>>;
  /** Values that another machine or toolchain makes the generator write: equal to the snapshot's own. */
  readonly alternatives: Readonly<Record<string, ValueRanges>>;
}

/** Facts of every known version, by variant. */
export interface Snapshots {
  readonly index: SnapshotIndex;
  variant(name: string): VariantSnapshot;
}

/** The facts that ship with the package. Reads one file for each variant that is asked for. */
export class SnapshotStore implements Snapshots {
  readonly index: SnapshotIndex;
  readonly #directory: URL;

  constructor(directory: URL = new URL('../../snapshots/', import.meta.url)) {
    this.#directory = directory;
    this.index = this.#read('index');
  }

  variant(name: string): VariantSnapshot {
    return this.#read(name);
  }

  #read<T>(name: string): T {
    return JSON.parse(readFileSync(new URL(`${name}.json`, this.#directory), 'utf8'));
  }
}
