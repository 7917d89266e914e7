import { writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { UpgradeError } from '../errors/error.ts';
import { runGit } from '../project/git.ts';
import { type FileTree, memoryTree } from '../project/tree.ts';
import { explained, removeTree, withTemporaryDirectory, writeTree } from './directory.ts';

/** Nobody's configuration takes part: `diff.noprefix`, an external diff or a pager would change the text. */
const nobodys = {
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: '/',
};

const options = [
  '--no-index',
  '--no-prefix',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames',
  '--histogram',
  '--binary',
  '--full-index',
  '--unified=3',
];

/**
 * What `git diff --no-index -M --histogram` says about two trees, with paths `a/…` and `b/…` as `git apply` takes
 * them and with the content of binary files. Only files that differ are written out: git looks for the source of
 * a rename among those alone. Throws `no-git`.
 */
export async function gitDiff(from: FileTree, to: FileTree, path: string | undefined): Promise<string> {
  const [a, b] = [without(from, to), without(to, from)];
  if (a.paths.length + b.paths.length === 0) return '';
  return withTemporaryDirectory(async (directory) => {
    writeTree(a, join(directory, 'a'));
    writeTree(b, join(directory, 'b'));
    const attributes = join(directory, 'attributes');
    await writeFile(attributes, [...unreadable(a, 'a'), ...unreadable(b, 'b')].join(''));
    const { exitCode, output, complaint } = await runGit(directory, ['diff', ...options, 'a', 'b'], {
      env: { PATH: path ?? '' },
      variables: nobodys,
      config: [`core.attributesFile=${attributes}`],
    });
    // 1 says that they differ.
    if (exitCode !== 0 && exitCode !== 1) throw new UpgradeError('no-git', { reason: complaint });
    removeTree(a, join(directory, 'a'));
    removeTree(b, join(directory, 'b'));
    return output;
  }).catch((error) => {
    throw explained(error, 'the temporary directory');
  });
}

/**
 * Git attributes that make a file binary which git would take for text and which is no UTF-8: its lines could not be
 * given as text without loss. A pattern in quotes escapes what is special in it.
 */
function unreadable(tree: FileTree, side: string): string[] {
  const paths = tree.paths.filter((path) => tree.read(path) === undefined);
  return paths.map((path) => `"/${side}/${path.replace(/[\\"*?[\]]/g, '\\\\$&')}" -diff\n`);
}

/** The files of a tree that another one lacks or has with other bytes or another mode. */
function without(tree: FileTree, other: FileTree): FileTree {
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  for (const path of tree.paths) {
    const bytes = tree.bytes(path) ?? new Uint8Array();
    const executable = tree.executable(path);
    const twin = other.bytes(path);
    const equal = twin !== undefined && Buffer.compare(bytes, twin) === 0 && other.executable(path) === executable;
    if (!equal) files.set(path, { bytes, executable });
  }
  return memoryTree(files);
}
