import type { Names } from '../elixir/names.ts';
import { contains, indexesOf, type VersionSet } from '../facts/version-set.ts';
import type { GeneratedHistories } from '../pristine/generated-history.ts';
import type { FileTree } from '../project/tree.ts';
import { callNamesIn, codePaths } from './call-names.ts';
import { type Definition, type Part, partsOf } from './definitions.ts';
import { type Generator, generators } from './generators.ts';
import { GeneratedHistory, type Run } from './history.ts';
import { type CallNames, storedTextOf } from './names.ts';

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

/** Code of one call of a generator, as it lies in a project today. */
export interface GeneratedCode {
  readonly generator: Generator;
  readonly names: CallNames;
  readonly history: GeneratedHistory;
  readonly parts: readonly FoundPart[];
  /** The versions that most of its definitions are as written by, oldest first, and their flags. */
  readonly versions: readonly string[];
  readonly variant: string;
}

const known = new WeakMap<FileTree, { readonly histories: GeneratedHistories; readonly found: GeneratedCode[] }>();

/** Everything in a project that a known generator wrote, whatever it is called and wherever it lies; looked for once in a tree. */
export function findGenerated(tree: FileTree, app: Names, histories: GeneratedHistories): GeneratedCode[] {
  const last = known.get(tree);
  if (last?.histories === histories) return last.found;
  const found = foundIn(tree, app, histories);
  known.set(tree, { histories, found });
  return found;
}

function foundIn(tree: FileTree, app: Names, histories: GeneratedHistories): GeneratedCode[] {
  return generators.flatMap((generator) => {
    const calls = callNamesIn(tree, generator);
    const document = calls.length === 0 ? null : histories(generator.task);
    if (document === null) return [];
    const history = new GeneratedHistory(document);
    return calls.flatMap((names) => {
      const parts = partsWritten(tree, storedTextOf(app, names), names, history);
      const found = dated(parts, history);
      return found === null ? [] : [{ generator, names, history, parts, ...found }];
    });
  });
}

interface Candidate extends FoundPart {
  readonly score: number;
}

/** The file that plays each part best, if one does. */
function partsWritten(
  tree: FileTree,
  stored: (text: string) => string,
  names: CallNames,
  history: GeneratedHistory,
): FoundPart[] {
  const best = new Map<string, Candidate>();
  for (const path of codePaths(tree)) {
    const text = tree.read(path) ?? '';
    if (![names.singular, names.schema].some((name) => text.includes(name) || path.includes(name))) continue;
    const own = stored(text);
    if (!isWorthReading(stored(path), own, history)) continue;
    for (const part of partsOf(stored(path), own)) {
      const found = candidate(path, part, history);
      if (found && found.score > (best.get(found.role)?.score ?? 0)) best.set(found.role, found);
    }
  }
  return [...best.values()].map(({ role, path, definitions }) => ({ role, path, definitions }));
}

/** Whether a file has the name of a part, or a word that only what the generator wrote has: all else need not be parsed. */
function isWorthReading(path: string, text: string, history: GeneratedHistory): boolean {
  if (!/\.exs?$/.test(path)) return history.roles.includes(path.split('/').slice(-2).join('/'));
  const names = [...text.matchAll(/^defmodule\s+(?:\w+\.)*?((?:\w+Live\.)?\w+)\s/gm)].map(([, name = '']) => name);
  if (names.some((name) => history.roles.includes(name))) return true;
  return [...text.matchAll(/\w+/g)].some(([word]) => history.words.has(word));
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
  const score = same.length * 2 + known.length + (isNamed ? 3 : 0);
  const isPart = isNamed
    ? same.length > 0 || (isOfCall(role) && definitions.some(({ isKnown }) => isKnown))
    : same.length >= 2 && known.length * 2 >= definitions.length;
  return isPart ? { role, path, definitions, score } : null;
}

/** Whether a part has a name of the call in its own: one that is called `Scope` may be anybody's. */
function isOfCall(role: string): boolean {
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

/** The run that wrote most of what is there. Null where nothing is as any version wrote it. */
function dated(parts: readonly FoundPart[], history: GeneratedHistory) {
  const counts = new Map<number, number>();
  const known = parts.flatMap(({ definitions }) => definitions.filter(({ runs }) => runs !== 0n));
  for (const { runs } of known) for (const number of indexesOf(runs)) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most < 3) return null;
  const alike = [...counts].flatMap(([number, count]) => (count === most ? [number] : []));
  const best = leastLacking(alike, parts, history).map((number) => history.run(number));
  const [{ variant } = { variant: '' }] = sortedRuns(best, history);
  return { variant, versions: best.filter((run) => run.variant === variant).map(({ version }) => version) };
}

/** Of runs that agree with as much, those that wrote the least that is not there. */
function leastLacking(runs: readonly number[], parts: readonly FoundPart[], history: GeneratedHistory): number[] {
  if (runs.length < 2) return [...runs];
  const there = new Set(parts.flatMap(({ role, definitions }) => definitions.map(({ key }) => `${role} ${key}`)));
  const lacking = new Map(runs.map((run) => [run, 0]));
  for (const role of history.roles) {
    for (const key of history.keys(role).filter((one) => !there.has(`${role} ${one}`))) {
      const writing = history.writing(role, key);
      for (const [run, count] of lacking) if (contains(writing, run)) lacking.set(run, count + 1);
    }
  }
  const least = Math.min(...lacking.values());
  return runs.filter((run) => lacking.get(run) === least);
}

/** The plainest flags first. */
function sortedRuns(runs: readonly Run[], { variants }: GeneratedHistory): Run[] {
  return [...runs].sort((a, b) => variants.indexOf(a.variant) - variants.indexOf(b.variant));
}
