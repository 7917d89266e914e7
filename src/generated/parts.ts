import type { Names } from '../elixir/names.ts';
import type { VersionSet } from '../facts/version-set.ts';
import type { IndexedFile } from './code-index.ts';
import { type Definition, type Part, partsOf } from './definitions.ts';
import type { Generator } from './generators.ts';
import type { GeneratedHistory } from './history.ts';
import { type CallNames, ownNameOf, storedTextOf } from './names.ts';

/** A definition of a project in its part, with the runs that wrote it just so. */
export interface FoundDefinition extends Definition {
  /** Empty where no version did: the user's own, or changed by them. */
  readonly runs: VersionSet;
  /** Whether the generator ever wrote one of this name there. */
  readonly isKnown: boolean;
  /** Whether what is said of it, its documentation and comments, is as some version wrote it. */
  readonly isSaidSo: boolean;
}

/** A file of a project that a generator wrote. */
export interface FoundPart {
  readonly role: string;
  readonly path: string;
  readonly definitions: readonly FoundDefinition[];
}

/** What one call of a generator wrote, as it lies in a project today. */
export interface WrittenCode {
  readonly generator: Generator;
  readonly names: CallNames;
  readonly history: GeneratedHistory;
  readonly parts: readonly FoundPart[];
}

/** A part with how much it is like what the generator wrote. */
export interface Candidate extends FoundPart {
  readonly score: number;
}

/** The parts of a file as it would be under the names of the history. */
export type PartsRead = (file: IndexedFile) => readonly Part[];

/** Reads each file once for all generators that may have written for the same names. */
export function partsReader(app: Names, names: CallNames): PartsRead {
  const stored = storedTextOf(app, names);
  const read = new Map<string, readonly Part[]>();
  return ({ path, text }) => {
    const parts = read.get(path) ?? partsOf(stored(path), stored(text));
    read.set(path, parts);
    return parts;
  };
}

/** The file that plays each part best, if one does. */
export function partsWritten(
  files: readonly IndexedFile[],
  read: PartsRead,
  names: CallNames,
  history: GeneratedHistory,
): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const file of readable(files, names, history)) {
    for (const part of read(file)) {
      const found = candidate(file.path, part, history);
      if (found && found.score > (best.get(found.role)?.score ?? 0)) best.set(found.role, found);
    }
  }
  return [...best.values()];
}

/** Files with the name of a part, or with a function that bears the names of the call: all else need not be parsed. */
function readable(files: readonly IndexedFile[], names: CallNames, history: GeneratedHistory): IndexedFile[] {
  const roles = new Set(history.roles.map((role) => ownNameOf(role, names)));
  const words = new Set([...history.words].map((word) => ownNameOf(word, names)));
  return files.filter(
    (file) => file.names.some((name) => roles.has(name)) || file.functions.some((name) => words.has(name)),
  );
}

/** The part that a module plays: it has the name, or much of what the generator wrote there. */
function candidate(path: string, part: Part, history: GeneratedHistory): Candidate | null {
  const found = history.roles.map((role) => candidateFor(path, part, role, history));
  return found.reduce<Candidate | null>((a, b) => (b && b.score > (a?.score ?? 0) ? b : a), null);
}

/** Definitions that few modules but generated ones have alike: not `use`, `alias` and the like. */
const telling = /^(?:fun |file$|test |describe |@\w)/;

function candidateFor(path: string, part: Part, role: string, history: GeneratedHistory): Candidate | null {
  const isNamed = part.role === role;
  if (role.includes('/') && !isNamed) return null;
  const definitions = heldAgainst(part, role, history);
  const known = definitions.filter(({ isKnown, key }) => isKnown && telling.test(key));
  const same = known.filter(({ runs }) => runs !== 0n);
  // Lines that many modules have tell only where all else is even.
  const others = definitions.filter(({ runs, key }) => runs !== 0n && !telling.test(key));
  const score = same.length * 2 + known.length + (isNamed ? 3 : 0) + others.length / 100;
  const isPart = isNamed
    ? same.length > 0 || (isOfCall(role) && definitions.some(({ isKnown }) => isKnown))
    : same.length >= 2 && known.length * 2 >= definitions.length;
  return isPart ? { role, path, definitions, score } : null;
}

/** Whether a part has a definition just as some version wrote it that few modules but generated ones have. */
export function isTelling({ definitions }: FoundPart): boolean {
  return definitions.some(({ key, runs }) => runs !== 0n && telling.test(key));
}

/** Whether a part has a name of the call in its own: one that is called `Scope` may be anybody's. */
export function isOfCall(role: string): boolean {
  return /q(?:schema|context|plurals)/i.test(role);
}

/** The definitions of a part with the runs that wrote each just so. */
export function heldAgainst({ definitions }: Part, role: string, history: GeneratedHistory): FoundDefinition[] {
  return definitions.map((one) => {
    const runs = history.runsOf(role, one.key, one.hash);
    const isSaidSo = one.said === null || history.runsOf(role, `@ ${one.key}`, one.said) !== 0n;
    return { ...one, runs, isKnown: history.has(role, one.key), isSaidSo };
  });
}
