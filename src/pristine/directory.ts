import { mkdirSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { type FileTree, memoryTree } from '../project/tree.ts';
import { isSafePath } from './safe-path.ts';

/** What a fresh repository brings along; a generated project has none of its own. */
const leftOut = new Set(['.git', 'deps', '_build', 'node_modules']);

/**
 * Every file below a directory, with its mode, whatever `.gitignore` says. `refuse` hears of links and other
 * things that are no file, by path.
 */
export async function readDirectory(root: string, refuse: (path: string) => void): Promise<FileTree> {
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    const path = full.slice(root.length + 1).replaceAll('\\', '/');
    if (path.split('/').some((part) => leftOut.has(part)) || entry.isDirectory()) continue;
    if (!entry.isFile()) {
      refuse(path);
      continue;
    }
    files.set(path, { bytes: await readFile(full), executable: ((await lstat(full)).mode & 0o111) !== 0 });
  }
  return memoryTree(files);
}

/**
 * Writes a tree into a directory, with modes. Paths that leave it are refused with `bad-pack`. Without promises:
 * hundreds of small files take a tenth of the time so.
 */
export function writeTree(tree: FileTree, root: string): void {
  const unsafe = tree.paths.find((path) => !isSafePath(path));
  if (unsafe !== undefined) throw new UpgradeError('bad-pack', { path: root, reason: `it names the file ${unsafe}` });
  for (const directory of directoriesOf(tree, root)) mkdirSync(directory, { recursive: true });
  for (const path of tree.paths) {
    const mode = tree.executable(path) ? 0o755 : 0o644;
    writeFileSync(join(root, path), tree.bytes(path) ?? new Uint8Array(), { mode });
  }
}

/** Removes what `writeTree` wrote. Node's own recursive removal takes a hundred times as long. */
export function removeTree(tree: FileTree, root: string): void {
  for (const path of tree.paths) unlinkSync(join(root, path));
  for (const directory of directoriesOf(tree, root).reverse()) rmdirSync(directory);
}

/** A tree's directories on disk, outer before inner. */
function directoriesOf(tree: FileTree, root: string): string[] {
  const directories = new Set([root]);
  for (const path of tree.paths) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      directories.add(join(root, path.slice(0, at)));
  }
  return [...directories].sort();
}

/** Runs work in a fresh temporary directory that is gone afterwards, however the work ends. */
export async function withTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'phx-upgrade-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The same error, or `no-space` where that is what it says. */
export function explained(error: unknown, path: string): unknown {
  const full = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return full ? new UpgradeError('no-space', { path }, error) : error;
}
