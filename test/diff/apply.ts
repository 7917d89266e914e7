import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileTree } from '../../src/project/tree.ts';
import { readTree, scratch } from '../support/pristine.ts';

const env = { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent', LC_ALL: 'C' };

/** The tree that `git apply` makes of another one with a patch. */
export function applied(tree: FileTree, patch: string): FileTree {
  const root = scratch('apply');
  try {
    for (const path of tree.paths) {
      const full = join(root, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, tree.bytes(path) ?? '');
      chmodSync(full, tree.executable(path) ? 0o755 : 0o644);
    }
    execFileSync('git', ['init', '--quiet', root], { env });
    if (patch !== '')
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
        cwd: root,
        env,
        input: patch,
        stdio: ['pipe', 'ignore', 'pipe'],
      });
    rmSync(join(root, '.git'), { recursive: true });
    return readTree(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
