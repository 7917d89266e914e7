import { chmodSync, chownSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, inspectChanges } from '../../src/apply/apply.ts';
import { localMachine } from '../../src/apply/local-machine.ts';
import type { Disk } from '../../src/apply/machine.ts';
import { undo } from '../../src/apply/recover.ts';
import { commitAll, errorCode, git, picture, read, scratch, shop, shopWithoutGit, write } from './support/project.ts';
import { change, contextOf, edited, plain, quick, shopFiles, shopSteps } from './support/shop.ts';

const mix = shopFiles['mix.exs'] ?? '';
const config = shopFiles['config/config.exs'] ?? '';

describe('applying the changes of steps', () => {
  test('writes, deletes and moves files, with the modes of the files they come from', async () => {
    const root = shop();
    const result = await applyChanges(contextOf(root), shopSteps(), plain);
    expect(result.written.toSorted()).toEqual([
      'config/runtime.exs',
      'lib/shop/html/page.ex',
      'mix.exs',
      'rel/overlays/bin/server',
      'rel/overlays/bin/start',
    ]);
    expect(result.deleted.toSorted()).toEqual(['bin/start', 'lib/shop/old.ex', 'lib/shop/views/page.ex']);
    expect(read(root, 'mix.exs')).toBe(edited.mixTwice);
    expect(lstatSync(join(root, 'rel/overlays/bin/start')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(root, 'rel/overlays/bin/server')).mode & 0o111).toBe(0o111 & ~localMachine().umask);
    expect(picture(root)).not.toHaveProperty('lib/shop/views');
    expect(Object.keys(picture(root)).filter((path) => path.includes('.phx-upgrade'))).toEqual([]);
  });

  test.skipIf(process.getuid?.() !== 0)('as root leaves files to those whose they are, and undo too', async () => {
    const root = shop();
    const whose = (path: string) => [lstatSync(join(root, path)).uid, lstatSync(join(root, path)).gid];
    for (const path of ['mix.exs', 'lib/shop/old.ex']) chownSync(join(root, path), 1234, 2345);
    await applyChanges(contextOf(root), shopSteps(), plain);
    expect(whose('mix.exs')).toEqual([1234, 2345]);
    await undo(contextOf(root), { force: false });
    expect([whose('mix.exs'), whose('lib/shop/old.ex')]).toEqual([
      [1234, 2345],
      [1234, 2345],
    ]);
  });

  test('keeps odd modes, CRLF and a BOM', async () => {
    const root = shop();
    const before = '\uFEFFimport Config\r\n';
    const after = '\uFEFFimport Config\r\nconfig :shop, a: 1\r\n';
    write(root, 'config/dev.exs', before, 0o640);
    commitAll(root);
    await applyChanges(contextOf(root), [{ step: 'a', files: [change('config/dev.exs', before, after)] }], plain);
    expect(read(root, 'config/dev.exs')).toBe(after);
    expect(lstatSync(join(root, 'config/dev.exs')).mode & 0o777).toBe(0o640);
  });

  test('writes through links to files and directories inside the root, and keeps the links', async () => {
    const root = shop();
    write(root, 'shared/prod.exs', config);
    symlinkSync('../shared/prod.exs', join(root, 'config/prod.exs'));
    symlinkSync('shared', join(root, 'linked'));
    write(root, 'shared/test.exs', config);
    commitAll(root);
    const files = [
      change('config/prod.exs', config, `${config}# a\n`),
      change('linked/test.exs', config, `${config}# b\n`),
    ];
    await applyChanges(contextOf(root), [{ step: 'a', files }], plain);
    expect(readlinkSync(join(root, 'config/prod.exs'))).toBe('../shared/prod.exs');
    expect(read(root, 'shared/prod.exs')).toBe(`${config}# a\n`);
    expect(read(root, 'shared/test.exs')).toBe(`${config}# b\n`);
  });

  test('deleting a link leaves its target, and undo brings the link back', async () => {
    const root = shop();
    write(root, 'shared/prod.exs', config);
    symlinkSync('../shared/prod.exs', join(root, 'config/prod.exs'));
    commitAll(root);
    const before = picture(root);
    const files = [change('config/prod.exs', config, null)];
    await applyChanges(contextOf(root), [{ step: 'a', files }], plain);
    expect(picture(root)).not.toHaveProperty('config/prod.exs');
    expect(read(root, 'shared/prod.exs')).toBe(config);
    await undo(contextOf(root), { force: false });
    expect(picture(root)).toEqual(before);
  });

  test('a change set that asks for nothing new writes nothing and leaves the last apply to undo', async () => {
    const root = shop();
    const before = picture(root);
    await applyChanges(contextOf(root), shopSteps(), plain);
    const result = await applyChanges(
      contextOf(root),
      [{ step: 'version', files: [change('README.md', 'Shop\n', 'Shop\n')] }],
      plain,
    );
    expect(result.written).toEqual([]);
    await undo(contextOf(root), { force: false });
    expect(picture(root)).toEqual(before);
  });

  test('what the final look finds wrong takes everything back', async () => {
    const root = shop();
    const before = picture(root);
    const verify = () => Promise.resolve('mix/version is not done');
    expect(await errorCode(applyChanges(contextOf(root), shopSteps(), { ...plain, verify }))).toBe('step-not-done');
    expect(picture(root)).toEqual(before);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('Elixir that no longer parses is not written', async () => {
    const root = shop();
    const files = [change('mix.exs', mix, 'defmodule Shop do\n')];
    expect(await errorCode(applyChanges(contextOf(root), [{ step: 'a', files }], plain))).toBe('step-does-not-parse');
    expect(read(root, 'mix.exs')).toBe(mix);
  });
});

describe('what stands in the way is named, and nothing is written', () => {
  const cases: Record<string, { code: string; spoil: (root: string) => void }> = {
    'a file changed since the plan': {
      code: 'changed-since-plan',
      spoil: (root) => {
        write(root, 'mix.exs', `${mix}# mine\n`);
        commitAll(root);
      },
    },
    'a file that is gone': {
      code: 'changed-since-plan',
      spoil: (root) => {
        git(root, 'rm', '-q', 'lib/shop/old.ex');
        git(root, 'commit', '-qm', 'Gone');
      },
    },
    'a file where one should be made': {
      code: 'changed-since-plan',
      spoil: (root) => write(root, 'config/runtime.exs', ''),
    },
    'a directory where a file should be made': {
      code: 'directory-in-the-way',
      spoil: (root) => mkdirSync(join(root, 'config/runtime.exs')),
    },
    'a file where a directory should be made': {
      code: 'file-in-the-way',
      spoil: (root) => write(root, 'rel', 'not a directory'),
    },
    'a link out of the root': {
      code: 'outside-root',
      spoil: (root) => {
        const outside = scratch();
        write(outside, 'mix.exs', mix);
        git(root, 'rm', '-q', 'mix.exs');
        symlinkSync(join(outside, 'mix.exs'), join(root, 'mix.exs'));
      },
    },
    'a parent directory that leads out of the root': {
      code: 'outside-root',
      spoil: (root) => symlinkSync(scratch(), join(root, 'rel')),
    },
    'a link to nothing': {
      code: 'outside-root',
      spoil: (root) => symlinkSync('nowhere', join(root, 'config/runtime.exs')),
    },
    'a read-only file': { code: 'read-only', spoil: (root) => chmodSync(join(root, 'mix.exs'), 0o444) },
    'a read-only directory': { code: 'read-only', spoil: (root) => chmodSync(join(root, 'config'), 0o555) },
    'uncommitted changes elsewhere in a file to be deleted': {
      code: 'dirty-worktree',
      spoil: (root) => {
        git(root, 'rm', '-q', '--cached', 'lib/shop/old.ex');
        git(root, 'commit', '-qm', 'Untracked from now on');
      },
    },
    'a staged change': {
      code: 'dirty-worktree',
      spoil: (root) => {
        write(root, 'mix.exs', 'staged');
        git(root, 'add', 'mix.exs');
        write(root, 'mix.exs', mix);
      },
    },
    'another git at work': { code: 'index-locked', spoil: (root) => write(root, '.git/index.lock', '') },
  };
  for (const [title, { code, spoil }] of Object.entries(cases)) {
    test(title, async () => {
      const root = shop();
      spoil(root);
      const before = picture(root);
      expect(await errorCode(inspectChanges(contextOf(root), shopSteps(), plain))).toBe(code);
      expect(await errorCode(applyChanges(contextOf(root), shopSteps(), plain))).toBe(code);
      expect(picture(root)).toEqual(before);
    });
  }

  test('paths that point out of the project or into .git', async () => {
    const root = shop();
    for (const path of ['../mix.exs', '/etc/mix.exs', 'lib/../../x', '.git/hooks/pre-commit', '.GIT/config', 'a//b']) {
      const steps = [{ step: 'a', files: [change(path, null, 'x')] }];
      expect([path, await errorCode(applyChanges(contextOf(root), steps, plain))]).toEqual([path, 'outside-root']);
    }
  });

  test('all files of one kind are named together', async () => {
    const root = shop();
    write(root, 'mix.exs', `${mix}#\n`);
    write(root, 'lib/shop/old.ex', '# mine');
    await expect(applyChanges(contextOf(root), shopSteps(), plain)).rejects.toThrow('mix.exs, lib/shop/old.ex');
  });

  test('two paths that are one file through a link', async () => {
    const root = shop();
    symlinkSync('mix.exs', join(root, 'mix2.exs'));
    commitAll(root);
    const files = [change('mix.exs', mix, edited.mix), change('mix2.exs', mix, edited.mix)];
    expect(await errorCode(applyChanges(contextOf(root), [{ step: 'a', files }], plain))).toBe('one-file-twice');
  });

  for (const [operation, begin] of Object.entries({
    merge: ['merge', 'other'],
    rebase: ['rebase', 'other'],
    'cherry-pick': ['cherry-pick', 'other'],
  })) {
    test(`an unfinished ${operation}`, async () => {
      const root = shop();
      git(root, 'switch', '-qc', 'other');
      write(root, 'README.md', 'Theirs\n');
      commitAll(root);
      git(root, 'switch', '-q', 'main');
      write(root, 'README.md', 'Ours\n');
      commitAll(root);
      expect(() => git(root, ...begin)).toThrow();
      const before = picture(root);
      await expect(applyChanges(contextOf(root), shopSteps(), plain)).rejects.toThrow(`A ${operation} is unfinished`);
      expect(picture(root)).toEqual(before);
    });
  }
});

describe('uncommitted changes', () => {
  test('in files that no step touches do not matter', async () => {
    const root = shop();
    write(root, 'README.md', 'Mine\n');
    await applyChanges(contextOf(root), shopSteps(), plain);
    expect(read(root, 'README.md')).toBe('Mine\n');
  });

  test('are changed too with allowDirty, and a copy is kept of each', async () => {
    const root = shop();
    const mine = `${config}# mine\n`;
    write(root, 'config/config.exs', mine);
    const files = [change('config/config.exs', mine, `${mine}# theirs\n`)];
    const result = await applyChanges(contextOf(root), [{ step: 'a', files }], { ...plain, allowDirty: true });
    expect(result.copies.map(({ path }) => path)).toEqual(['config/config.exs']);
    expect(read('/', result.copies[0]!.copy)).toBe(mine);
    expect(read(root, 'config/config.exs')).toBe(`${mine}# theirs\n`);
  });
});

describe('a failure while writing leaves every file as it was', () => {
  /** A disk that refuses the nth change within the project with an error of the system. */
  function failing(root: string, at: number, code: string): { disk: Disk; reached: () => boolean } {
    const { disk } = quick();
    let count = 0;
    const check = (path: string): void => {
      if (path.startsWith(root) && !path.includes('/.git/') && count++ === at) {
        throw Object.assign(new Error(code), { code, syscall: 'write', path });
      }
    };
    const guarded = <Args extends [string, ...unknown[]]>(change: (...args: Args) => void) => {
      return (...args: Args): void => {
        check(args[0]);
        change(...args);
      };
    };
    return {
      disk: {
        ...disk,
        create: (path, bytes, mode) => {
          try {
            check(path);
          } catch (error) {
            disk.create(path, bytes.slice(0, 3), mode); // a full disk takes a part of the file
            throw error;
          }
          disk.create(path, bytes, mode);
        },
        rename: guarded(disk.rename),
        link: guarded(disk.link),
        remove: guarded(disk.remove),
        makeDirectory: guarded(disk.makeDirectory),
        removeDirectory: guarded(disk.removeDirectory),
      },
      reached: () => count > at,
    };
  }

  for (const [code, expected] of Object.entries({
    ENOSPC: 'disk-full',
    EACCES: 'read-only',
    EROFS: 'read-only',
    EIO: 'write-failed',
  })) {
    test(`${code} at any point`, async () => {
      for (let at = 0; ; at++) {
        const root = shopWithoutGit();
        const before = picture(root);
        const { disk, reached } = failing(root, at, code);
        const machine = { ...quick(), disk };
        const result = await errorCode(applyChanges(contextOf(root, machine), shopSteps(), plain));
        if (!reached()) break;
        expect([at, result, picture(root)]).toEqual([at, expected, before]);
        expect(await errorCode(undo(contextOf(root, quick()), { force: false }))).toBe('nothing-to-undo');
      }
    });
  }

  test('names the file, though the system does not', async () => {
    const root = shop();
    const { disk } = localMachine();
    const create: Disk['create'] = (path, bytes, mode) => {
      if (path.startsWith(`${root}/config`))
        throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
      disk.create(path, bytes, mode);
    };
    const machine = { ...localMachine(), disk: { ...disk, create } };
    const failure = applyChanges(contextOf(root, machine), shopSteps(), plain);
    await expect(failure).rejects.toThrow('config/runtime.exs could not be written');
  });

  test('a journal that cannot be written stops everything', async () => {
    const root = shop();
    const before = picture(root);
    const { disk } = localMachine();
    const create: Disk['create'] = (path, bytes, mode) => {
      if (path.endsWith('.new')) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write', path });
      disk.create(path, bytes, mode);
    };
    const machine = { ...localMachine(), disk: { ...disk, create } };
    expect(await errorCode(applyChanges(contextOf(root, machine), shopSteps(), plain))).toBe('disk-full');
    expect(picture(root)).toEqual(before);
  });
});

test('any change set is undone to the last byte and mode', async () => {
  const name = fc.constantFrom('a', 'b c', 'd/e', 'd/f', 'g/\'h"', 'i/j/ü', 'k\nl');
  const content = fc.option(fc.uint8Array({ maxLength: 20 }), { nil: null });
  const file = fc.record({ content, after: content, mode: fc.constantFrom(0o644, 0o755, 0o600, 0o664) });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, file, { maxKeys: 7 }), fc.boolean(), async (files, inGit) => {
      const root = scratch();
      for (const [path, { content: bytes, mode }] of Object.entries(files)) if (bytes) write(root, path, bytes, mode);
      if (inGit) {
        git(root, 'init', '-q');
        git(root, 'add', '-A');
        git(root, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'x');
      }
      const before = picture(root);
      const changes = Object.entries(files).map(([path, { content: bytes, after }]) => {
        return { path, before: bytes, after, executable: false };
      });
      const result = await applyChanges(contextOf(root), [{ step: 'a', files: changes }], plain);
      for (const { path, after } of changes) {
        const entry = picture(root)[path]?.split(' ')[1] ?? null;
        expect(entry).toBe(after === null ? null : Buffer.from(after).toString('base64'));
      }
      if (result.written.length + result.deleted.length > 0) await undo(contextOf(root), { force: false });
      expect(picture(root)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});
