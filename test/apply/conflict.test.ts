import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import type { ConflictedFile } from '../../src/apply/conflict.ts';
import { undo } from '../../src/apply/recover.ts';
import { commitAll, errorCode, git, picture, read, scratch, shop, write } from './support/project.ts';
import { change, contextOf, plain, shopSteps, shopTitles } from './support/shop.ts';

const base = 'one\ntwo\nthree\n';
const yours = 'one\nmine\nthree\n';
const target = 'one\ntheirs\nthree\n';
const marked = 'one\n<<<<<<< yours\nmine\n||||||| base\ntwo\n=======\ntheirs\n>>>>>>> target\nthree\n';
const path = "assets/it's a pägé.css";

function conflicted(more: Partial<ConflictedFile> = {}): ConflictedFile {
  return { path, base, yours, target, marked, ...more };
}

function shopWithPage(content = yours): string {
  const root = shop();
  write(root, path, content);
  commitAll(root);
  return root;
}

async function leaveMarkers(root: string, conflict = conflicted()) {
  return applyChanges(contextOf(root), shopSteps(), { ...plain, conflicts: [conflict] });
}

describe('a conflict left with markers', () => {
  test('is unmerged for git, beside the steps that were applied', async () => {
    const root = shopWithPage();
    const result = await leaveMarkers(root);
    expect(result.conflicts).toEqual([path]);
    expect(read(root, path)).toBe(marked);
    expect(git(root, 'status', '--porcelain', '-z', '--', path)).toBe(`UU ${path}\0`);
    const stages = [1, 2, 3].map((stage) => git(root, 'show', `:${stage}:${path}`));
    expect(stages).toEqual([base, yours, target]);
    expect(() => git(root, 'commit', '-qam', 'Too early', '--', 'mix.exs')).toThrow();
  });

  test('is resolved by checkout --ours and --theirs, and by merging again', async () => {
    const root = shopWithPage();
    await leaveMarkers(root);
    git(root, 'checkout', '-q', '--theirs', '--', path);
    expect(read(root, path)).toBe(target);
    git(root, 'checkout', '-q', '--ours', '--', path);
    expect(read(root, path)).toBe(yours);
    git(root, 'checkout', '-q', '--conflict=diff3', '--', path);
    expect(read(root, path)).toMatch(/<<<<<<< ours\nmine\n\|{7} base\ntwo\n=======\ntheirs\n>>>>>>> theirs/);
    git(root, 'add', path);
    expect(git(root, 'ls-files', '--unmerged')).toBe('');
  });

  test('is resolved by git mergetool with a scripted tool', async () => {
    const root = shopWithPage();
    await leaveMarkers(root);
    const tool = join(scratch(), 'tool');
    write('/', tool, '#!/bin/sh\ncat "$1" "$2" "$3" > "$4"\n');
    chmodSync(tool, 0o755);
    git(root, 'config', 'mergetool.join.cmd', `${tool} "$BASE" "$LOCAL" "$REMOTE" "$MERGED"`);
    git(root, 'config', 'mergetool.join.trustExitCode', 'true');
    git(root, 'config', 'mergetool.keepBackup', 'false');
    execFileSync('git', ['mergetool', '--no-prompt', '--tool=join'], { cwd: root, stdio: 'pipe' });
    expect(read(root, path)).toBe(base + yours + target);
    expect(git(root, 'ls-files', '-u')).toBe('');
    git(root, 'commit', '-qam', 'Resolved');
    expect(git(root, 'status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  test('keeps its mode in the index', async () => {
    const root = shopWithPage();
    chmodSync(join(root, path), 0o755);
    commitAll(root);
    await leaveMarkers(root);
    expect(git(root, 'ls-files', '-u').match(/^100755/gm)).toHaveLength(3);
  });

  test('of a file added on both sides has no base', async () => {
    const root = shopWithPage();
    await leaveMarkers(root, conflicted({ base: null }));
    expect(git(root, 'status', '--porcelain', '-z', '--', path)).toBe(`AA ${path}\0`);
  });

  test('of a file that the target deletes leaves the file alone', async () => {
    const root = shopWithPage();
    await leaveMarkers(root, conflicted({ target: null, marked: null }));
    expect(read(root, path)).toBe(yours);
    expect(git(root, 'status', '--porcelain', '-z', '--', path)).toBe(`UD ${path}\0`);
  });

  test('follows a step that changed the same file', async () => {
    const root = shopWithPage('zero\n');
    const steps = [{ step: 'a', files: [change(path, 'zero\n', yours)] }];
    await applyChanges(contextOf(root), steps, { ...plain, conflicts: [conflicted()] });
    expect(read(root, path)).toBe(marked);
  });

  test('stays out of the commits', async () => {
    const root = shopWithPage();
    const commit = { steps: shopTitles, branch: null, verify: true };
    await applyChanges(contextOf(root), shopSteps(), { ...plain, commit, conflicts: [conflicted()] });
    expect(git(root, 'rev-list', '--count', 'HEAD')).toBe('5\n');
    expect(git(root, 'show', `HEAD:${path}`)).toBe(yours);
    expect(git(root, 'status', '--porcelain', '-z')).toBe(`UU ${path}\0`);
  });

  test('is undone, in the index too', async () => {
    const root = shopWithPage();
    const before = [picture(root), git(root, 'ls-files', '-s')];
    await leaveMarkers(root);
    await undo(contextOf(root), { force: false });
    expect([picture(root), git(root, 'ls-files', '-s')]).toEqual(before);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('once resolved is a later edit that undo does not touch', async () => {
    const root = shopWithPage();
    await leaveMarkers(root);
    write(root, path, 'resolved\n');
    git(root, 'add', path);
    expect(await errorCode(undo(contextOf(root), { force: false }))).toBe('changed-since-apply');
    expect(read(root, path)).toBe('resolved\n');
  });

  test('is not written over uncommitted changes', async () => {
    const root = shopWithPage(base);
    write(root, path, yours);
    expect(await errorCode(leaveMarkers(root))).toBe('dirty-worktree');
    expect(read(root, path)).toBe(yours);
  });

  test('has its markers alone outside git', async () => {
    const root = scratch();
    write(root, path, yours);
    const result = await applyChanges(contextOf(root), [], { ...plain, conflicts: [conflicted()] });
    expect([result.inGit, read(root, path)]).toEqual([false, marked]);
    await undo(contextOf(root), { force: false });
    expect(read(root, path)).toBe(yours);
  });
});
