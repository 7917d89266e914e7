import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { describe, test } from 'vitest';
import { type FileTree, memoryTree } from '../../src/project/tree.ts';

const archive = resolve(import.meta.dirname, '../../../shared/pristine/pristine.tar.xz');

/** Whether the generated projects are at hand. */
export const hasPristine = existsSync(archive);

/**
 * `describe` for tests that need the generated projects; says so where they are absent. The body, which may list their
 * versions, is not run then.
 */
export const describePristine: (name: string, body: () => void) => void = hasPristine
  ? describe
  : (name) => test.skip(`${name} (skipped: no ../shared/pristine)`);

/** The unpacked archive: `pristine/<version>/<variant>`, `published/…`, `releases/<version>`. Unpacked once a machine. */
export function pristineRoot(): string {
  const { size, mtimeMs } = statSync(archive);
  const root = join(tmpdir(), `phx-upgrade-pristine-${size}-${Math.trunc(mtimeMs)}`);
  if (existsSync(root)) return root;
  const unpacking = mkdtempSync(join(tmpdir(), 'phx-upgrade-unpacking-'));
  execFileSync('tar', ['-xJf', archive, '-C', unpacking]);
  try {
    renameSync(unpacking, root);
  } catch {
    // Another test process was first.
    rmSync(unpacking, { recursive: true, force: true });
  }
  return root;
}

/** All files below a directory as a tree. */
export function readTree(directory: string): FileTree {
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const executable = (statSync(path).mode & 0o111) !== 0;
    files.set(relative(directory, path).split(sep).join('/'), { bytes: readFileSync(path), executable });
  }
  return memoryTree(files);
}

/** One generated project of the archive. */
export function pristineTree(version: string, variant = 'default'): FileTree {
  return readTree(join(pristineRoot(), 'pristine', version, variant));
}

/** Versions in the archive, oldest first. */
export function pristineVersions(): string[] {
  const parts = (version: string) => version.split('.').map(Number);
  return readdirSync(join(pristineRoot(), 'pristine')).sort((a, b) => {
    const [x, y] = [parts(a), parts(b)];
    return (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0) || (x[2] ?? 0) - (y[2] ?? 0);
  });
}

/** A fresh directory that the caller fills. */
export function scratch(name: string): string {
  const directory = join(tmpdir(), 'phx-upgrade-tests');
  mkdirSync(directory, { recursive: true });
  return mkdtempSync(join(directory, `${name}-`));
}
