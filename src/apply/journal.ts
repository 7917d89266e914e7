import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UpgradeError } from '../errors/error.ts';
import { keyOf } from '../project/state-directory.ts';
import { makeDirectories } from './directories.ts';
import { explained } from './explained.ts';
import type { Disk } from './machine.ts';
import { isInside } from './place.ts';
import { type FileState, fileState } from './state.ts';
import type { Worktree } from './worktree.ts';

// A journal is input like any other: somebody may have written it by hand, and what it names is written to or given to git.
const path = z.string().refine(isInside);
const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const ref = z.string().regex(/^refs\/[^\0-\x20\x7f]+$/);

const indexEntry = z.object({
  path,
  mode: z.string().regex(/^[0-7]{6}$/),
  oid,
  stage: z.number().int().min(0).max(3),
  skipped: z.boolean(),
});

const commit = z.object({
  message: z.string(),
  /** HEAD and the tree to be committed, noted just before git is called; null before that. */
  attempt: z.object({ parent: oid, tree: oid }).nullable(),
  /** The commit made, or the parent when the files left nothing to commit. */
  oid: oid.nullable(),
});

const fileMove = z.object({ path, before: fileState, after: fileState });

/** Files that change together: those of one step with `--commit`, else those of all steps. */
const part = z.object({
  steps: z.array(z.string()),
  files: z.array(fileMove),
  commit: commit.nullable(),
});

const journal = z.object({
  schema: z.literal('phx-upgrade/journal@1'),
  /** The project's root, relative to the worktree's top. */
  prefix: path.or(z.literal('')),
  /** `back` once an undo has begun. */
  direction: z.enum(['forward', 'back']),
  /** Place among the finished applies of this project that can be undone. */
  number: z.number().int().min(1),
  parts: z.array(part),
  /** What each step does, where one part has several: undo takes them back one by one. */
  series: z.array(z.object({ steps: z.array(z.string()), files: z.array(fileMove) })).optional(),
  /** Directories that stood above the files at first, with their modes. */
  directories: z.array(z.object({ path, mode: z.number().int() })),
  /** Present when commits are to be made. */
  commits: z
    .object({
      ref: ref.nullable(),
      oid,
      /** Ref of the branch to make for them. */
      branch: ref.nullable(),
      verify: z.boolean(),
    })
    .nullable(),
  /** The index entries that the apply replaces, and the conflict stages it writes. */
  index: z.object({ paths: z.array(path), before: z.array(indexEntry), stages: z.array(indexEntry) }),
});

/** All that is needed to finish an apply, or to take it back, without the plan. */
export type Journal = z.infer<typeof journal>;
export type Part = z.infer<typeof part>;
export type FileMove = z.infer<typeof fileMove>;

/** What the parts do to each path when taken together: its first `before` and its last `after`. */
export function netMoves(parts: readonly Part[]): readonly FileMove[] {
  const moves = new Map<string, FileMove>();
  for (const move of parts.flatMap(({ files }) => files)) {
    moves.set(move.path, { ...move, before: moves.get(move.path)?.before ?? move.before });
  }
  return [...moves.values()];
}

/** By path, every state that some moment of the apply explains. */
export function statesOf({ parts }: Pick<Journal, 'parts'>): ReadonlyMap<string, readonly FileState[]> {
  const states = new Map<string, FileState[]>();
  for (const { path, before, after } of parts.flatMap(({ files }) => files)) {
    states.set(path, [...(states.get(path) ?? []), before, after]);
  }
  return states;
}

/** Stands for a step's id where markers are written: they belong to none, and are never committed. */
export const markersStep = '';

/** Ids of the steps that a journal carries out. */
export function stepsOf({ parts }: Pick<Journal, 'parts'>): readonly string[] {
  return parts.flatMap(({ steps }) => steps).filter((step) => step !== markersStep);
}

/** The commits made; a step whose files left nothing to commit has none. */
export function commitsOf({
  parts,
}: Pick<Journal, 'parts'>): readonly { readonly step: string; readonly commit: string }[] {
  return parts.flatMap(({ steps, commit }) => {
    return commit?.oid && commit.oid !== commit.attempt?.parent ? [{ step: steps[0] ?? '', commit: commit.oid }] : [];
  });
}

