/**
 * Applies the diff of every two consecutive default projects to the first with `git apply`, and compares the result
 * with the second byte for byte. Takes the directory of the generated projects: `verify-diff DIRECTORY`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDiff } from '../src/diff/parse-diff.ts';
import { unifiedDiff } from '../src/diff/unified.ts';
import { readDirectory, writeTree } from '../src/pristine/directory.ts';
import { gitDiff } from '../src/pristine/git-diff.ts';
import { sampleNames } from '../src/pristine/naming.ts';
import { openPack } from '../src/pristine/pack.ts';
import { treeHash } from '../src/pristine/pack-format.ts';
import { obtain } from '../src/pristine/select.ts';
import type { FileTree } from '../src/project/tree.ts';

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

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: verify-diff DIRECTORY');
const pack = await openPack(directory);
const versions = await pack.versions();
const treeOf = async (version: string) => (await obtain([pack], { version, flags: [], names: sampleNames([]) })).tree;
let [failures, hunks, renames, binaries] = [0, 0, 0, 0];
for (const [index, to] of versions.entries()) {
  const from = versions[index - 1];
  if (from === undefined) continue;
  const [old, next] = [await treeOf(from), await treeOf(to)];
  const diff = parseDiff(await gitDiff(old, next, process.env.PATH));
  hunks += diff.files.reduce((sum, file) => sum + file.hunks.length, 0);
  renames += diff.files.filter((file) => file.status === 'renamed').length;
  binaries += diff.files.filter((file) => file.binary !== null).length;
  const same = treeHash(await applied(old, unifiedDiff(diff))) === treeHash(next);
  if (!same) failures += 1;
  if (!same) process.stdout.write(`${from} -> ${to}: the applied diff gives another tree\n`);
}
process.stdout.write(
  `${versions.length - 1} pairs, ${hunks} hunks, ${renames} renames, ${binaries} binary files, ${failures} failures\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
