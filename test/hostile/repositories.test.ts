import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadProject } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { defaultBranchFiles } from '../../src/project/default-branch.ts';
import { diskTree } from '../../src/project/disk-tree.ts';
import { scratch } from '../support/pristine.ts';
import { type Files, kiln } from './atelier.ts';

function written(files: Files, root = scratch('odd')): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );

function committed(root = written(kiln)): string {
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'kiln');
  return root;
}

const stepsAt = async (root: string) =>
  planProject(await loadProject(root)).steps.map(({ id, status }) => `${id} ${status}`);
const usual = await stepsAt(written(kiln));

describe('a repository of any kind gives the plan of its files', () => {
  test('one with a commit', async () => {
    expect(await stepsAt(committed())).toEqual(usual);
  });

  test('one without any commit', async () => {
    const root = written(kiln);
    git(root, 'init', '-q');
    expect(await stepsAt(root)).toEqual(usual);
    expect(await defaultBranchFiles(root, ['lib/'])).toBeNull();
  });

  test('a shallow clone', async () => {
    const origin = committed();
    const root = join(scratch('shallow'), 'clone');
    git(origin, 'commit', '-q', '--allow-empty', '-m', 'another');
    git(dirname(root), 'clone', '-q', '--depth', '1', `file://${origin}`, root);
    expect(await stepsAt(root)).toEqual(usual);
  });

  test('one whose directories were emptied or are gone', async () => {
    const root = written({ ...kiln, 'priv/static/a.txt': 'a', 'priv/static/b/c.txt': 'c' });
    committed(root);
    rmSync(join(root, 'priv'), { recursive: true });
    const tree = await diskTree(root);
    expect(tree.paths).toEqual(Object.keys(kiln).sort());
    expect([tree.has('priv/static/a.txt'), tree.bytes('priv/static/b/c.txt')]).toEqual([false, undefined]);
    expect(await stepsAt(root)).toEqual(usual);
  });

  test('one that ignores a file: not listed, but there for who asks for its path', async () => {
    const root = committed(written({ ...kiln, '.gitignore': '/notes.md\n/build/\n' }));
    written({ 'notes.md': 'mine', 'build/out.css': 'a {}', 'deps/phoenix/mix.exs': 'x' }, root);
    symlinkSync('/etc/hostname', join(root, 'build/link'));
    const tree = await diskTree(root);
    expect(tree.paths).toEqual([...Object.keys(kiln), '.gitignore'].sort());
    expect([tree.read('notes.md'), tree.read('build/out.css')]).toEqual(['mine', 'a {}']);
    for (const path of [
      'build',
      'build/link',
      'deps/phoenix/mix.exs',
      '../x',
      '/etc/hostname',
      '.git/config',
      'none',
    ]) {
      expect([path, tree.has(path), tree.read(path)]).toEqual([path, false, undefined]);
    }
  });

  test('a linked worktree', async () => {
    const root = join(scratch('linked'), 'tree');
    git(committed(), 'worktree', 'add', '-q', root);
    expect(await stepsAt(root)).toEqual(usual);
  });

  test('a directory of a larger one, found from above', async () => {
    const root = scratch('monorepo');
    written({ 'frontend/package.json': '{}', 'docs/guide.md': '# Guide\n' }, root);
    written(kiln, join(root, 'backend'));
    committed(root);
    const { root: found, project } = await loadProject(root);
    expect(found).toBe(join(root, 'backend'));
    expect(project.tree.paths).toEqual(Object.keys(kiln).sort());
    expect(await stepsAt(root)).toEqual(usual);
  });

  test('one whose index lists files that are gone', async () => {
    const root = committed();
    writeFileSync(join(root, 'lib/kiln/spare.ex'), 'defmodule Kiln.Spare do\nend\n');
    git(root, 'add', '.');
    unlinkSync(join(root, 'lib/kiln/spare.ex'));
    const tree = await diskTree(root);
    expect([tree.read('lib/kiln/spare.ex'), tree.executable('lib/kiln/spare.ex')]).toEqual([undefined, false]);
    expect(await stepsAt(root)).toEqual(usual);
  });
});

describe('what is no file of the project is left alone', () => {
  test('20,000 files of dependencies and builds are not even listed', async () => {
    const root = written(kiln);
    for (const directory of ['node_modules/a', 'deps/b/lib', '_build/dev/lib/c', 'assets/node_modules/d']) {
      mkdirSync(join(root, directory), { recursive: true });
      for (let index = 0; index < 5000; index += 1) writeFileSync(join(root, directory, `${index}.ex`), '');
    }
    expect((await diskTree(root)).paths).toEqual(Object.keys(kiln).sort());
  });

  test('links in a circle, to nothing and to the outside', async () => {
    const root = written(kiln);
    const secret = join(scratch('outside'), 'secret.ex');
    writeFileSync(secret, 'defmodule Secret do\nend\n');
    symlinkSync('.', join(root, 'lib/here'));
    symlinkSync('loop', join(root, 'lib/loop'));
    symlinkSync('nowhere.ex', join(root, 'lib/dangling.ex'));
    symlinkSync(secret, join(root, 'lib/secret.ex'));
    symlinkSync(dirname(secret), join(root, 'lib/elsewhere'));
    for (const prepare of [() => undefined, () => committed(root)]) {
      prepare();
      const tree = await diskTree(root);
      expect(tree.paths.map((path) => tree.read(path)).filter((text) => text?.includes('Secret'))).toEqual([]);
      expect(await stepsAt(root)).toEqual(usual);
    }
  });

  test('a link inside the project counts as what it leads to', async () => {
    const root = written(kiln);
    symlinkSync('repo.ex', join(root, 'lib/kiln/same.ex'));
    expect((await diskTree(root)).read('lib/kiln/same.ex')).toBe(kiln['lib/kiln/repo.ex']);
  });

  test.skipIf(process.platform === 'win32')('sockets and FIFOs, which a reader would wait for', async () => {
    const root = written(kiln);
    execFileSync('mkfifo', [join(root, 'lib/kiln/pipe.ex')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, 'lib/kiln/socket.ex'), resolve));
    try {
      expect(await stepsAt(root)).toEqual(usual);
      git(root, 'init', '-q');
      expect(await stepsAt(root)).toEqual(usual);
    } finally {
      server.close();
    }
  });

  test('files of more than 16 MiB', async () => {
    const root = written(kiln);
    writeFileSync(join(root, 'lib/kiln/dump.ex'), Buffer.alloc(17 * 1024 * 1024, 0x61));
    expect((await diskTree(root)).read('lib/kiln/dump.ex')).toBeUndefined();
  });

  test.skipIf(process.getuid?.() === 0)('directories that nobody may read (skipped: root may read all)', async () => {
    const root = written({ ...kiln, 'priv/secrets/key.txt': 'k' });
    chmodSync(join(root, 'priv/secrets'), 0);
    expect(await stepsAt(root)).toEqual(usual);
    expect((await loadProject(root)).root).toBe(root);
    chmodSync(join(root, 'priv/secrets'), 0o700);
  });
});

test('planning leaves the files, the index and the modes as they were', async () => {
  const root = committed();
  const before = [git(root, 'status', '--porcelain', '--ignored'), readdirSync(root, { recursive: true }).sort()];
  await stepsAt(root);
  expect([git(root, 'status', '--porcelain', '--ignored'), readdirSync(root, { recursive: true }).sort()]).toEqual(
    before,
  );
});
