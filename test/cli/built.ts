import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { scratch } from '../support/pristine.ts';

const root = resolve(import.meta.dirname, '../..');
export const main = join(root, 'dist/cli/main.js');

function newest(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/**
 * Makes sure that `dist` was built from `src` as it is: these tests run what users run. They do not build it themselves,
 * since several files of tests run at once, and a build replaces what the others are running.
 *
 * @throws Error that says how to build
 */
export function freshBuild(): void {
  if (existsSync(main) && statSync(main).mtimeMs > newest(join(root, 'src'))) return;
  throw new Error('dist/ is missing or older than src/: run npm run build');
}

/** How a run of the built program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const cache = scratch('cache');

/** An environment without Elixir, with git, and with a cache of its own. */
export const plainEnvironment: Readonly<Record<string, string>> = {
  PATH: gitOnlyPath(),
  HOME: cache,
  XDG_CACHE_HOME: cache,
  // What is asked of the network has tests with a repository of their own.
  HEX_OFFLINE: '1',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

/** A directory that holds git alone. */
function gitOnlyPath(): string {
  const directory = scratch('bin');
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(directory, 'git'), `#!/bin/sh\nexec ${git} "$@"\n`, { mode: 0o755 });
  return directory;
}

/** Runs the built program with some words in a directory, as a process of its own. */
export function builtProgram(words: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd,
    encoding: 'utf8',
    env: { ...plainEnvironment, ...env },
  });
  return { code: status, stdout, stderr };
}

export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-C', directory, ...args], { encoding: 'utf8', env: { ...plainEnvironment } });
}

/** Writes files into a fresh directory; a null leaves one out. */
export function written(name: string, files: Readonly<Record<string, string | Uint8Array | null>>): string {
  const directory = scratch(name);
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** The same, as the first commit of a repository. */
export function committed(name: string, files: Readonly<Record<string, string | Uint8Array | null>>): string {
  const directory = written(name, files);
  git(directory, 'init', '--quiet', '--template=', '--initial-branch=main');
  for (const folder of ['hooks', 'info']) mkdirSync(join(directory, '.git', folder));
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=Start');
  return directory;
}

/** Every file's bytes, `.git` left out: to see that nothing was written. */
export function contents(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(directory, '.git/')));
  return Object.fromEntries(
    files.sort().map((path) => [path.slice(directory.length + 1), readFileSync(path, 'base64')]),
  );
}
