import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import type { FileChange, StepChange } from '../merge/change-set.ts';
import { conflictsOf, isClean, mergedText, mergeOf, textsOf } from '../merge/text/text-merge.ts';
import { threeWayText } from '../merge/text/three-way.ts';
import { decode } from '../project/tree.ts';
import { type FileMove, type Journal, readFinished } from './journal.ts';
import type { ApplyContext } from './machine.ts';
import { bytesOf, type FileState, ownerExecutes, sameContent, stateAt } from './state.ts';
import { inRoot, openWorktree, type Worktree } from './worktree.ts';

/** What takes one step of an apply back while all others stay. */
interface Reversal {
  /** An apply of its own, which can be undone too. */
  readonly change: StepChange;
  /** First line of the commit that the step had; null where it had none. */
  readonly committed: string | null;
}

/** What an apply that takes one step back is called among the finished ones. */
function reversalName(step: string): string {
  return `undo:${step}`;
}

/**
 * Reads what the last apply of a step did to each file, and takes just that out of the files as they are now: lines that
 * were changed since, by another step or by hand, stay.
 *
 * @throws UpgradeError `step-not-applied`; `later-work` where what came later changed the same lines; `bad-journal`
 */
export async function reversalOf(context: ApplyContext, step: string): Promise<Reversal> {
  const worktree = await openWorktree(context);
  const found = lastOf(readFinished(worktree), step);
  if (found === null) throw new UpgradeError('step-not-applied', { step, path: context.root });
  const results = found.files.map((move) => taken(worktree, move));
  const inTheWay = results.flatMap((one) => ('standsOn' in one ? [one.standsOn] : []));
  if (inTheWay.length > 0) throw new UpgradeError('later-work', { step, path: inTheWay.join(', ') });
  const files = results.flatMap((one) => ('file' in one && one.file !== null ? [one.file] : []));
  return { change: { step: reversalName(step), files }, committed: found.committed };
}

interface AppliedStep {
  readonly files: readonly FileMove[];
  readonly committed: string | null;
}

/** The step in the newest apply that has it; null where there is none, or where it was taken back since. */
function lastOf(journals: readonly Journal[], step: string): AppliedStep | null {
  for (const { parts, series = [] } of journals) {
    if (parts.some(({ steps }) => steps.includes(reversalName(step)))) return null;
    const one = [...series, ...parts].find(({ steps }) => steps.includes(step));
    if (one === undefined) continue;
    const commit = parts.find(({ steps, commit: made }) => made !== null && steps.includes(step))?.commit;
    return { files: one.files, committed: commit?.message.split('\n')[0] ?? null };
  }
  return null;
}

type Taken = { readonly file: FileChange | null } | { readonly standsOn: string };

/** The file without what the step did to it, or the place of the later work that stands on that. */
function taken(worktree: Worktree, { path, before, after }: FileMove): Taken {
  const now = stateAt(worktree.machine.disk, join(worktree.base, path));
  const own = inRoot(worktree, path);
  if (now === undefined) return { standsOn: own };
  if (sameContent(now, before)) return { file: null };
  if (sameContent(now, after)) return restored(own, now, before);
  const texts = [after, now, before].map(textIn);
  const [base, yours, target] = texts;
  if (base === undefined || yours === undefined || target === undefined) return { standsOn: own };
  const merge = mergeOf(textsOf(base, yours, target), threeWayText(base, yours, target));
  if (!isClean(merge)) return { standsOn: `${own}:${conflictsOf(merge)[0]?.line ?? 1}` };
  return { file: changeOf(own, now, Buffer.from(mergedText(merge)), before) };
}

function restored(path: string, now: FileState, before: FileState): Taken {
  if (now.kind === 'link' || before.kind === 'link') return { standsOn: path };
  return { file: changeOf(path, now, bytesOf(before), before) };
}

function changeOf(path: string, now: FileState, after: Uint8Array | null, before: FileState): FileChange {
  const executable = before.kind === 'file' && (before.mode & ownerExecutes) !== 0;
  return { path, before: bytesOf(now), after, executable };
}

/** Undefined for what is no file, and for a file that is no text. */
function textIn(state: FileState): string | undefined {
  const bytes = bytesOf(state);
  return bytes === null ? undefined : decode(bytes);
}
