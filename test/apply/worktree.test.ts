import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ApplyOptions, applyChanges, inspectChanges } from '../../src/apply/apply.ts';
import { localMachine } from '../../src/apply/local-machine.ts';
import { pending } from '../../src/apply/pending.ts';
import { abort, undo } from '../../src/apply/recover.ts';
import { asDeadProcess, mortal } from './support/mortal.ts';
import { commitAll, errorCode, git, initGit, picture, read, scratch, shop, write } from './support/project.ts';
import { change, contextOf, edited, plain, shopFiles, shopSteps, shopTitles } from './support/shop.ts';

const withCommits: ApplyOptions = { ...plain, commit: { steps: shopTitles, branch: null, verify: true } };
const gently = { force: false };

/** Applies the shop's steps with commits, and takes them back. */
async function thereAndBack(root: string): Promise<void> {
  const before = [picture(root), git(root, 'status', '--porcelain'), git(root, 'rev-parse', 'HEAD')];
  const tracked = git(root, 'status', '--porcelain', '--untracked-files=no');
  await applyChanges(contextOf(root), shopSteps(), withCommits);
  expect(read(root, 'mix.exs').replaceAll('\r', '')).toBe(edited.mixTwice);
  expect(git(root, 'status', '--porcelain', '--untracked-files=no')).toBe(tracked);
  expect(git(root, 'log', '-1', '--format=%s')).toBe('Clean up\n');
  await undo(contextOf(root), gently);
  expect([picture(root), git(root, 'status', '--porcelain'), git(root, 'rev-parse', 'HEAD')]).toEqual(before);
}

/** A run that died, for tests of where its journal lies. */
async function leaveUnfinished(root: string): Promise<void> {
  const { machine } = mortal(asDeadProcess(localMachine()), 20, () => {});
  await errorCode(applyChanges(contextOf(root, machine), shopSteps(), plain));
}

function copyShopTo(root: string): void {
  for (const [path, content] of Object.entries(shopFiles)) {
    write(root, path, content, path === 'bin/start' ? 0o755 : 0o644);
  }
}

describe('an apply works', () => {
  test('in a linked worktree, whose journal is its own', async () => {
    const main = shop();
    const linked = join(scratch(), 'linked tree');
    git(main, 'worktree', 'add', '-q', '-b', 'other', linked);
    await thereAndBack(linked);
    await leaveUnfinished(linked);
    expect((await pending(contextOf(linked)))?.operation).toBe('apply');
    expect(await pending(contextOf(main))).toBeNull();
    expect(existsSync(join(main, '.git/phx-upgrade'))).toBe(false);
  });

  test('in a submodule', async () => {
    const outer = scratch();
    initGit(outer);
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', shop(), 'apps/shop');
    const root = join(outer, 'apps/shop');
    git(root, 'config', 'user.name', 'Ada');
    git(root, 'config', 'user.email', 'ada@shop.test');
    commitAll(outer);
    await thereAndBack(root);
    expect(git(outer, 'status', '--porcelain')).toBe('');
    expect(existsSync(join(outer, '.git/modules/apps/shop/phx-upgrade'))).toBe(true);
  });

  test('in a subdirectory of a repository, where only its own files count', async () => {
    const top = scratch();
    const root = join(top, 'apps of/the shop');
    copyShopTo(root);
    write(top, 'mix.exs', 'top');
    initGit(top);
    commitAll(top);
    write(top, 'mix.exs', 'dirty, and of no concern');
    write(root, 'lib/shop/old.ex', '# mine');
    await expect(applyChanges(contextOf(root), shopSteps().slice(0, 2), plain)).resolves.toMatchObject({
      deleted: ['lib/shop/views/page.ex', 'bin/start'],
    });
    expect((await undo(contextOf(root), gently)).files).toContain('config/runtime.exs');
    git(root, 'checkout', '-q', '--', 'lib/shop/old.ex');
    await thereAndBack(root);
    expect(read(top, 'mix.exs')).toBe('dirty, and of no concern');
    await leaveUnfinished(root);
    expect((await pending(contextOf(top)))?.prefix).toBe('apps of/the shop');
    await abort(contextOf(top), gently);
    expect(git(top, 'status', '--porcelain')).toBe(' M mix.exs\n');
  });

  test('outside git, with the journal in the cache', async () => {
    const root = join(scratch(), 'shop');
    copyShopTo(root);
    const before = picture(root);
    const result = await applyChanges(contextOf(root), shopSteps(), plain);
    expect(result.inGit).toBe(false);
    await undo(contextOf(root), gently);
    expect(picture(root)).toEqual(before);
    await leaveUnfinished(root);
    expect((await pending(contextOf(root)))?.operation).toBe('apply');
    await abort(contextOf(root), gently);
    expect(picture(root)).toEqual(before);
  });

  test('where git is not installed', async () => {
    const root = shop();
    const machine = localMachine();
    const absent: typeof machine.git = () =>
      Promise.resolve({ exitCode: null, output: '', complaint: 'spawn git ENOENT' });
    const context = contextOf(root, { ...machine, git: absent });
    const before = picture(root);
    expect((await applyChanges(context, shopSteps(), plain)).inGit).toBe(false);
    await undo(context, gently);
    expect(picture(root)).toEqual(before);
  });

  test('with core.autocrlf: CRLF in the worktree, LF in the commits', async () => {
    const root = shop();
    git(root, 'config', 'core.autocrlf', 'true');
    git(root, 'rm', '-q', '--cached', '-r', '.');
    git(root, 'reset', '-q', '--hard');
    expect(read(root, 'mix.exs')).toContain('\r\n');
    const windows = (text: Uint8Array | null) => {
      return text === null ? null : Buffer.from(Buffer.from(text).toString().replaceAll('\n', '\r\n'));
    };
    const steps = shopSteps().map(({ step, files }) => {
      return {
        step,
        files: files.map((file) => ({ ...file, before: windows(file.before), after: windows(file.after) })),
      };
    });
    const before = picture(root);
    await applyChanges(contextOf(root), steps, withCommits);
    expect(read(root, 'mix.exs')).toBe(edited.mixTwice.replaceAll('\n', '\r\n'));
    expect(git(root, 'cat-file', 'blob', 'HEAD:mix.exs')).toBe(edited.mixTwice);
    expect(git(root, 'status', '--porcelain')).toBe('');
    await undo(contextOf(root), gently);
    expect([picture(root), git(root, 'status', '--porcelain')]).toEqual([before, '']);
  });

  test('with filenames that need quoting', async () => {
    const root = shop();
    const names = [
      'a b.ex',
      'it\'s "quoted".ex',
      'ünï/côdé.ex',
      'new\nline.ex',
      '-dash.ex',
      ':(glob)*.ex',
      'tab\t.ex',
      '*.ex',
    ];
    for (const name of names.slice(0, 4)) write(root, name, ':before\n');
    commitAll(root);
    const files = names.map((name, at) => change(name, at < 4 ? ':before\n' : null, ':after\n'));
    const before = picture(root);
    const commit = { steps: [{ id: 'a', title: 'A', why: 'b' }], branch: null, verify: true };
    for (const options of [plain, { ...plain, commit }]) {
      await applyChanges(contextOf(root), [{ step: 'a', files }], options);
      for (const name of names) expect(read(root, name)).toBe(':after\n');
      if (options.commit) {
        const committed = git(root, 'show', '--name-only', '-z', '--format=', 'HEAD').split('\0').filter(Boolean);
        expect(committed.toSorted()).toEqual(names.toSorted());
      }
      await undo(contextOf(root), gently);
      expect([picture(root), git(root, 'status', '--porcelain')]).toEqual([before, '']);
    }
    write(root, 'ünï/côdé.ex', '# mine\n');
    const steps = [{ step: 'a', files: [change('ünï/côdé.ex', '# mine\n', ':after\n')] }];
    expect(await errorCode(applyChanges(contextOf(root), steps, plain))).toBe('dirty-worktree');
  });
});

