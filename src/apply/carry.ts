import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { commitOf, commitPart, takeUp, takeUpCommit, withCommit } from './commit.ts';
import { moveHeadBack, moveHeadForward, mustKnowHead, startBranch } from './head.ts';
import { type FileMove, finish, forget, type Journal, netMoves, saveUnfinished } from './journal.ts';
import { mustStandThere } from './place.ts';
import { settle } from './settle.ts';
import { type FileState, type Goal, sameContent, stateAt } from './state.ts';
import { listed, type Worktree } from './worktree.ts';

/** Says after all is written what is not as it should be; null when all is well. */
export type Verify = () => Promise<string | null>;

/**
 * Carries a journal out from wherever it stopped, and ends it. A failure takes back the part it happened in
 * (with commits) or everything (without).
 *
 * @throws UpgradeError the failure's own, or `stopped-halfway` when it could not be taken back
 */
export async function carryForward(worktree: Worktree, start: Journal, verify?: Verify): Promise<Journal> {
  let journal = start;
  let at = 0;
  try {
    await startBranch(worktree.git, journal);
    for (; at < journal.parts.length; at++) journal = await carryPart(worktree, journal, at);
    await worktree.git?.replaceEntries(...stagesIn(journal));
    const complaint = (await verify?.()) ?? null;
    if (complaint !== null) throw new UpgradeError('step-not-done', { reason: complaint });
    finish(worktree, journal);
    return journal;
  } catch (error) {
    await retreat(worktree, journal, at, error);
    throw error;
  }
}

function stagesIn(journal: Journal): [string[], Journal['index']['stages']] {
  const { stages } = journal.index;
  return [[...new Set(stages.map(({ path }) => path))], stages];
}

async function carryPart(worktree: Worktree, journal: Journal, at: number): Promise<Journal> {
  const part = journal.parts[at];
  if (part === undefined) return journal;
  const { git } = worktree;
  const made = git === null ? null : await commitOf(git, part);
  if (git !== null && made !== null && part.commit !== null) {
    const noted = withCommit(journal, at, { ...part.commit, oid: made });
    saveUnfinished(worktree, noted);
    await takeUpCommit(git, part, made);
    return noted;
  }
  const edited = editedSince(
    worktree,
    part.files.map(({ path, before, after }) => ({ path, states: [before, after] })),
  );
  if (edited.length > 0) throw new UpgradeError('changed-while-applying', { path: listed(worktree, edited) });
  settle(worktree, goals(part.files, 'after'), []);
  return commitPart(worktree, journal, at);
}

/**
 * Carries out a journal whose process ended somewhere within it: first back to the last commit that was made,
 * from where on nothing has to be guessed.
 *
 * @throws UpgradeError as `carryForward`
 */
export async function carryOn(worktree: Worktree, journal: Journal, verify?: Verify): Promise<Journal> {
  const { git } = worktree;
  if (git !== null && journal.commits !== null) {
    await startBranch(git, journal); // an abort may have died between leaving the branch and removing it
    const made = await Promise.all(journal.parts.map((part) => commitOf(git, part)));
    const done = made.indexOf(null);
    const open = done < 0 ? [] : journal.parts.slice(done);
    settle(worktree, goals(netMoves(open), 'before'), journal.directories);
  }
  return carryForward(worktree, journal, verify);
}

/**
 * Paths at which none of the given states stands.
 *
 * @throws UpgradeError `outside-root` where a directory above one has become a link
 */
export function editedSince(
  worktree: Worktree,
  files: readonly { readonly path: string; readonly states: readonly FileState[] }[],
): readonly string[] {
  const { base, machine } = worktree;
  mustStandThere(
    machine.disk,
    base,
    files.map(({ path }) => path),
  );
  const edited = files.filter(({ path, states }) => {
    const state = stateAt(machine.disk, join(base, path));
    return !states.some((known) => sameContent(state, known));
  });
  return edited.map(({ path }) => path);
}

function goals(moves: readonly FileMove[], side: 'before' | 'after'): readonly Goal[] {
  return moves.map((move) => ({ path: move.path, state: move[side] }));
}

/** Takes back what a failed part did. Commits made before it stay, and can be undone. */
async function retreat(worktree: Worktree, journal: Journal, at: number, error: unknown): Promise<void> {
  try {
    if (error instanceof UpgradeError && error.code === 'changed-while-applying')
      return await leave(worktree, journal, at);
    const part = journal.parts[at];
    if (journal.commits === null || at === 0 || part === undefined) {
      await mustKnowHead(worktree.git, journal);
      return await goBack(worktree, journal);
    }
    if (worktree.git !== null && (await commitOf(worktree.git, part)) !== null) throw error;
    settle(worktree, goals(part.files, 'before'), journal.directories);
    endAfter(worktree, journal, at);
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new UpgradeError('stopped-halfway', { reason }, error);
  }
}

/** Ends an apply with its first parts. */
function endAfter(worktree: Worktree, journal: Journal, count: number): void {
  const done = { ...journal, parts: journal.parts.slice(0, count), index: { ...journal.index, stages: [] } };
  saveUnfinished(worktree, done);
  finish(worktree, done);
}

/** Ends an apply before a part whose files someone else (a hook, an editor) changed: theirs is left as it is. */
async function leave(worktree: Worktree, journal: Journal, at: number): Promise<void> {
  const files = journal.parts[at]?.files ?? [];
  const written = files.filter(({ path, before, after }) => {
    return !sameContent(before, after) && editedSince(worktree, [{ path, states: [after] }]).length === 0;
  });
  if (written.length > 0) throw new Error(`${written.map(({ path }) => path).join(', ')} had been written already`);
  if (at > 0) endAfter(worktree, journal, at);
  else await goBack(worktree, { ...journal, parts: [] });
}

/** Restores everything as it was before the apply, and ends it. Can be repeated after a crash. */
export async function goBack(worktree: Worktree, journal: Journal): Promise<void> {
  await moveHeadBack(worktree.git, journal);
  settle(worktree, goals(netMoves(journal.parts), 'before'), journal.directories);
  await worktree.git?.replaceEntries(journal.index.paths, journal.index.before);
  forget(worktree, journal);
}

/** Takes back an undo that did not come to its end. Can be repeated after a crash. */
export async function goForwardAgain(worktree: Worktree, journal: Journal): Promise<void> {
  const { git } = worktree;
  const moves = netMoves(journal.parts);
  const head = await moveHeadForward(git, journal);
  settle(worktree, goals(moves, 'after'), []);
  if (git !== null && head !== null) await takeUp(git, { files: moves }, head);
  await git?.replaceEntries(...stagesIn(journal));
  const forward: Journal = { ...journal, direction: 'forward' };
  saveUnfinished(worktree, forward);
  finish(worktree, forward);
}
