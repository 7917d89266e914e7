import { git } from './git.ts';

/** Where the default branch may be, the surest first. */
const branches = [
  ...['HEAD', 'main', 'master'].map((name) => `refs/remotes/origin/${name}`),
  ...['main', 'master'].map((name) => `refs/heads/${name}`),
];

/**
 * Files under a glob that the index or the worktree has and the default branch does not, relative to `root`:
 * nobody runs them yet. Null where there is no default branch to compare with, or no git.
 */
export function filesSince(root: string, glob: string): ReadonlySet<string> | null {
  const present = new Set(git(root, ['for-each-ref', '--format=%(refname)', ...branches])?.split('\n'));
  const branch = branches.find((name) => present.has(name));
  if (branch === undefined) return null;
  const base = git(root, ['merge-base', branch, 'HEAD'])?.trim();
  if (!base) return null;
  // The index, not the files: to compare those, git may start a filter that the repository's configuration names.
  const options = [
    '--cached',
    '--ita-visible-in-index',
    '--name-only',
    '-z',
    '--diff-filter=A',
    '--no-renames',
    '--relative',
  ];
  const added = git(root, ['diff', ...options, base, '--', `:(glob)${glob}`]);
  const untracked = git(root, ['ls-files', '--others', '--exclude-standard', '-z', '--', `:(glob)${glob}`]);
  return new Set(`${added ?? ''}${untracked ?? ''}`.split('\0').filter(Boolean));
}
