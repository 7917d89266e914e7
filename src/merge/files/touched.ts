import { diffLines } from 'diff';
import type { Fate } from '../../diff/account.ts';
import type { Hunk } from '../../diff/tree-diff.ts';
import { mergeByDefinitions, mergeFile } from '../text/file.ts';
import { isIdle } from '../text/line-set.ts';
import type { MergeOperation } from '../text/operation.ts';
import { linesOf, type Region } from '../text/region.ts';
import { conflictsOf, isClean, mergedText, type RegionConflict, type TextMerge } from '../text/text-merge.ts';
import { type Base, basesByDistance } from './base.ts';
import { type Context, type FileChange, outcomeOf } from './change.ts';
import type { WholeFileOperation } from './operation.ts';
import type { FileConflict, FileOutcome, FileStatus } from './outcome.ts';

/** A merge of a file that the user changed, and where the result goes. */
export interface TouchedFile {
  readonly place: string;
  /** Where it stands afterwards; the same for a file that is not renamed. */
  readonly destination: string;
  readonly yours: string;
  readonly target: string;
}

/** Brings what the generator changed into a file that the user changed too. */
export function mergeTouched(context: Context, change: FileChange, file: TouchedFile): FileOutcome {
  const { place, yours } = file;
  const { path, from, hunks } = change.diff;
  const bases = basesByDistance(context.texts, from === null ? [path] : [path, from], yours);
  const { base, merge, ...parts } = bestMerge(bases, file);
  return outcomeOf(change, 'covered', {
    ...parts,
    place,
    touched: true,
    risk: 'review',
    fates: hunks.length > 0 ? hunks.map((hunk) => fateOf(hunk, merge.regions)) : ['covered'],
    note: base.version === null ? null : `merged with ${base.version} as base`,
  });
}

/**
 * The merge with the nearest base; where it conflicts, with the next one that conflicts less and takes the target's lines for
 * what it settles: somebody took over one place of a newer generator, and there it is no text of theirs.
 */
function bestMerge(bases: readonly Base[], file: TouchedFile) {
  const [nearest = { text: '', version: null }, ...others] = bases;
  let best = { base: nearest, ...mergeWith(nearest.text, file) };
  for (const base of others) {
    if (best.conflicts.length === 0) break;
    if (base.text === file.target) continue;
    const other = { base, ...mergeWith(base.text, file) };
    if (other.conflicts.length >= best.conflicts.length) continue;
    const open = new Set(other.conflicts.map(({ target }) => target));
    const settled = best.conflicts.filter(({ target }) => !open.has(target));
    const wanted = [mergedText(best.merge), ...settled.map(({ target }) => target)];
    if (bringsAll(mergedText(other.merge), wanted, file.yours)) best = other;
  }
  return best;
}

/** Whether a text has every line of these that the user's lacks. */
function bringsAll(text: string, wanted: readonly string[], yours: string): boolean {
  const linesIn = (one: string) => one.split('\n').map((line) => line.trim());
  const [own, found] = [new Set(linesIn(yours)), new Set(linesIn(text))];
  return wanted.flatMap(linesIn).every((line) => own.has(line) || found.has(line));
}

/** What a merge comes to, and the edits that choose the target's text for each conflict: they all have this base. */
export function mergeWith(base: string, { place, destination, yours, target }: TouchedFile) {
  const rename: WholeFileOperation[] =
    place === destination ? [] : [{ kind: 'rename-file', from: place, path: destination }];
  const operation: MergeOperation = { kind: 'merge-file', path: destination, base, target, take: null };
  return mergedBy(operation, mergeFile(destination, base, yours, target), { place, yours, rename });
}

/** The same for a text of which only some definitions differ. */
export function mergePart(
  base: string,
  { path, yours, target }: Pick<TouchedFile, 'yours' | 'target'> & { path: string },
) {
  const operation: MergeOperation = { kind: 'merge-file', path, base, target, take: null, definitions: 'merged' };
  return mergedBy(operation, mergeByDefinitions(base, yours, target), { place: path, yours, rename: [] });
}

