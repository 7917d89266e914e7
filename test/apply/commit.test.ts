import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges, type CommitOptions } from '../../src/apply/apply.ts';
import { undo } from '../../src/apply/recover.ts';
import { commitAll, errorCode, git, picture, read, scratch, shop, write } from './support/project.ts';
import { change, contextOf, edited, plain, shopFiles, shopSteps, shopTitles } from './support/shop.ts';

const commit: CommitOptions = { steps: shopTitles, branch: null, verify: true };
const commits = (more: Partial<CommitOptions> = {}) => ({ ...plain, commit: { ...commit, ...more } });
const config = shopFiles['config/config.exs'] ?? '';

function hook(root: string, name: string, script: string): void {
  write(root, `.git/hooks/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, '.git/hooks', name), 0o755);
}

describe('one commit per step', () => {
  test('in order, with title and reason, and nothing left to commit', async () => {
    const root = shop();
    const result = await applyChanges(contextOf(root), shopSteps(), commits());
    const log = git(root, 'log', '--reverse', '--format=%s', 'HEAD~3..').trim().split('\n');
    expect(log).toEqual(shopTitles.map(({ title }) => title));
    const body = git(root, 'log', '-1', '--format=%b', 'HEAD~1').trim();
    expect(body.replaceAll('\n', ' ')).toBe(shopTitles[1]?.why);
    expect(Math.max(...body.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(git(root, 'show', 'HEAD~2:mix.exs')).toBe(edited.mix);
    expect(git(root, 'show', 'HEAD:mix.exs')).toBe(edited.mixTwice);
    expect(git(root, 'ls-tree', 'HEAD', 'rel/overlays/bin/').match(/100755/g)).toHaveLength(2);
    expect(result.commits.map(({ step }) => step)).toEqual(['version', 'layout', 'clean']);
    expect(result.commits.at(-1)?.commit).toBe(git(root, 'rev-parse', 'HEAD').trim());
  });

  test('on a branch made from HEAD, which must be new and well named', async () => {
    const root = shop();
    for (const branch of ['main', 'a..b', '-x', '@{-1}', '']) {
      const expected = branch === 'main' ? 'branch-exists' : 'bad-branch';
      expect(await errorCode(applyChanges(contextOf(root), shopSteps(), commits({ branch })))).toBe(expected);
    }
    const main = git(root, 'rev-parse', 'main');
    await applyChanges(contextOf(root), shopSteps(), commits({ branch: 'upgrade' }));
    expect(git(root, 'rev-parse', 'main', 'upgrade~3')).toBe(main + main);
  });

  test('on a detached HEAD', async () => {
    const root = shop();
    git(root, 'switch', '-q', '--detach');
    const head = git(root, 'rev-parse', 'HEAD');
    await applyChanges(contextOf(root), shopSteps(), commits());
    expect(git(root, 'rev-parse', 'HEAD~3')).toBe(head);
    await undo(contextOf(root), { force: false });
    expect([git(root, 'rev-parse', 'HEAD'), git(root, 'status', '--porcelain')]).toEqual([head, '']);
  });

  test('needs a repository with a commit', async () => {
    const bare = scratch();
    expect(await errorCode(applyChanges(contextOf(bare), [], commits()))).toBe('commit-without-git');
    git(bare, 'init', '-q');
    expect(await errorCode(applyChanges(contextOf(bare), [], commits()))).toBe('commit-without-head');
  });

  test('a title that looks like a comment or an option stays as it is', async () => {
    const root = shop();
    const steps = [{ id: 'version', title: '# -m "x" $(id)', why: '#1' }];
    await applyChanges(contextOf(root), shopSteps().slice(0, 1), commits({ steps }));
    expect(git(root, 'log', '-1', '--format=%B').trim()).toBe('# -m "x" $(id)\n\n#1');
  });

  test('a new file that git ignores is written, and stays out of the commit', async () => {
    const root = shop();
    write(root, '.gitignore', 'runtime.exs\n');
    commitAll(root);
    await applyChanges(contextOf(root), shopSteps().slice(0, 1), commits());
    expect(read(root, 'config/runtime.exs')).toBe(edited.runtime);
    expect(git(root, 'show', '--name-only', '--format=', 'HEAD')).toBe('mix.exs\n');
  });
});

describe("the user's uncommitted changes never slip into a commit", () => {
  test('staged and unstaged changes of other files stay what they were', async () => {
    const root = shop();
    write(root, 'README.md', 'Staged\n');
    write(root, 'new.txt', 'Staged too\n');
    git(root, 'add', 'README.md', 'new.txt');
    write(root, 'README.md', 'Staged\nand more\n');
    write(root, 'config/config.exs', `${config}# unstaged\n`);
    git(root, 'add', '--intent-to-add', 'new.txt');
    write(root, 'untracked.txt', 'mine');
    const before = [git(root, 'status', '--porcelain'), git(root, 'diff'), git(root, 'diff', '--cached')];
    await applyChanges(contextOf(root), shopSteps(), commits());
    expect([git(root, 'status', '--porcelain'), git(root, 'diff'), git(root, 'diff', '--cached')]).toEqual(before);
    const touched = git(root, 'diff', '--name-only', '--no-renames', 'HEAD~3', 'HEAD');
    expect(touched).not.toMatch(/README|new\.txt|config\.exs|untracked/);
    await undo(contextOf(root), { force: false });
    expect([git(root, 'status', '--porcelain'), git(root, 'diff'), git(root, 'diff', '--cached')]).toEqual(before);
  });

  test('in a file that a step touches they are refused, even when dirty files are allowed', async () => {
    for (const stage of [true, false]) {
      const root = shop();
      const mine = `# mine\n${shopFiles['mix.exs']}`;
      write(root, 'mix.exs', mine);
      if (stage) git(root, 'add', 'mix.exs');
      const head = git(root, 'rev-parse', 'HEAD');
      const steps = [{ step: 'version', files: [change('mix.exs', mine, `${mine}# theirs\n`)] }];
      const code = await errorCode(applyChanges(contextOf(root), steps, { ...commits(), allowDirty: true }));
      expect(code).toBe('commit-needs-clean');
      expect([git(root, 'rev-parse', 'HEAD'), read(root, 'mix.exs')]).toEqual([head, mine]);
    }
  });
});

