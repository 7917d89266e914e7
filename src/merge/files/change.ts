import { type Fate, hunkCount } from '../../diff/account.ts';
import type { FileDiff } from '../../diff/tree-diff.ts';
import { fileAddress } from '../../facts/address.ts';
import { fileHash } from '../../facts/extract/file.ts';
import { upTo } from '../../facts/version-set.ts';
import type { FilesInput, PristineTexts } from './input.ts';
import { Locator, type Marks } from './locate.ts';
import type { FileOutcome } from './outcome.ts';

/** One file that the generator changed, with where the project has it. */
export interface FileChange {
  readonly diff: FileDiff;
  /** Where the project has the old path, and the new one. */
  readonly oldPlace: string | null;
  readonly newPlace: string | null;
}

/** What all questions about single files are asked of. */
export interface Context {
  readonly input: FilesInput;
  readonly texts: PristineTexts;
}

/** Finds the files of a diff in the project. */
export function locateAll(context: Context, files: readonly FileDiff[]): FileChange[] {
  const { input, texts } = context;
  const generated = new Set([...texts.old.paths, ...texts.target.paths, ...historicPaths(input)]);
  const locator = new Locator(input.project, generated);
  const find = (path: string) => locator.find(path, marksOf(context, path));
  return files.map((diff) => ({
    diff,
    oldPlace: diff.status === 'added' ? null : find(diff.from ?? diff.path),
    newPlace: diff.status === 'added' || diff.from !== null ? find(diff.path) : null,
  }));
}

function historicPaths({ history }: FilesInput): string[] {
  return history.addresses.flatMap(({ area, pathText }) => (area === 'file' ? [pathText] : []));
}

function marksOf({ input: { history }, texts }: Context, path: string): Marks {
  return {
    hashes: () => new Set(history.values(fileAddress(path)).map(({ value }) => value)),
    texts: () => {
      const written = texts.versions.flatMap((version) => texts.baseText(path, version) ?? []);
      return [...new Set([...written, ...[texts.old, texts.target].flatMap((tree) => tree.read(path) ?? [])])];
    },
  };
}

/** Whether the file at a place is one that some version of the generator wrote at one of the paths. */
export function isUntouched({ input, texts }: Context, place: string, paths: readonly string[]): boolean {
  const { project, history } = input;
  const hash = fileHash(project.tree, place, project.names);
  if (hash === undefined) return false;
  return paths.some(
    (path) =>
      history.wrote(fileAddress(path), hash) !== 0n ||
      [texts.old, texts.target].some((tree) => fileHash(tree, path, project.names) === hash),
  );
}

/** Whether the file at a place is one that only versions after the target write: the project is ahead of the plan. */
export function isAhead(
  { input: { project, history, to } }: Context,
  place: string,
  paths: readonly string[],
): boolean {
  const hash = fileHash(project.tree, place, project.names);
  if (hash === undefined) return false;
  const wrote = paths.reduce((all, path) => all | history.wrote(fileAddress(path), hash), 0n);
  return wrote !== 0n && (wrote & upTo(history.indexOf(to))) === 0n;
}

/** An outcome in which nothing is to be done, as a start. */
export function outcomeOf({ diff }: FileChange, fate: Fate, given: Partial<FileOutcome> = {}): FileOutcome {
  return {
    change: diff.status,
    path: diff.path,
    from: diff.from,
    place: null,
    status: 'done',
    touched: false,
    risk: 'safe',
    operations: [],
    conflicts: [],
    declined: [],
    fates: Array.from({ length: hunkCount(diff) }, () => fate),
    note: null,
    ...given,
  };
}
