import { UpgradeError } from '../errors/error.ts';
import { commitOf, commitPart, takeUp, takeUpCommit, withCommit } from './commit.ts';
import { editedSince } from './edited.ts';
import { moveHeadBack, moveHeadForward, mustKnowHead, startBranch } from './head.ts';
import { type FileMove, finish, forget, type Journal, netMoves, saveUnfinished, statesOf } from './journal.ts';
import { gather, type Knowledge, settle } from './settle.ts';
import type { FileState, Goal } from './state.ts';
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
    throw await retreat(worktree, journal, at, error);
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
  settle(worktree, goals(part.files, 'after'), { directories: [], states: statesOf({ parts: [part] }) });
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
    settle(worktree, goals(netMoves(open), 'before'), knowledgeOf(journal));
  }
  return carryForward(worktree, journal, verify);
}

function goals(moves: readonly FileMove[], side: 'before' | 'after'): readonly Goal[] {
  return moves.map((move) => ({ path: move.path, state: move[side] }));
}

/**
 * Takes back what a failed part did. Commits made before it stay, and can be undone; so does what somebody else (a hook, an
 * editor) saved in one of its files meanwhile.
 *
 * @returns what to tell: the failure itself, or that it could not be taken back, or not all of it
 */
async function retreat(worktree: Worktree, journal: Journal, at: number, error: unknown): Promise<unknown> {
  try {
    const left = await takeBack(worktree, journal, at, error);
    const isTold = error instanceof UpgradeError && error.code === 'changed-while-applying';
    if (left.length === 0 || isTold) return error;
    return new UpgradeError('saved-meanwhile', { path: listed(worktree, left), reason: reasonOf(error) }, error);
  } catch (failure) {
    return new UpgradeError('stopped-halfway', { reason: reasonOf(failure) }, error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Paths that are left as somebody else saved them. */
async function takeBack(worktree: Worktree, journal: Journal, at: number, error: unknown): Promise<readonly string[]> {
  const part = journal.parts[at];
  if (journal.commits === null || at === 0 || part === undefined) {
    await mustKnowHead(worktree.git, journal);
    await moveHeadBack(worktree.git, journal);
    const left = settleOwn(worktree, goals(netMoves(journal.parts), 'before'), knowledgeOf(journal));
    await forgetAll(worktree, journal);
    return left;
  }
  if (worktree.git !== null && (await commitOf(worktree.git, part)) !== null) throw error;
  const left = settleOwn(worktree, goals(part.files, 'before'), knowledgeOf(journal));
  endAfter(worktree, journal, at);
  return left;
}

/** Brings files to states unless somebody else saved them since; says which. */
function settleOwn(worktree: Worktree, wanted: readonly Goal[], knowledge: Knowledge, tries = 5): readonly string[] {
  gather(worktree, knowledge.states);
  const left = editedSince(
    worktree,
    wanted.map(({ path, state }) => ({ path, states: [...(knowledge.states.get(path) ?? []), state] })),
  );
  try {
    const own = wanted.filter(({ path }) => !left.includes(path));
    settle(worktree, own, knowledge);
  } catch (error) {
    const isRace = error instanceof UpgradeError && error.code === 'changed-while-applying';
    if (!isRace || tries === 0) throw error;
    return settleOwn(worktree, wanted, knowledge, tries - 1);
  }
  return left;
}

function knowledgeOf(journal: Journal): Knowledge {
  return { directories: journal.directories, states: statesOf(journal) };
}

/** Ends an apply with its first parts. */
function endAfter(worktree: Worktree, journal: Journal, count: number): void {
  const done = { ...journal, parts: journal.parts.slice(0, count), index: { ...journal.index, stages: [] } };
  saveUnfinished(worktree, done);
  finish(worktree, done);
}

/**
 * Restores everything as it was before the apply, and ends it. Can be repeated after a crash.
 *
 * @param accepted by path, what may be replaced too: somebody's edits, of which there are copies
 * @throws UpgradeError those of `settle`
 */
export async function goBack(worktree: Worktree, journal: Journal, accepted: Accepted = new Map()): Promise<void> {
  const knowledge = accepting(journal, accepted);
  await moveHeadBack(worktree.git, journal);
  settle(worktree, goals(netMoves(journal.parts), 'before'), knowledge);
  await forgetAll(worktree, journal);
}

async function forgetAll(worktree: Worktree, journal: Journal): Promise<void> {
  await worktree.git?.replaceEntries(journal.index.paths, journal.index.before);
  forget(worktree, journal);
}

type Accepted = ReadonlyMap<string, FileState>;

function accepting(journal: Journal, accepted: Accepted): Knowledge {
  const { directories, states } = knowledgeOf(journal);
  const added = [...accepted].map(([path, state]) => [path, [...(states.get(path) ?? []), state]] as const);
  return { directories, states: new Map([...states, ...added]) };
}

/** Takes back an undo that did not come to its end; `accepted` is as in `goBack`. Can be repeated after a crash. */
export async function goForwardAgain(
  worktree: Worktree,
  journal: Journal,
  accepted: Accepted = new Map(),
): Promise<void> {
  const { git } = worktree;
  const moves = netMoves(journal.parts);
  const { states } = accepting(journal, accepted);
  const head = await moveHeadForward(git, journal);
  settle(worktree, goals(moves, 'after'), { directories: [], states });
  if (git !== null && head !== null) await takeUp(git, { files: moves }, head);
  await git?.replaceEntries(...stagesIn(journal));
  const forward: Journal = { ...journal, direction: 'forward' };
  saveUnfinished(worktree, forward);
  finish(worktree, forward);
}
