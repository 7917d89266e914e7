import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import { pending } from '../../src/apply/pending.ts';
import { abort, resume, undo } from '../../src/apply/recover.ts';
import { commitAll, errorCode, git, initGit, picture, read, scratch, shop, write } from './support/project.ts';
import { change, contextOf, edited, plain, shopFiles, shopSteps, shopTitles } from './support/shop.ts';

const gently = { force: false };
const withCommits = { ...plain, commit: { steps: shopTitles, branch: null, verify: true } };

describe('undo', () => {
  test('restores every byte, mode and directory, and what git says', async () => {
    const root = shop();
    chmodSync(join(root, 'lib/shop/views'), 0o700);
    chmodSync(join(root, 'bin/start'), 0o775);
    mkdirSync(join(root, 'rel/overlays'), { recursive: true });
    write(root, 'README.md', 'Mine, and not committed\n');
    const before = [picture(root), git(root, 'status', '--porcelain')];
    await applyChanges(contextOf(root), shopSteps(), plain);
    expect(git(root, 'status', '--porcelain').split('\n').length).toBeGreaterThan(5);
    const result = await undo(contextOf(root), gently);
    expect([picture(root), git(root, 'status', '--porcelain')]).toEqual(before);
    expect(result.files).toContain('lib/shop/old.ex');
    expect(await pending(contextOf(root))).toBeNull();
  });

  test('works once, and says so', async () => {
    const root = shop();
    await applyChanges(contextOf(root), shopSteps(), plain);
    await undo(contextOf(root), gently);
    expect(await errorCode(undo(contextOf(root), gently))).toBe('nothing-to-undo');
    expect(await errorCode(resume(contextOf(root)))).toBe('nothing-unfinished');
    expect(await errorCode(abort(contextOf(root), gently))).toBe('nothing-unfinished');
  });

  test('refuses over later edits, and names them', async () => {
    const root = shop();
    await applyChanges(contextOf(root), shopSteps(), plain);
    write(root, 'mix.exs', `${edited.mixTwice}# mine\n`);
    write(root, 'lib/shop/old.ex', '# back again\n');
    const before = picture(root);
    await expect(undo(contextOf(root), gently)).rejects.toThrow('mix.exs, lib/shop/old.ex');
    expect(picture(root)).toEqual(before);
  });

  test('with force goes over later edits, and keeps a copy of each', async () => {
    const root = shop();
    const before = picture(root);
    await applyChanges(contextOf(root), shopSteps(), plain);
    write(root, 'mix.exs', '# mine\n');
    const result = await undo(contextOf(root), { force: true });
    expect(picture(root)).toEqual(before);
    expect(result.copies.map(({ path, copy }) => [path, read('/', copy)])).toEqual([['mix.exs', '# mine\n']]);
  });

  test('leaves later edits of other files alone', async () => {
    const root = shop();
    await applyChanges(contextOf(root), shopSteps(), plain);
    write(root, 'lib/shop/html/mine.ex', '# mine\n');
    await undo(contextOf(root), gently);
    expect(read(root, 'lib/shop/html/mine.ex')).toBe('# mine\n');
    expect(git(root, 'status', '--porcelain')).toBe('?? lib/shop/html/\n');
  });

  test('takes the commits off the branch', async () => {
    const root = shop();
    const head = git(root, 'rev-parse', 'HEAD');
    const before = picture(root);
    await applyChanges(contextOf(root), shopSteps(), withCommits);
    expect(git(root, 'rev-list', '--count', 'HEAD')).toBe('4\n');
    await undo(contextOf(root), gently);
    expect([git(root, 'rev-parse', 'HEAD'), git(root, 'status', '--porcelain')]).toEqual([head, '']);
    expect(picture(root)).toEqual(before);
  });

  test('goes back to the former branch, and removes the one it made', async () => {
    const root = shop();
    await applyChanges(contextOf(root), shopSteps(), { ...plain, commit: { ...withCommits.commit, branch: 'up/1.8' } });
    expect(git(root, 'branch', '--show-current')).toBe('up/1.8\n');
    await undo(contextOf(root), gently);
    expect(git(root, 'branch', '--format=%(HEAD)%(refname:short)')).toBe('*main\n');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('never drops commits made on top of its own; with force it restores the files alone', async () => {
    const root = shop();
    await applyChanges(contextOf(root), shopSteps(), withCommits);
    write(root, 'README.md', 'Later\n');
    commitAll(root);
    const head = git(root, 'rev-parse', 'HEAD');
    expect(await errorCode(undo(contextOf(root), gently))).toBe('head-moved');
    const result = await undo(contextOf(root), { force: true });
    expect(result.commitsKept).toBe(true);
    expect(git(root, 'rev-parse', 'HEAD')).toBe(head);
    expect(read(root, 'mix.exs')).toBe(shopFiles['mix.exs']);
    expect(read(root, 'README.md')).toBe('Later\n');
  });

  test('knows the projects of one repository apart', async () => {
    const top = scratch();
    for (const name of ['one', 'two']) write(top, `${name}/mix.exs`, '1');
    initGit(top);
    commitAll(top);
    const raise = [{ step: 'a', files: [change('mix.exs', '1', '2')] }];
    await applyChanges(contextOf(join(top, 'one')), raise, plain);
    await applyChanges(contextOf(join(top, 'two')), raise, plain);
    await undo(contextOf(join(top, 'one')), gently);
    expect([read(top, 'one/mix.exs'), read(top, 'two/mix.exs')]).toEqual(['1', '2']);
  });
});
