import { existsSync, readFileSync } from 'node:fs';

/**
 * What one generator wrote in every version, as it is stored: hashes of definitions, no text. A set of runs is written as ranges
 * over their numbers, which count through the versions of the first variant, then through those of the next.
 */
export interface GeneratedDocument {
  /** `phx.gen.auth` */
  readonly task: string;
  /** In their order; those of a package apart are written with its name, `phx_gen_auth 0.7.0`. */
  readonly versions: readonly string[];
  /** Flags of a run, `--live`; the first is what most apps have. */
  readonly variants: readonly string[];
  /** The runs that there were. */
  readonly runs: string;
  /** Runs by hash, by key, by role; what is said of a definition stands under its key with `@ ` in front. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
}

/** Histories of generators by task; null for one that has none. */
export type GeneratedHistories = (task: string) => GeneratedDocument | null;

const directory = new URL('../../snapshots/generated/', import.meta.url);
const read = new Map<string, GeneratedDocument | null>();

/** The histories that ship with the program, each read when it is first asked for. */
export const shippedGenerated: GeneratedHistories = (task) => {
  const known = read.get(task);
  if (known !== undefined) return known;
  const file = new URL(`${task}.json`, directory);
  const document: GeneratedDocument | null = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  read.set(task, document);
  return document;
};
