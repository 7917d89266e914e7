import { UpgradeError } from '../errors/error.ts';
import { carryOn, goBack, goForwardAgain, type Verify } from './carry.ts';
import { type Copy, keepCopies, standing } from './copies.ts';
import { editedSince } from './edited.ts';
import { mustKnowHead } from './head.ts';
import {
  commitsOf,
  type Journal,
  netMoves,
  readFinished,
  readUnfinished,
  saveUnfinished,
  statesOf,
  stepsOf,
} from './journal.ts';
import { withLock } from './lock.ts';
import type { ApplyContext } from './machine.ts';
import { refuseUnfinishedIn } from './pending.ts';
import { mustBeIdle } from './repository.ts';
import { gather } from './settle.ts';
import { inRoot, listed, openWorktree, type Worktree } from './worktree.ts';

/** What an undo may overwrite. */
export interface RestoreOptions {
  /** Restores also files that were edited since, after a copy of each was put aside. */
  readonly force: boolean;
}

/** What was restored or finished; paths are relative to the project's root. */
export interface RestoreResult {
  /** The steps that were taken back or finished. */
  readonly steps: readonly string[];
  readonly files: readonly string[];
  /** Commits that are no longer on the branch. */
  readonly commits: readonly string[];
  readonly copies: readonly Copy[];
  /** True when commits of the apply were left in place, because others stand on them. */
  readonly commitsKept: boolean;
}

/**
 * Restores every byte and mode that the last finished apply of this project changed, takes its commits off the
 * branch, and removes the branch it made. The next undo takes back the apply before it.
 *
 * @throws UpgradeError `nothing-to-undo`, `outside-root`, `apply-running`, `unfinished-apply`, `git-operation-unfinished`,
 *   `index-locked`; without force `changed-since-apply`, `head-moved`
 */
export async function undo(context: ApplyContext, options: RestoreOptions): Promise<RestoreResult> {
  const worktree = await openWorktree(context);
  return withLock(worktree, async () => {
    refuseUnfinishedIn(worktree);
    mustBeIdle(worktree);
    const [last] = readFinished(worktree);
    if (last === undefined) throw new UpgradeError('nothing-to-undo', { path: context.root });
    const finals = netMoves(last.parts).map(({ path, after }) => ({ path, states: [after] }));
    const back: Journal = { ...last, direction: 'back' };
    return restore(worktree, back, editedSince(worktree, finals), options.force);
  });
}

/**
 * Goes back to the state before an unfinished apply, or forward to the state before an unfinished undo.
 *
 * @throws UpgradeError `nothing-unfinished`, `apply-running`; without force `changed-since-apply`, `head-moved`
 */
export async function abort(context: ApplyContext, options: RestoreOptions): Promise<RestoreResult> {
  const worktree = await openWorktree(context);
  return withLock(worktree, async () => {
    const journal = mustHaveUnfinished(worktree, context.root);
    const edited = editedWithin(worktree, journal);
    if (journal.direction === 'forward') return restore(worktree, journal, edited, options.force);
    if (edited.length > 0 && !options.force)
      throw new UpgradeError('changed-since-apply', { path: listed(worktree, edited) });
    await mustKnowHead(worktree.git, journal);
    const replaced = standing(worktree, edited);
    const copies = keepCopies(worktree, replaced);
    await whole(() => goForwardAgain(worktree, journal, replaced));
    return { ...touched(worktree, journal), copies, commitsKept: false };
  });
}

/**
 * Finishes an unfinished apply, or an unfinished undo.
 *
 * @throws UpgradeError `nothing-unfinished`, `apply-running`, `changed-since-apply` (abort with force then helps),
 *   `head-moved`, and those of carrying out an apply
 */
export async function resume(context: ApplyContext, verify?: Verify): Promise<RestoreResult> {
  const worktree = await openWorktree(context);
  return withLock(worktree, async () => {
    const journal = mustHaveUnfinished(worktree, context.root);
    const edited = editedWithin(worktree, journal);
    if (edited.length > 0) throw new UpgradeError('changed-since-apply', { path: listed(worktree, edited) });
    await mustKnowHead(worktree.git, journal);
    await whole(() => {
      return journal.direction === 'forward' ? carryOn(worktree, journal, verify) : goBack(worktree, journal);
    });
    return { ...touched(worktree, journal), copies: [], commitsKept: false };
  });
}

function touched(worktree: Worktree, journal: Journal): Pick<RestoreResult, 'steps' | 'files' | 'commits'> {
  const files = netMoves(journal.parts).map(({ path }) => inRoot(worktree, path));
  return { steps: stepsOf(journal), files, commits: [] };
}

function mustHaveUnfinished(worktree: Worktree, path: string): Journal {
  const journal = readUnfinished(worktree);
  if (journal === null) throw new UpgradeError('nothing-unfinished', { path });
  gather(worktree, statesOf(journal));
  return journal;
}

/**
 * Carries out what leaves the journal unfinished where somebody saves a file meanwhile: theirs stays, and they decide.
 *
 * @throws UpgradeError `stopped-halfway` then
 */
async function whole(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof UpgradeError && error.code === 'changed-while-applying')) throw error;
    throw new UpgradeError('stopped-halfway', { reason: error.message }, error);
  }
}

/** Files in a state that no moment of the apply explains. */
function editedWithin(worktree: Worktree, journal: Journal): readonly string[] {
  const files = [...statesOf(journal)].map(([path, states]) => ({ path, states }));
  return editedSince(worktree, files);
}

async function restore(
  worktree: Worktree,
  journal: Journal,
  edited: readonly string[],
  force: boolean,
): Promise<RestoreResult> {
  if (edited.length > 0 && !force) throw new UpgradeError('changed-since-apply', { path: listed(worktree, edited) });
  const headKnown = await knowsHead(worktree, journal);
  if (!headKnown && !force) throw new UpgradeError('head-moved');
  const replaced = standing(worktree, edited);
  const copies = keepCopies(worktree, replaced);
  const known = headKnown ? journal : withoutCommits(journal);
  saveUnfinished(worktree, known);
  await whole(() => goBack(worktree, known, replaced));
  const commits = commitsOf(known).map(({ commit }) => commit);
  return { ...touched(worktree, journal), commits, copies, commitsKept: !headKnown };
}

/** The same files, with HEAD and the index left alone. */
function withoutCommits(journal: Journal): Journal {
  const parts = journal.parts.map((part) => ({ ...part, commit: null }));
  return { ...journal, parts, commits: null, index: { paths: [], before: [], stages: [] } };
}

async function knowsHead(worktree: Worktree, journal: Journal): Promise<boolean> {
  try {
    await mustKnowHead(worktree.git, journal);
    return true;
  } catch (error) {
    if (error instanceof UpgradeError && error.code === 'head-moved') return false;
    throw error;
  }
}