describe.each(['assume-unchanged', 'skip-worktree'])('changes that %s hides from git status', (flag) => {
  test('are uncommitted changes like others', async () => {
    const root = shop();
    git(root, 'update-index', `--${flag}`, 'mix.exs');
    expect(await errorCode(inspectChanges(contextOf(root), shopSteps(), plain))).toBe('none');
    write(root, 'mix.exs', `${shopFiles['mix.exs']}# mine alone\n`);
    const text = read(root, 'mix.exs');
    const steps = [{ step: 'a', files: [change('mix.exs', text, `${text}# more\n`)] }];
    const commit = { steps: [{ id: 'a', title: 'A', why: 'B' }], branch: null, verify: true };
    expect(await errorCode(applyChanges(contextOf(root), steps, { ...plain, commit }))).toBe('commit-needs-clean');
    await expect(applyChanges(contextOf(root), steps, plain)).rejects.toThrow(`mix.exs (hidden from git status`);
    const { copies } = await applyChanges(contextOf(root), steps, { ...plain, allowDirty: true });
    expect(copies.map(({ path }) => path)).toEqual(['mix.exs']);
  });
});

describe('a sparse checkout', () => {
  test('files that it leaves out are not made anew; all else works', async () => {
    const root = shop();
    write(root, 'assets/app.js', 'left out\n');
    commitAll(root);
    git(root, 'sparse-checkout', 'set', '--cone', 'config', 'lib', 'bin');
    expect(existsSync(join(root, 'assets'))).toBe(false);
    const steps = [{ step: 'a', files: [change('assets/app.js', null, 'anew\n')] }];
    expect(await errorCode(applyChanges(contextOf(root), steps, plain))).toBe('sparse-file');
    expect(existsSync(join(root, 'assets'))).toBe(false);
    await thereAndBack(root);
    expect(git(root, 'ls-files', '-t', 'assets/app.js')).toBe('S assets/app.js\n');
    expect(git(root, 'show', 'HEAD:assets/app.js')).toBe('left out\n');
  });
});

test('a repository that git refuses to read is an error, not a project without git', async () => {
  const root = shop();
  write(root, '.git/config', '[core\n');
  expect(await errorCode(applyChanges(contextOf(root), shopSteps(), plain))).toBe('git-failed');
});
