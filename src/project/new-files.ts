import { git } from './git.ts';

/**
 * Files that HEAD, the index or the worktree have and the default branch does not, relative to `root`: nobody runs
 * them yet. Null where there is no default branch to compare with, or no git.
 */
export function filesSince(root: string): ReadonlySet<string> | null {
  const branch = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'].find(
    (name) => git(root, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) !== null,
  );
  if (branch === undefined) return null;
  const base = git(root, ['merge-base', branch, 'HEAD'])?.trim();
  if (!base) return null;
  const options = ['--name-only', '-z', '--diff-filter=A', '--no-renames', '--relative'];
  const added = git(root, ['diff', ...options, base]);
  const untracked = git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  return new Set(`${added ?? ''}${untracked ?? ''}`.split('\0').filter(Boolean));
}
