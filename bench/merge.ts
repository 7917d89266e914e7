/**
 * Conflict regions of ours against those of `git merge-file`, file by file, in one run: over the hand-written cases, over
 * old generated projects that were never upgraded beyond their locked version, and over projects named on the command
 * line. Key files, where facts decide, are left out on both sides. Takes the directory of the generated projects,
 * VERSION/VARIANT: `merge DIRECTORY [PROJECT...]`. Prints JSON; `ratio` is ours to git's.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseDiff } from '../src/diff/parse-diff.ts';
import { detect } from '../src/facts/detect.ts';
import { projectFacts } from '../src/facts/extract/project.ts';
import { planFiles } from '../src/merge/files/plan-files.ts';
import { mergeFile } from '../src/merge/text/file.ts';
import { conflictsOf } from '../src/merge/text/text-merge.ts';
import { variantOf } from '../src/pristine/flags.ts';
import { gitDiff } from '../src/pristine/git-diff.ts';
import { renameTree, sampleNames } from '../src/pristine/naming.ts';
import { SnapshotStore } from '../src/pristine/snapshots.ts';
import { compareVersions, isStable } from '../src/pristine/versions.ts';
import { diskTree } from '../src/project/disk-tree.ts';
import { readProject } from '../src/project/project.ts';
import type { FileTree } from '../src/project/tree.ts';
import { isKeyFile } from '../test/merge/files/convergence.ts';
import { mergeCases } from '../test/merge/text/fixture.ts';
import { readTree } from '../test/support/pristine.ts';

const [root, ...projects] = process.argv.slice(2);
if (root === undefined) throw new Error('Usage: merge DIRECTORY [PROJECT...]');
const versions = readdirSync(root).filter(isStable).sort(compareVersions);
const scratch = mkdtempSync(join(tmpdir(), 'phx-upgrade-bench-'));

interface Count {
  readonly name: string;
  readonly files: number;
  readonly git: number;
  readonly ours: number;
}

/** Conflict regions that git finds: its exit code says how many, up to 127. */
function gitConflicts(base: string, yours: string, target: string): number {
  for (const [name, text] of Object.entries({ base, yours, target })) writeFileSync(join(scratch, name), text);
  const { stdout } = spawnSync('git', ['merge-file', '-p', 'yours', 'base', 'target'], { cwd: scratch });
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('<<<<<<< ')).length;
}

function countCases(): Count {
  const cases = mergeCases();
  return {
    name: 'cases',
    files: cases.length,
    git: cases.reduce((sum, { base, yours, target }) => sum + gitConflicts(base, yours, target), 0),
    ours: cases.reduce(
      (sum, { path, base, yours, target }) => sum + conflictsOf(mergeFile(path, base, yours, target)).length,
      0,
    ),
  };
}

/** One project: what its locked version and the target wrote, merged into what it has. */
async function countProject(name: string, tree: FileTree, to: string, locked?: string): Promise<Count> {
  const project = readProject(tree, name);
  const { history, flags, origin } = detect(project, projectFacts(project), new SnapshotStore());
  const wanted = locked ?? project.locked.get('phoenix') ?? origin.version ?? '';
  const from = versions.filter((version) => compareVersions(version, wanted) <= 0).at(-1) ?? versions[0] ?? '';
  const variants = [variantOf(flags.map(({ flag }) => flag)), ...flags.map(({ variant }) => variant), 'default'];
  const variant =
    variants.find((one) => [from, to].every((version) => existsSync(join(root ?? '', version, one)))) ?? 'default';
  const sample = sampleNames(variant === 'umbrella' ? ['--umbrella'] : []);
  const trees = new Map<string, FileTree>();
  const treeOf = (version: string): FileTree | null => {
    const directory = join(root ?? '', version, variant);
    if (!existsSync(directory)) return null;
    const known = trees.get(version) ?? renameTree(readTree(directory), sample, project.names);
    trees.set(version, known);
    return known;
  };
  const [old, target] = [treeOf(from), treeOf(to)];
  if (!old || !target) throw new Error(`${name}: no pristine project of ${from} or ${to}`);
  const diff = parseDiff(await gitDiff(old, target, process.env.PATH));
  const factOwned = new Set([...old.paths, ...target.paths].filter(isKeyFile));
  const between = versions.filter((one) => compareVersions(one, from) >= 0 && compareVersions(one, to) <= 0);
  const baseText = (path: string, version: string) => treeOf(version)?.read(path);
  const texts = { diff, old, target, versions: between, baseText };
  const outcomes = planFiles({ project, history, from, to, origin: origin.version, texts, factOwned });
  let [files, git] = [0, 0];
  for (const { path, from: former } of diff.files.filter((file) => !factOwned.has(file.path))) {
    const yours = tree.read(former ?? path) ?? tree.read(path);
    const next = target.read(path);
    if (yours === undefined || next === undefined) continue;
    files += 1;
    git += gitConflicts(old.read(former ?? path) ?? '', yours, next);
  }
  return {
    name: `${name} ${from} -> ${to} (${variant})`,
    files,
    git,
    ours: outcomes.reduce((sum, { conflicts }) => sum + conflicts.length, 0),
  };
}

const counts = [countCases()];
// Generated by the first, locked at the second, and to be upgraded to the third.
const neglected = [
  ['1.3.4', '1.5.14', '1.8.8'],
  ['1.4.17', '1.6.16', '1.7.21'],
  ['1.5.14', '1.6.16', '1.8.8'],
  ['1.6.2', '1.7.21', '1.8.8'],
] as const;
for (const [generated, locked, to] of neglected)
  counts.push(await countProject(`generated by ${generated}`, readTree(join(root, generated, 'default')), to, locked));
for (const project of projects) counts.push(await countProject(basename(project), await diskTree(project), '1.8.8'));
rmSync(scratch, { recursive: true });

const sum = (key: 'git' | 'ours') => counts.reduce((total, count) => total + count[key], 0);
const ratio = Math.round((sum('ours') / sum('git')) * 1000) / 1000;
process.stdout.write(`${JSON.stringify({ counts, git: sum('git'), ours: sum('ours'), ratio }, null, 2)}\n`);
