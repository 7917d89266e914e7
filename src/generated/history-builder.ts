import { formatRanges, setOf, type VersionSet } from '../facts/version-set.ts';
import type { GeneratedDocument } from '../pristine/generated-history.ts';
import type { FileTree } from '../project/tree.ts';
import { partsOf } from './definitions.ts';
import type { Run } from './history.ts';

/** A definition that one run wrote. */
export interface WrittenDefinition {
  readonly role: string;
  /** Of what is said of a definition: its key with `@ ` in front. */
  readonly key: string;
  /** Null for one that depends on the fields of the call, of which no more is known than that it is written. */
  readonly hash: string | null;
}

/** The definitions of the files that a run wrote under the stored names; migrations are no code that lives on. */
export function writtenDefinitions(tree: FileTree, written: Iterable<string>): WrittenDefinition[] {
  const code = [...written].filter((path) => !path.includes('/migrations/'));
  return code.flatMap((path) =>
    partsOf(path, tree.read(path) ?? '').flatMap(({ role, definitions }) =>
      definitions.flatMap(({ key, hash, said }) => [
        { role, key, hash },
        ...(said === null ? [] : [{ role, key: `@ ${key}`, hash: said }]),
      ]),
    ),
  );
}

/** Puts together what a generator wrote, run by run. */
export class HistoryBuilder {
  readonly #head: Pick<GeneratedDocument, 'task' | 'versions' | 'variants'>;
  readonly #parts = new Map<string, Map<string, Map<string, VersionSet>>>();
  #runs: VersionSet = 0n;

  constructor(head: Pick<GeneratedDocument, 'task' | 'versions' | 'variants'>) {
    this.#head = head;
  }

  add({ version, variant }: Run, definitions: readonly WrittenDefinition[]): void {
    const { versions, variants } = this.#head;
    const run = setOf(variants.indexOf(variant) * versions.length + versions.indexOf(version));
    this.#runs |= run;
    for (const { role, key, hash } of definitions) {
      const keys = known(this.#parts, role, () => new Map<string, Map<string, VersionSet>>());
      const hashes = known(keys, key, () => new Map<string, VersionSet>());
      if (hash !== null) hashes.set(hash, (hashes.get(hash) ?? 0n) | run);
    }
  }

  document(): GeneratedDocument {
    return {
      ...this.#head,
      runs: formatRanges(this.#runs),
      parts: record(this.#parts, (keys) => record(keys, (hashes) => record(hashes, formatRanges))),
    };
  }
}

function known<T>(map: Map<string, T>, key: string, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** In the order of the keys, so that a new version reads as a short diff. */
function record<T, U>(map: ReadonlyMap<string, T>, value: (of: T) => U): Record<string, U> {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, one]) => [key, value(one)]));
}