function mergedBy(
  operation: MergeOperation,
  merge: TextMerge,
  { place, yours, rename }: Pick<TouchedFile, 'place' | 'yours'> & { readonly rename: readonly WholeFileOperation[] },
) {
  const changes = mergedText(merge) !== yours && isWorthwhile(merge, place);
  const take = ({ base, yours: own, target }: RegionConflict) => [
    ...rename,
    { ...operation, take: { base, yours: own, target } },
  ];
  return {
    merge,
    status: statusOf(merge, changes || rename.length > 0),
    operations: [...rename, ...(changes ? [operation] : [])],
    conflicts: conflictsOf(merge).map((one): FileConflict => ({ ...one, path: place, take: take(one) })),
    declined: declinedIn(merge, place),
  };
}

/**
 * Whether a merge brings more than blank lines to what the user wrote, and beside conflicts more than comments and
 * functions that only the conflicts call: the step would promise what only the conflicts hold.
 */
function isWorthwhile(merge: TextMerge, path: string): boolean {
  const isNothing = isClean(merge) ? (line: string) => line.trim() === '' : (line: string) => isIdle(path, line);
  return merge.regions.some((region) => {
    const { kind, yours, text } = region;
    if (kind === 'conflict' || isForConflicts(region, merge)) return false;
    return diffLines(yours, text).some((part) => (part.added || part.removed) && !linesOf(part.value).every(isNothing));
  });
}

/** Whether a region brings nothing but functions that the user's text has no call of, and the other side of a conflict has. */
function isForConflicts({ kind, yours, text }: Region, { regions }: TextMerge): boolean {
  const conflicts = regions.filter((one) => one.kind === 'conflict');
  const names = [...text.matchAll(/^\s*defp?\s+(\w+[?!]?)/gm)].map(([, name = '']) => name);
  if (kind !== 'taken' || yours.trim() !== '' || names.length === 0 || conflicts.length === 0) return false;
  const wordsIn = (texts: readonly string[]) => new Set(texts.flatMap((one) => one.split(/[^\w?!]+/)));
  const others = wordsIn(regions.map((one) => one.text).filter((one) => one !== text));
  const wanted = wordsIn(conflicts.map(({ target }) => target));
  return names.every((name) => wanted.has(name) && !others.has(name));
}

/** The texts that a file gets its changes by; null where it only goes, moves or is written whole. `yours` is the project's. */
export function mergedTexts(
  { operations, conflicts }: Pick<FileOutcome, 'operations' | 'conflicts'>,
  yours: string,
): { readonly path: string; readonly base: string; readonly target: string } | null {
  for (const operation of [...operations, ...conflicts.flatMap(({ take }) => take ?? [])]) {
    const { path } = operation;
    if (operation.kind === 'replace-file') return { path, base: yours, target: operation.text };
    if (operation.kind === 'merge-file') return { path, base: operation.base, target: operation.target };
  }
  return null;
}

function statusOf(merge: TextMerge, changes: boolean): FileStatus {
  if (!isClean(merge)) return 'conflict';
  if (changes) return 'pending';
  return merge.regions.some(({ kind }) => kind === 'declined') ? 'declined' : 'done';
}

function declinedIn({ regions }: TextMerge, path: string): FileConflict[] {
  let line = 1;
  return regions.flatMap(({ kind, base, yours, target }) => {
    const found = { path, line, base, yours, target, take: null };
    line += linesOf(yours).length;
    return kind === 'declined' ? [found] : [];
  });
}

/** A hunk is declined when the regions that it touches in the target are: another region has it otherwise. */
function fateOf({ newStart, newLines }: Hunk, regions: readonly Region[]): Fate {
  const touching = regions.filter(({ kind, target, targetLine }) => {
    const count = linesOf(target).length;
    return isChange(kind) && targetLine < newStart + newLines && newStart <= targetLine + Math.max(count - 1, 0);
  });
  return touching.length > 0 && touching.every(({ kind }) => kind === 'declined') ? 'declined' : 'covered';
}

function isChange(kind: Region['kind']): boolean {
  return kind !== 'agreed' && kind !== 'kept';
}