describe('hooks', () => {
  test('see the files of their step, and nothing else staged', async () => {
    const root = shop();
    write(root, 'README.md', 'Staged\n');
    git(root, 'add', 'README.md');
    hook(
      root,
      'pre-commit',
      'git diff --cached --name-only --no-renames | tr "\\n" " " >> .git/seen; cat mix.exs >> .git/seen',
    );
    await applyChanges(contextOf(root), shopSteps().slice(0, 1), commits());
    expect(read(root, '.git/seen')).toBe(`config/runtime.exs mix.exs ${edited.mix}`);
  });

  test('that refuse a step keep the commits before it, and its files as they were', async () => {
    const root = shop();
    hook(root, 'pre-commit', 'test ! -e lib/shop/html/page.ex || { echo "no html here"; exit 1; }');
    const failure = applyChanges(contextOf(root), shopSteps(), commits());
    await expect(failure).rejects.toThrow('step layout: no html here');
    expect(git(root, 'log', '--format=%s')).toBe('Lift the version\nAs it was\n');
    expect(git(root, 'status', '--porcelain')).toBe('');
    const after = picture(root);
    expect(after).toHaveProperty('lib/shop/views/page.ex');
    await undo(contextOf(root), { force: false });
    expect(git(root, 'log', '--format=%s')).toBe('As it was\n');
  });

  test('that refuse the first step leave everything as it was, the branch too', async () => {
    const root = shop();
    const before = picture(root);
    hook(root, 'commit-msg', 'exit 1');
    expect(await errorCode(applyChanges(contextOf(root), shopSteps(), commits({ branch: 'b' })))).toBe(
      'commit-refused',
    );
    expect([picture(root), git(root, 'branch', '--format=%(HEAD)%(refname:short)')]).toEqual([before, '*main\n']);
  });

  test('that refuse while somebody saves a file of the step leave it as it was saved', async () => {
    const root = shop();
    hook(root, 'pre-commit', 'test ! -e lib/shop/html/page.ex || { echo "# mine" >> rel/overlays/bin/start; exit 1; }');
    const failure = applyChanges(contextOf(root), shopSteps(), commits());
    await expect(failure).rejects.toThrow('left as they are: rel/overlays/bin/start.');
    expect(read(root, 'rel/overlays/bin/start')).toBe(`${shopFiles['bin/start']}# moved\n# mine\n`);
    expect(git(root, 'status', '--porcelain', '--untracked-files=all')).toBe('?? rel/overlays/bin/start\n');
    expect(git(root, 'log', '--format=%s')).toBe('Lift the version\nAs it was\n');
  });

  test('are left out with verify off', async () => {
    const root = shop();
    hook(root, 'pre-commit', 'exit 1');
    await applyChanges(contextOf(root), shopSteps(), commits({ verify: false }));
    expect(git(root, 'rev-list', '--count', 'HEAD')).toBe('4\n');
  });

  test('that reformat a file are not written over by a later step', async () => {
    const root = shop();
    hook(root, 'pre-commit', 'echo "# formatted" >> mix.exs && git add mix.exs');
    const code = await errorCode(applyChanges(contextOf(root), shopSteps(), commits()));
    expect(code).toBe('changed-while-applying');
    expect(git(root, 'show', 'HEAD:mix.exs')).toContain('# formatted');
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('that add a file to a commit do not unstage what the user staged', async () => {
    const root = shop();
    write(root, 'README.md', 'Staged\n');
    git(root, 'add', 'README.md');
    hook(root, 'pre-commit', 'date > stamp; git add stamp');
    await applyChanges(contextOf(root), shopSteps(), commits());
    expect(git(root, 'status', '--porcelain')).toBe('M  README.md\n');
  });
});
