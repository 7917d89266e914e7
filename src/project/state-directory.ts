import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gitOutput } from './git.ts';

/** Where what this program remembers of a project lies, beside the project's own files. */
export interface StateDirectory {
  /** Absolute; need not exist. */
  readonly path: string;
  /** The project's root, relative to the top of its repository; empty when they are the same. */
  readonly project: string;
}

/** In git's own directory, where each worktree has one; outside git in the cache. */
export async function stateDirectory(root: string, cache: string): Promise<StateDirectory> {
  // Git itself has to say where only for worktrees, submodules and projects below a repository's root.
  if (existsSync(join(root, '.git', 'HEAD'))) return { path: join(root, '.git', 'phx-upgrade'), project: '' };
  const said = await gitOutput(root, ['rev-parse', '--git-path', 'phx-upgrade', '--show-prefix']);
  const [path, prefix = ''] = said?.split(/\r?\n/) ?? [];
  if (path) return { path: resolve(root, path), project: prefix.replace(/\/$/, '') };
  return { path: join(cache, 'journals', keyOf(realpathSync(root))), project: '' };
}

/** Short name of a text that may hold any character. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
