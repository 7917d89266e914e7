import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDiff } from '../../src/diff/parse-diff.ts';
import { unifiedDiff } from '../../src/diff/unified.ts';
import { readDirectory, writeTree } from '../../src/pristine/directory.ts';
import { gitDiff } from '../../src/pristine/git-diff.ts';
import { sampleNames } from '../../src/pristine/naming.ts';
import { openPack } from '../../src/pristine/sources/pack/pack.ts';
import { treeHash } from '../../src/pristine/sources/pack/pack-format.ts';
import { obtain } from '../../src/pristine/sources/select.ts';
import type { FileTree } from '../../src/project/tree.ts';
import { type Check, type CheckInput, say } from './check.ts';

/**
 * Applies the diff of every two consecutive default projects to the first with `git apply`, and compares the result with
 * the second byte for byte.
 */
export const diff: Check = {
  says: 'the diff of two generated projects, applied by git, makes the second of the first',
  run: applies,
};

async function applies({ pack: directory }: CheckInput): Promise<boolean> {
  const pack = await openPack(directory);
  const versions = await pack.versions();
  const treeOf = async (version: string) => (await obtain([pack], { version, flags: [], names: sampleNames([]) })).tree;
  let [failures, hunks, renames, binaries] = [0, 0, 0, 0];
  for (const [index, to] of versions.entries()) {
    const from = versions[index - 1];
    if (from === undefined) continue;
    const [old, next] = [await treeOf(from), await treeOf(to)];
    const { files } = parseDiff(await gitDiff(old, next, process.env.PATH));
    hunks += files.reduce((sum, file) => sum + file.hunks.length, 0);
    renames += files.filter((file) => file.status === 'renamed').length;
    binaries += files.filter((file) => file.binary !== null).length;
    if (treeHash(await applied(old, unifiedDiff({ files }))) === treeHash(next)) continue;
    failures += 1;
    say(`${from} -> ${to}: the applied diff gives another tree`);
  }
  say(
    `${versions.length - 1} pairs, ${hunks} hunks, ${renames} renames, ${binaries} binary files, ${failures} failures`,
  );
  return failures === 0;
}

async function applied(tree: FileTree, patch: string): Promise<FileTree> {
  const root = await mkdtemp(join(tmpdir(), 'phx-upgrade-verify-'));
  try {
    writeTree(tree, root);
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    if (patch !== '') execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: root, input: patch });
    return await readDirectory(root, () => undefined);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
