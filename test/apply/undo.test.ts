import { chmodSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import { finishedApplies, lastApplied, leftByApplies } from '../../src/apply/finished.ts';
import { pending } from '../../src/apply/pending.ts';
import { abort, resume, undo } from '../../src/apply/recover.ts';
import { dies, finish, giveUp } from './support/death.ts';
import { commitAll, errorCode, git, initGit, picture, read, scratch, shop, write } from './support/project.ts';
import { change, contextOf, edited, plain, quick, shopFiles, shopSteps, shopTitles } from './support/shop.ts';

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

  test('writes nothing where a directory has become a link since', async () => {
    const root = shop();
    await applyChanges(contextOf(root), shopSteps(), plain);
    renameSync(join(root, 'lib'), join(root, '../elsewhere'));
    symlinkSync('../elsewhere', join(root, 'lib'));
    const before = picture(join(root, '../elsewhere'));
    for (const force of [false, true]) {
      expect(await errorCode(undo(contextOf(root), { force }))).toBe('outside-root');
    }
    expect(picture(join(root, '../elsewhere'))).toEqual(before);
    expect(await pending(contextOf(root))).toBeNull();
  });

  test.each(['../outside.txt', '/tmp/outside.txt', '.git/hooks/pre-commit', 'lib/../../outside.txt', 'a\0b'])(
    'writes nothing by a journal that names %j',
    async (path) => {
      const root = shop();
      await applyChanges(contextOf(root), shopSteps(), plain);
      const journals = join(root, '.git/phx-upgrade');
      const [name = ''] = readdirSync(journals).filter((one) => one.startsWith('last-'));
      const journal = JSON.parse(read(journals, name));
      journal.parts[0].files[0].path = path;
      write(journals, name, JSON.stringify(journal));
      const before = picture(join(root, '..'));
      expect(await errorCode(undo(contextOf(root), { force: true }))).toBe('bad-journal');
      expect(picture(join(root, '..'))).toEqual(before);
    },
  );

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

describe('undo of several applies', () => {
  const raises = [
    ['0.1', '0.2'],
    ['0.2', '0.3'],
    ['0.3', '0.4'],
  ] as const;
  async function raised(context = contextOf): Promise<string> {
    const root = scratch();
    write(root, 'VERSION', '0.1');
    write(root, 'NOTES', 'none');
    if (context === contextOf) {
      initGit(root);
      commitAll(root);
    }
    for (const [before, after] of raises) {
      const step = [{ step: after, files: [change('VERSION', before, after)] }];
      await applyChanges(context(root), step, { ...plain, allowDirty: true });
    }
    return root;
  }

  /** Outside git, quickly. */
  const quickly = (root: string) => contextOf(root, quick());

  test('goes back over one after the other, down to the first', async () => {
    const root = await raised();
    for (const [before, after] of raises.toReversed()) {
      expect(read(root, 'VERSION')).toBe(after);
      expect(await lastApplied(contextOf(root))).toEqual([after]);
      await undo(contextOf(root), gently);
      expect(read(root, 'VERSION')).toBe(before);
    }
    expect(await lastApplied(contextOf(root))).toBeNull();
    expect(await errorCode(undo(contextOf(root), gently))).toBe('nothing-to-undo');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('stops at a file that was edited since, and goes on when it is as it was', async () => {
    const root = await raised();
    await undo(contextOf(root), gently);
    write(root, 'VERSION', '0.3-mine');
    expect(await errorCode(undo(contextOf(root), gently))).toBe('changed-since-apply');
    write(root, 'VERSION', '0.3');
    await undo(contextOf(root), gently);
    expect(read(root, 'VERSION')).toBe('0.2');
  });

  test('are listed, the next one first, with what was changed by hand since', async () => {
    const root = await raised();
    const listed = async () =>
      (await finishedApplies(contextOf(root))).map(({ steps, edited }) => [...steps, ...edited]);
    expect(await listed()).toEqual([['0.4'], ['0.3'], ['0.2']]);
    write(root, 'VERSION', '0.4-mine');
    expect(await listed()).toEqual([['0.4', 'VERSION'], ['0.3'], ['0.2']]);
    await undo(contextOf(root), { force: true });
    expect(await listed()).toEqual([['0.3'], ['0.2']]);
  });

  test('an apply after an undo takes the place of the undone one', async () => {
    const root = await raised();
    await undo(contextOf(root), gently);
    await applyChanges(contextOf(root), [{ step: 'notes', files: [change('NOTES', 'none', 'some')] }], plain);
    expect(await lastApplied(contextOf(root))).toEqual(['notes']);
    await undo(contextOf(root), gently);
    await undo(contextOf(root), gently);
    expect([read(root, 'NOTES'), read(root, 'VERSION')]).toEqual(['none', '0.2']);
  });

  test('files are its own while they stand as the last apply left them', async () => {
    const root = await raised();
    await applyChanges(contextOf(root), [{ step: 'notes', files: [change('NOTES', 'none', 'some')] }], plain);
    expect([...(await leftByApplies(contextOf(root)))].sort()).toEqual(['NOTES', 'VERSION']);
    write(root, 'NOTES', 'mine');
    expect([...(await leftByApplies(contextOf(root)))]).toEqual(['VERSION']);
  });

  test('a process that dies at any write point of one leaves the others to be undone', async () => {
    for (let at = 0; ; at += 1) {
      const root = await raised(quickly);
      const died = await dies(root, at, (context) => undo(context, gently), quick());
      const left = await pending(quickly(root));
      if (left !== null) await (at % 2 === 0 ? finish : giveUp)(quickly(root));
      const at03 = read(root, 'VERSION') === '0.3';
      expect(await lastApplied(quickly(root))).toEqual([at03 ? '0.3' : '0.4']);
      for (const _ of at03 ? raises.slice(1) : raises) await undo(quickly(root), gently);
      expect(read(root, 'VERSION')).toBe('0.1');
      if (!died) break;
    }
  });

  test('a process that dies at any write point of an apply leaves the earlier ones to be undone', async () => {
    const notes = [{ step: 'notes', files: [change('NOTES', 'none', 'some')] }];
    for (let at = 0; ; at += 1) {
      const root = await raised(quickly);
      const died = await dies(root, at, (context) => applyChanges(context, notes, plain), quick());
      const left = await pending(quickly(root));
      if (left !== null) await (at % 2 === 0 ? finish : giveUp)(quickly(root));
      const isDone = read(root, 'NOTES') === 'some';
      expect(await lastApplied(quickly(root))).toEqual([isDone ? 'notes' : '0.4']);
      for (const _ of isDone ? [...raises, 'notes'] : raises) await undo(quickly(root), gently);
      expect([read(root, 'NOTES'), read(root, 'VERSION')]).toEqual(['none', '0.1']);
      if (!died) break;
    }
  });
});
