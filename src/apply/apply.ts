import { UpgradeError } from '../errors/error.ts';
import type { StepChange } from '../merge/change-set.ts';
import { carryForward, type Verify } from './carry.ts';
import { commitMessage } from './commit.ts';
import { type ConflictedFile, markedFiles, stagesOf } from './conflict.ts';
import { type Copy, keepCopies, standing } from './copies.ts';
import { type Inspection, inspect, mustParse } from './inspect.ts';
import { commitsOf, type Journal, markersStep, netMoves, nextNumber, type Part, saveUnfinished } from './journal.ts';
import { withLock } from './lock.ts';
import type { ApplyContext } from './machine.ts';
import { refuseUnfinished, refuseUnfinishedIn } from './pending.ts';
import { type CommitStart, commitStart, mustBeIdle, mustNotBeSparse } from './repository.ts';
import { sameState } from './state.ts';
import { inRoot, openWorktree, type Worktree } from './worktree.ts';

/** How the commits of an apply are made. */
export interface CommitOptions {
  /** Title and reason of each step, for the messages. */
  readonly steps: readonly { readonly id: string; readonly title: string; readonly why: string }[];
  /** A branch to make from HEAD for the commits; null commits on the current one. */
  readonly branch: string | null;
  /** False skips the hooks that may refuse a commit. */
  readonly verify: boolean;
}

/** What an apply may touch besides its files, and what it leaves behind. */
export interface ApplyOptions {
  /** Also changes files with uncommitted changes, after a copy of each was put aside; without one where they are known to be `own` work of this program. */
  readonly allowDirty: boolean | 'own';
  /** Files to leave with markers, once all steps are done. */
  readonly conflicts: readonly ConflictedFile[];
  /** One commit per step; null makes none. */
  readonly commit: CommitOptions | null;
  /** Called when all files are written; what it finds wrong takes everything back. */
  readonly verify?: Verify;
}

/** What an apply did; paths are relative to the project's root. */
export interface ApplyResult {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
  readonly commits: readonly { readonly step: string; readonly commit: string }[];
  /** Files left with markers, or with index stages alone. */
  readonly conflicts: readonly string[];
  readonly copies: readonly Copy[];
  /** False where there is no git, and undo alone stands between the user and a mistake. */
  readonly inGit: boolean;
}

/**
 * Carries out the changes of steps, in order. They land together or not at all: all of them, or with commits
 * those of each step. A change set that asks for nothing new writes nothing.
 *
 * @throws UpgradeError with nothing written: `apply-running`, `unfinished-apply`, those of `inspectChanges`;
 *   with everything put back: `disk-full`, `read-only`, `write-failed`, `git-failed`, `step-not-done`; with earlier
 *   steps kept: `commit-refused`; with what somebody saved meanwhile left as it is: `changed-while-applying`,
 *   `saved-meanwhile`; and `stopped-halfway`, after which `abort` or `resume` is needed
 */
export async function applyChanges(
  context: ApplyContext,
  changes: readonly StepChange[],
  options: ApplyOptions,
): Promise<ApplyResult> {
  const worktree = await openWorktree(context);
  return withLock(worktree, async () => {
    refuseUnfinishedIn(worktree);
    const checked = await check(worktree, changes, options);
    const journal = await journalOf(worktree, checked, options);
    if (journal.parts.length === 0 && journal.index.stages.length === 0) return resultOf(worktree, journal, []);
    const copies = keepCopies(worktree, standing(worktree, checked.dirty));
    saveUnfinished(worktree, journal);
    return resultOf(worktree, await carryForward(worktree, journal, options.verify), copies);
  });
}

/**
 * All checks of `applyChanges`, and nothing more: for a dry run.
 *
 * @returns the uncommitted files that `allowDirty` would copy
 * @throws UpgradeError `step-does-not-parse`, `changed-since-plan`, `dirty-worktree`, `commit-needs-clean`,
 *   `git-operation-unfinished`, `index-locked`, `sparse-file`, `outside-root`, `directory-in-the-way`,
 *   `file-in-the-way`, `read-only`, `one-file-twice`, `unreadable-file`, `commit-without-git`, `commit-without-head`,
 *   `bad-branch`, `branch-exists`, `git-failed`
 */
export async function inspectChanges(
  context: ApplyContext,
  changes: readonly StepChange[],
  options: ApplyOptions,
): Promise<readonly string[]> {
  await refuseUnfinished(context);
  const worktree = await openWorktree(context);
  const { dirty } = await check(worktree, changes, options);
  return dirty.map((path) => inRoot(worktree, path));
}

interface Checked {
  readonly inspection: Inspection;
  readonly start: CommitStart | null;
  /** Relative to the worktree's base. */
  readonly dirty: readonly string[];
}

async function check(worktree: Worktree, changes: readonly StepChange[], options: ApplyOptions): Promise<Checked> {
  mustParse(changes);
  mustBeIdle(worktree);
  const start = options.commit === null ? null : await commitStart(worktree, options.commit.branch);
  const inspection = inspect(worktree, [...changes, ...markedFiles(options.conflicts)]);
  return { inspection, start, dirty: await dirtyFiles(worktree, inspection, options) };
}

