import { gitOutput } from './git.ts';

/** Where the default branch may be, the surest first. */
const branches = [
  ...['HEAD', 'main', 'master'].map((name) => `refs/remotes/origin/${name}`),
  ...['main', 'master'].map((name) => `refs/heads/${name}`),
];

/**
 * Files below some folders, relative to `root` like these, that the default branch had when the present one left it:
 * what is not among them nobody runs yet. Null where there is no default branch to compare with, or no git.
 */
export async function defaultBranchFiles(
  root: string,
  folders: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const present = new Set((await gitOutput(root, ['for-each-ref', '--format=%(refname)', ...branches]))?.split('\n'));
  const branch = branches.find((name) => present.has(name));
  if (branch === undefined) return null;
  const base = (await gitOutput(root, ['merge-base', branch, 'HEAD']))?.trim();
  if (!base) return null;
  const listed = await gitOutput(root, ['ls-tree', '-r', '-z', '--name-only', base, '--', ...folders]);
  return listed === null ? null : new Set(listed.split('\0').filter(Boolean));
}
