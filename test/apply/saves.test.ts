import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import { localMachine } from '../../src/apply/local-machine.ts';
import type { ApplyContext, Machine } from '../../src/apply/machine.ts';
import { pending } from '../../src/apply/pending.ts';
import { abort, undo } from '../../src/apply/recover.ts';
import { errorCode, picture, shopWithoutGit } from './support/project.ts';
import { disturbed, manners, type Save, saved, textsBelow } from './support/saving.ts';
import { contextOf, plain, quick, shopSteps } from './support/shop.ts';

const mine = '# saved while it was applied\n';

/** One that is edited, one that is made, one that is removed; all of steps that touch others too. */
const paths = ['mix.exs', 'config/runtime.exs', 'lib/shop/old.ex'];

const apply = (context: ApplyContext) => applyChanges(context, shopSteps(), plain);
const operations: Record<
  string,
  { begin: (root: string) => Promise<unknown>; run: (at: ApplyContext) => Promise<unknown> }
> = {
  'an apply': { begin: () => Promise.resolve(), run: apply },
  'an apply that takes itself back': {
    begin: () => Promise.resolve(),
    run: (context) => applyChanges(context, shopSteps(), { ...plain, verify: () => Promise.resolve('no') }),
  },
  'an undo': { begin: (root) => apply(contextOf(root, quick())), run: (context) => undo(context, { force: false }) },
};

/** Nothing that somebody saved is lost, and nothing of this program's is left lying about. */
async function survives(root: string): Promise<void> {
  const left = await pending(contextOf(root, quick()));
  if (left !== null) await abort(contextOf(root, quick()), { force: true });
  const texts = [...textsBelow(root), ...textsBelow(join(dirname(root), 'cache'))];
  expect(texts).toContain(mine);
  expect(Object.keys(picture(root)).filter((path) => path.includes('.phx-upgrade'))).toEqual([]);
}

describe.each(Object.entries(operations))('a file saved in the midst of %s', (_, { begin, run }) => {
  describe.each(Object.entries(manners))('%s', (__, save) => {
    test.each(paths)('is not lost, whenever it is saved: %s', async (path) => {
      for (let at = 0; ; at += 11) {
        const root = shopWithoutGit();
        await begin(root);
        const { machine, reached } = disturbed(quick(), at, () => saved(save, root, path, mine));
        const code = await errorCode(run(contextOf(root, machine)));
        if (!reached()) return expect(at).toBeGreaterThan(60);
        expect([at, code]).toEqual([at, expect.not.stringContaining('Error')]);
        await survives(root);
      }
    });
  });
});

describe('what is saved while others work on an apply', () => {
  const save: Save = manners['by a rename'];
  const savedThen = (root: string, complaint: string | null) => async () => {
    saved(save, root, 'mix.exs', mine);
    return Promise.resolve(complaint);
  };

  test('stays, and is told of, when the apply is taken back: all else is as it was', async () => {
    const root = shopWithoutGit();
    const before = picture(root);
    const failure = applyChanges(contextOf(root), shopSteps(), { ...plain, verify: savedThen(root, 'no') });
    await expect(failure).rejects.toThrow(
      'not as planned: no Saved by someone else meanwhile, and left as they are: mix.exs.',
    );
    expect(picture(root)).toEqual({ ...before, 'mix.exs': `644 ${Buffer.from(mine).toString('base64')}` });
    expect(await pending(contextOf(root, quick()))).toBeNull();
  });

  test('stays when the apply is kept', async () => {
    const root = shopWithoutGit();
    await applyChanges(contextOf(root), shopSteps(), { ...plain, verify: savedThen(root, null) });
    expect(readFileSync(join(root, 'mix.exs'), 'utf8')).toBe(mine);
  });
});

test('where files cannot have two names, they are replaced all the same', async () => {
  const root = shopWithoutGit();
  const before = picture(root);
  const { disk, ...machine } = localMachine();
  const link = () => {
    throw Object.assign(new Error('no links here'), { code: 'EPERM', syscall: 'link' });
  };
  const withoutLinks: Machine = { ...machine, disk: { ...disk, link } };
  await apply(contextOf(root, withoutLinks));
  expect(picture(root)).toHaveProperty('rel/overlays/bin/server');
  await undo(contextOf(root, withoutLinks), { force: false });
  expect(picture(root)).toEqual(before);
});
