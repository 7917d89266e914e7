import { contains, indexesOf, parseRanges, type VersionSet } from '../facts/version-set.ts';
import type { GeneratedDocument } from '../pristine/generated-history.ts';

/** One run of a generator: a version with flags. */
export interface Run {
  readonly version: string;
  /** `--live`; empty for a generator that has none. */
  readonly variant: string;
}

/** What one generator wrote in every version and with which flags, by definitions. */
export class GeneratedHistory {
  readonly task: string;
  readonly versions: readonly string[];
  readonly variants: readonly string[];
  readonly #parts: GeneratedDocument['parts'];
  readonly #runs: VersionSet;
  #words: ReadonlySet<string> | null = null;
  readonly #sets = new Map<string, VersionSet>();

  constructor({ task, versions, variants, runs, parts }: GeneratedDocument) {
    this.task = task;
    this.versions = versions;
    this.variants = variants;
    this.#parts = parts;
    this.#runs = parseRanges(runs);
  }

  get roles(): readonly string[] {
    return Object.keys(this.#parts);
  }

  /** Functions that bear the name of the schema: what else has such a word has to do with it. */
  get words(): ReadonlySet<string> {
    this.#words ??= new Set(
      this.roles.flatMap((role) =>
        this.keys(role).flatMap((key) => /^fun (\w*q(?:schema|plurals)\w*)/.exec(key)?.[1] ?? []),
      ),
    );
    return this.#words;
  }

  /** What a part was ever made of. */
  keys(role: string): readonly string[] {
    return Object.keys(this.#keysOf(role)).filter((key) => !key.startsWith('@ '));
  }

  has(role: string, key: string): boolean {
    return Object.hasOwn(this.#keysOf(role), key);
  }

  /** The runs that wrote a definition with this hash; the empty set where none did. */
  runsOf(role: string, key: string, hash: string): VersionSet {
    const keys = this.#keysOf(role);
    const hashes = Object.hasOwn(keys, key) ? keys[key] : undefined;
    const ranges = hashes && Object.hasOwn(hashes, hash) ? hashes[hash] : undefined;
    return ranges === undefined ? 0n : this.#set(ranges);
  }

  /** The runs that wrote a definition of this key at all. */
  writing(role: string, key: string): VersionSet {
    const hashes = this.has(role, key) ? Object.values(this.#keysOf(role)[key] ?? {}) : [];
    return hashes.reduce((all, ranges) => all | this.#set(ranges), 0n);
  }

  /** Number of a run; -1 where that version has no such flags. */
  numberOf({ version, variant }: Run): number {
    const [v, at] = [this.variants.indexOf(variant), this.versions.indexOf(version)];
    const number = v * this.versions.length + at;
    return v !== -1 && at !== -1 && contains(this.#runs, number) ? number : -1;
  }

  run(number: number): Run {
    const count = this.versions.length;
    return { version: this.versions[number % count] ?? '', variant: this.variants[Math.floor(number / count)] ?? '' };
  }

  /** The versions of some runs that have these flags, oldest first. */
  versionsOf(runs: VersionSet, variant: string): string[] {
    return indexesOf(runs)
      .map((number) => this.run(number))
      .filter((run) => run.variant === variant)
      .map(({ version }) => version);
  }

  #keysOf(role: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return Object.hasOwn(this.#parts, role) ? (this.#parts[role] ?? {}) : {};
  }

  #set(ranges: string): VersionSet {
    const known = this.#sets.get(ranges) ?? parseRanges(ranges);
    this.#sets.set(ranges, known);
    return known;
  }
}
