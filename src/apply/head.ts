import { UpgradeError } from '../errors/error.ts';
import { commitOf } from './commit.ts';
import type { Git } from './git.ts';
import type { Journal } from './journal.ts';

/** Makes the branch for the commits and switches to it; files and index stay as they are. */
export async function startBranch(git: Git | null, journal: Journal): Promise<void> {
  const commits = journal.commits;
  if (git === null || !commits?.branch) return;
  const exists = (await git.line(['rev-parse', '--verify', '-q', commits.branch])) !== null;
  if (!exists) await git.output(['update-ref', '-m', 'phx-upgrade: branch', commits.branch, commits.oid]);
  await git.output(['symbolic-ref', '-m', 'phx-upgrade: branch', 'HEAD', commits.branch]);
}

/** Commits that HEAD may stand at between the first and the last moment of an apply, oldest first. */
async function knownCommits(git: Git, journal: Journal): Promise<readonly string[]> {
  const made = await Promise.all(journal.parts.map((part) => commitOf(git, part)));
  return [journal.commits?.oid ?? '', ...made.filter((oid) => oid !== null)];
}

/**
 * Makes sure that no commits but those of the apply would be left behind by moving HEAD.
 *
 * @throws UpgradeError `head-moved`
 */
export async function mustKnowHead(git: Git | null, journal: Journal): Promise<void> {
  const commits = journal.commits;
  if (git === null || commits === null) return;
  const known = await knownCommits(git, journal);
  const head = await git.head();
  const refs = commits.branch === null ? [commits.ref] : [commits.ref, commits.branch];
  const isKnown = refs.includes(head.ref) && head.oid !== null && known.includes(head.oid);
  const start = commits.branch !== null && commits.ref !== null ? await git.line(['rev-parse', commits.ref]) : null;
  if (!isKnown || (start !== null && start !== commits.oid)) throw new UpgradeError('head-moved');
}

/** Puts HEAD and its branch where they were before the apply; the branch made for it is removed. */
export async function moveHeadBack(git: Git | null, journal: Journal): Promise<void> {
  const commits = journal.commits;
  if (git === null || commits === null) return;
  const { ref, oid, branch } = commits;
  if (branch === null || ref === null) await pointHead(git, ref, oid);
  else await git.output(['symbolic-ref', '-m', 'phx-upgrade: back', 'HEAD', ref]);
  const remains = branch !== null && (await git.line(['rev-parse', '--verify', '-q', branch])) !== null;
  if (remains) await git.output(['update-ref', '-d', branch]);
}

/** Puts HEAD at the last commit of the apply again. */
export async function moveHeadForward(git: Git | null, journal: Journal): Promise<string | null> {
  const commits = journal.commits;
  if (git === null || commits === null) return null;
  const last = journal.parts.findLast((part) => part.commit?.oid)?.commit?.oid ?? commits.oid;
  const ref = commits.branch ?? commits.ref;
  await pointHead(git, ref, last);
  if (commits.branch !== null) await git.output(['symbolic-ref', 'HEAD', commits.branch]);
  return last;
}

async function pointHead(git: Git, ref: string | null, oid: string): Promise<void> {
  const target = ref === null ? ['--no-deref', 'HEAD'] : [ref];
  await git.output(['update-ref', '-m', 'phx-upgrade: move', ...target, oid]);
}
