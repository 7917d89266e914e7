import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { shopFiles } from './shop.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A directory of its own for one test; what lies beside it goes away with it. */
export function scratch(): string {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), 'phx-upgrade-apply-')));
  made.push(outer);
  mkdirSync(join(outer, 'project'));
  return join(outer, 'project');
}

export function write(root: string, path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

export function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const gitEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@shop.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@shop.test',
};

export function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, env: gitEnv, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

export function commitAll(root: string): void {
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'As it was');
}

/** A repository with the given identity in its own configuration. */
export function initGit(root: string): void {
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'config', 'user.name', 'Ada');
  git(root, 'config', 'user.email', 'ada@shop.test');
}

/** A small project, outside git: nothing there would bring back what is lost. */
export function shopWithoutGit(): string {
  const root = scratch();
  for (const [path, content] of Object.entries(shopFiles))
    write(root, path, content, path === 'bin/start' ? 0o755 : 0o644);
  return root;
}

/** The same, committed in a repository of its own. */
export function shop(): string {
  const root = shopWithoutGit();
  initGit(root);
  commitAll(root);
  return root;
}

/** Everything below a directory but git's: bytes, modes, links and directories, empty ones too. */
export function picture(root: string): Readonly<Record<string, string>> {
  const seen: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(join(root, path))) {
      if (name === '.git') continue;
      const below = path === '' ? name : `${path}/${name}`;
      const stats = lstatSync(join(root, below));
      const mode = (stats.mode & 0o7777).toString(8);
      if (stats.isSymbolicLink()) seen[below] = `link ${readlinkSync(join(root, below))}`;
      else if (stats.isDirectory()) {
        seen[below] = `directory ${mode}`;
        visit(below);
      } else seen[below] = `${mode} ${readFileSync(join(root, below)).toString('base64')}`;
    }
  };
  if (existsSync(root)) visit('');
  return seen;
}

/** Code of the error that an action ends with, or `none`. */
export async function errorCode(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
