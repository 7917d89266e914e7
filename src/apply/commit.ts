import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { editedSince } from './edited.ts';
import type { Git, IndexEntry } from './git.ts';
import { type Journal, type Part, saveUnfinished } from './journal.ts';
import { listed, type Worktree } from './worktree.ts';

type Pathed = { readonly files: readonly { readonly path: string }[] };
type Attempt = NonNullable<Part['commit']>;

/** Text of a step's commit: its title, and its reason in lines of at most 72 characters. */
export function commitMessage(title: string, why: string): string {
  const lines: string[] = [];
  for (const word of why.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 72) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `${title}\n\n${lines.join('\n')}\n`;
}

/**
 * Commits the files of one part, which must stand in the worktree by now. The commit is made from an index of
 * its own that starts as HEAD: what the user has staged stays out of it, and stays staged.
 *
 * @throws UpgradeError `commit-refused` (a hook, a missing identity), `git-failed`; `changed-while-applying` where git may have
 *   read what somebody else saved
 */
export async function commitPart(worktree: Worktree, journal: Journal, at: number): Promise<Journal> {
  const { git } = worktree;
  const part = journal.parts[at];
  if (git === null || !part?.commit) return journal;
  const index = await stage(worktree, git, part);
  const [parent = '', former] = (await git.output(['rev-parse', 'HEAD', 'HEAD^{tree}'])).trim().split(/\r?\n/);
  const tree = (await git.output(['write-tree'], { index })).trim();
  let noted = withCommit(journal, at, { ...part.commit, attempt: { parent, tree } });
  saveUnfinished(worktree, noted);
  if (tree !== former) {
    const verify = journal.commits?.verify === false ? ['--no-verify'] : [];
    const args = ['commit', '-q', '--cleanup=whitespace', '-F', '-', ...verify];
    const { exitCode, complaint } = await git.attempt(args, { index, input: part.commit.message, commits: true });
    if (exitCode !== 0) {
      throw new UpgradeError('commit-refused', { step: part.steps.join(', '), reason: complaint, done: at });
    }
  }
  const oid = (await git.output(['rev-parse', '--verify', 'HEAD'])).trim();
  const made = { ...part, commit: { ...part.commit, attempt: { parent, tree }, oid } };
  noted = withCommit(noted, at, made.commit);
  saveUnfinished(worktree, noted);
  await takeUpCommit(git, made, oid);
  return noted;
}

/** An index with HEAD's entries and the part's files as they stand; ignored new files stay out, as with git add. */
async function stage(worktree: Worktree, git: Git, part: Part): Promise<string> {
  const { disk } = worktree.machine;
  const index = join(worktree.journals, 'index');
  for (const path of [index, `${index}.lock`]) if (disk.look(path) !== null) disk.remove(path);
  const paths = pathsOf(part);
  const { output } = await git.attempt(['check-ignore', '-z', '--stdin'], { input: joined(paths) });
  const ignored = new Set(output.split('\0'));
  await git.output(['read-tree', 'HEAD'], { index });
  const input = joined(paths.filter((path) => !ignored.has(path)));
  await git.output(['update-index', '--add', '--remove', '-z', '--stdin'], { index, input, commits: true });
  const edited = editedSince(
    worktree,
    part.files.map(({ path, after }) => ({ path, states: [after] })),
  );
  if (edited.length > 0) throw new UpgradeError('changed-while-applying', { path: listed(worktree, edited) });
  return index;
}

function pathsOf(part: Pathed): readonly string[] {
  return part.files.map(({ path }) => path);
}

function joined(paths: readonly string[]): string {
  return paths.map((path) => `${path}\0`).join('');
}

/** The journal with what is known of one part's commit. */
export function withCommit(journal: Journal, at: number, commit: Attempt): Journal {
  return { ...journal, parts: journal.parts.map((part, index) => (index === at ? { ...part, commit } : part)) };
}

/** Lets the user's index know the given files as they are in a commit. */
export async function takeUp(git: Git, part: Pathed, commit: string): Promise<void> {
  await replaceFrom(git, pathsOf(part), commit);
}

/**
 * Lets the user's index know what a commit of this program changed: the part's files, which were equal to HEAD
 * in it before, and those that a hook added, unless the user has staged something else there.
 */
export async function takeUpCommit(git: Git, part: Part, commit: string): Promise<void> {
  const parent = part.commit?.attempt?.parent ?? commit;
  const output = await git.output(['diff-tree', '-r', '-z', '--name-only', '--no-renames', parent, commit]);
  const own = new Set(pathsOf(part));
  const added = output.split('\0').filter((path) => path !== '' && !own.has(path));
  const index = added.length === 0 ? [] : lines(await git.index(), added);
  const former = added.length === 0 ? [] : lines(await git.tree(parent), added);
  const unstaged = added.filter((path) => {
    const mine = index.find((entry) => entry.path === path);
    const theirs = former.find((entry) => entry.path === path);
    return mine?.oid === theirs?.oid && mine?.mode === theirs?.mode;
  });
  await replaceFrom(git, [...own, ...unstaged], commit);
}

async function replaceFrom(git: Git, paths: readonly string[], commit: string): Promise<void> {
  await git.replaceEntries(paths, lines(await git.tree(commit), paths));
}

function lines(entries: readonly IndexEntry[], paths: readonly string[]): readonly IndexEntry[] {
  const wanted = new Set(paths);
  return entries.filter(({ path }) => wanted.has(path));
}

/**
 * The commit of a part, also when the process ended before it could note it: HEAD is then the child of the
 * noted parent with the noted tree, or, where a hook added something, with the step's subject. Null again when
 * HEAD has been moved back behind it.
 */
export async function commitOf(git: Git, part: Part): Promise<string | null> {
  if (!part.commit?.attempt) return null;
  if (part.commit.oid !== null) {
    const { exitCode } = await git.attempt(['merge-base', '--is-ancestor', part.commit.oid, 'HEAD']);
    return exitCode === 0 ? part.commit.oid : null;
  }
  const { parent, tree } = part.commit.attempt;
  const line = await git.line(['log', '-1', '--format=%H %P %T %s', 'HEAD']);
  const [oid = '', above, theirs, ...subject] = line?.split(' ') ?? [];
  const ours = theirs === tree || subject.join(' ') === part.commit.message.split('\n')[0];
  return above === parent && ours ? oid : null;
}