function unfinishedPath(worktree: Worktree): string {
  return join(worktree.journals, 'unfinished.json');
}

/** Finished applies are kept per project: a repository may hold several. */
function finishedPath(worktree: Worktree, { prefix, number }: Pick<Journal, 'prefix' | 'number'>): string {
  return join(worktree.journals, `last-${keyOf(prefix)}-${number}.json`);
}

/** Numbers of the finished applies of a project, the last one first. */
function finishedNumbers(worktree: Worktree, prefix: string): readonly number[] {
  const { disk } = worktree.machine;
  if (disk.look(worktree.journals) === null) return [];
  const name = `last-${keyOf(prefix)}-`;
  return disk
    .list(worktree.journals)
    .filter((entry) => entry.startsWith(name))
    .map((entry) => Number.parseInt(entry.slice(name.length), 10))
    .sort((one, other) => other - one);
}

/** Number for the next apply of the worktree's project. */
export function nextNumber(worktree: Worktree): number {
  return (finishedNumbers(worktree, worktree.prefix)[0] ?? 0) + 1;
}

/** @throws UpgradeError `bad-journal` */
function readJournal(disk: Disk, path: string): Journal | null {
  if (disk.look(path) === null) return null;
  try {
    return journal.parse(JSON.parse(Buffer.from(disk.read(path)).toString()));
  } catch (error) {
    throw new UpgradeError('bad-journal', { path }, error);
  }
}

/**
 * The apply or undo that did not come to its end, if there is one.
 *
 * @throws UpgradeError `bad-journal`
 */
export function readUnfinished(worktree: Worktree): Journal | null {
  return readJournal(worktree.machine.disk, unfinishedPath(worktree));
}

/**
 * The finished applies of this project that can be undone, the last one first.
 *
 * @throws UpgradeError `bad-journal`
 */
export function readFinished(worktree: Worktree): readonly Journal[] {
  const { machine, prefix } = worktree;
  return finishedNumbers(worktree, prefix).flatMap((number) => {
    return readJournal(machine.disk, finishedPath(worktree, { prefix, number })) ?? [];
  });
}

/**
 * Puts the journal on the disk, whole or not at all. From its return on the apply is unfinished.
 *
 * @throws UpgradeError `disk-full`, `read-only`, `write-failed`
 */
export function saveUnfinished(worktree: Worktree, value: Journal): void {
  const { disk } = worktree.machine;
  const path = unfinishedPath(worktree);
  const bytes = Buffer.from(JSON.stringify(value));
  explained(() => {
    makeJournals(worktree);
    removeIfThere(disk, `${path}.new`);
    disk.create(`${path}.new`, bytes, 0o600); // the files in it may hold secrets
    disk.rename(`${path}.new`, path);
    disk.syncDirectory(dirname(path));
  }, path);
}

/** Finished applies of a project that can be undone; older ones make room, since a journal holds whole files. */
const remembered = 100;

/** Ends an apply: the journal becomes the one that `undo` reads. */
export function finish(worktree: Worktree, value: Journal): void {
  const { disk } = worktree.machine;
  explained(() => {
    disk.rename(unfinishedPath(worktree), finishedPath(worktree, value));
    for (const number of finishedNumbers(worktree, value.prefix).slice(remembered)) {
      disk.remove(finishedPath(worktree, { prefix: value.prefix, number }));
    }
    disk.syncDirectory(worktree.journals);
  });
}

/** Ends an apply that was taken back; once it is undone, it is no longer among the finished ones. */
export function forget(worktree: Worktree, value: Journal): void {
  const { disk } = worktree.machine;
  explained(() => {
    if (value.direction === 'back') removeIfThere(disk, finishedPath(worktree, value));
    removeIfThere(disk, unfinishedPath(worktree));
    disk.syncDirectory(worktree.journals);
  });
}

/** Makes the directory of the journals, readable by its owner alone. */
export function makeJournals(worktree: Worktree): void {
  makeDirectories(worktree.machine.disk, worktree.journals, 0o700);
}

function removeIfThere(disk: Disk, path: string): void {
  if (disk.look(path) !== null) disk.remove(path);
}