async function journalOf(worktree: Worktree, checked: Checked, options: ApplyOptions): Promise<Journal> {
  const { inspection, start } = checked;
  return {
    schema: 'phx-upgrade/journal@1',
    prefix: worktree.prefix,
    direction: 'forward',
    number: nextNumber(worktree),
    parts: partsOf(inspection, options.commit),
    ...seriesOf(inspection, options.commit),
    directories: [...inspection.directories],
    commits: start === null ? null : { ...start, verify: options.commit?.verify ?? true },
    index: await indexOf(worktree, inspection, options),
  };
}

/** Said of a file whose changes `git status` does not show. */
const hidden = ' (hidden from git status by assume-unchanged or skip-worktree)';

/** Uncommitted files among those to be touched, where they are allowed. */
async function dirtyFiles(worktree: Worktree, inspection: Inspection, options: ApplyOptions) {
  const { git } = worktree;
  if (git === null) return [];
  const moves = netMoves(inspection.parts);
  await mustNotBeSparse(
    worktree,
    moves.filter(({ before }) => before.kind === 'absent').map(({ path }) => path),
  );
  const changed = await git.dirtyPaths(worktree.prefix || '.');
  const conflicted = options.conflicts.map(({ path }) => inspection.places.get(path) ?? path);
  const touched = [...new Set([...moves.map(({ path }) => path), ...conflicted])];
  const overlooked = await git.overlookedPaths(touched);
  const dirty = touched.filter((path) => changed.has(path) || overlooked.has(path));
  if (dirty.length === 0) return [];
  const path = dirty.map((one) => inRoot(worktree, one) + (overlooked.has(one) ? hidden : '')).join(', ');
  if (options.commit !== null) throw new UpgradeError('commit-needs-clean', { path });
  if (!options.allowDirty) throw new UpgradeError('dirty-worktree', { path });
  return options.allowDirty === 'own' ? [] : dirty;
}

/** One part per step to commit, else one part for all. */
function partsOf(inspection: Inspection, commit: CommitOptions | null): Part[] {
  const { parts } = inspection;
  if (commit !== null) return parts.map((part) => ({ ...part, commit: commitOfStep(part, commit) }));
  const files = netMoves(parts).filter(({ before, after }) => !sameState(before, after));
  const steps = parts.flatMap((part) => part.steps).filter((step) => step !== markersStep);
  return files.length === 0 ? [] : [{ steps, files, commit: null }];
}

/** The steps by themselves, where one part takes up several. */
function seriesOf({ parts }: Inspection, commit: CommitOptions | null): Pick<Journal, 'series'> {
  if (commit !== null || parts.length < 2) return {};
  const own = parts.filter(({ steps }) => !steps.includes(markersStep));
  return { series: own.map(({ steps, files }) => ({ steps, files })) };
}

function commitOfStep(part: Part, options: CommitOptions): Part['commit'] {
  if (part.steps.includes(markersStep)) return null;
  const step = options.steps.find(({ id }) => part.steps.includes(id));
  if (step === undefined) throw new Error(`No title was given for the commit of ${part.steps.join(', ')}.`);
  return { message: commitMessage(step.title, step.why), attempt: null, oid: null };
}

/** The index entries that will be replaced, so that they can be restored, and the stages to write. */
async function indexOf(worktree: Worktree, inspection: Inspection, options: ApplyOptions): Promise<Journal['index']> {
  const { git } = worktree;
  if (git === null) return { paths: [], before: [], stages: [] };
  const states = new Map(netMoves(inspection.parts).map(({ path, after }) => [path, after]));
  const conflicts = options.conflicts.map((conflict) => {
    return { conflict, place: inspection.places.get(conflict.path) ?? conflict.path };
  });
  const stages = await Promise.all(
    conflicts.map(({ conflict, place }) => stagesOf(git, conflict, place, states.get(place))),
  );
  const paths = conflicts.map(({ place }) => place).concat(options.commit === null ? [] : [...states.keys()]);
  const wanted = new Set(paths);
  const before = wanted.size === 0 ? [] : (await git.index()).filter(({ path }) => wanted.has(path));
  return { paths: [...wanted], before, stages: stages.flat() };
}

function resultOf(worktree: Worktree, journal: Journal, copies: readonly Copy[]): ApplyResult {
  const moves = netMoves(journal.parts).map((move) => ({ ...move, path: inRoot(worktree, move.path) }));
  return {
    written: moves.filter(({ after }) => after.kind !== 'absent').map(({ path }) => path),
    deleted: moves.filter(({ after }) => after.kind === 'absent').map(({ path }) => path),
    commits: commitsOf(journal),
    conflicts: [...new Set(journal.index.stages.map(({ path }) => inRoot(worktree, path)))],
    copies,
    inGit: worktree.git !== null,
  };
}
