import { describe, expect, test } from 'vitest';
import { type ApplyOptions, applyChanges } from '../../src/apply/apply.ts';
import { localMachine } from '../../src/apply/local-machine.ts';
import type { ApplyContext } from '../../src/apply/machine.ts';
import { pending } from '../../src/apply/pending.ts';
import { undo } from '../../src/apply/recover.ts';
import { copyOf, dies, finish, giveUp, recovers, whole } from './support/death.ts';
import { mortal } from './support/mortal.ts';
import { picture, shop, shopWithoutGit } from './support/project.ts';
import { contextOf, plain, quick, shopFiles, shopSteps, shopTitles } from './support/shop.ts';

const withCommits: ApplyOptions = { ...plain, commit: { steps: shopTitles, branch: 'upgrade', verify: true } };
const withMarkers: ApplyOptions = {
  ...plain,
  conflicts: [
    { path: 'README.md', base: 'Shop v1\n', yours: shopFiles['README.md'] ?? '', target: 'Shop v2\n', marked: '<<<\n' },
  ],
};
/** The way with git is slow, and has the points of the plain way within it: there some of the points will do. */
const modes = {
  'without commits': { options: plain, stride: 2 },
  'with commits on a branch': { options: withCommits, stride: 7 },
  'with markers': { options: withMarkers, stride: 5 },
};

/** Outside git nothing has to be waited for: there every single point is tried. */
describe('a process that dies outside git, at every write point', () => {
  const living = (root: string) => contextOf(root, quick());
  const apply = (context: ApplyContext) => applyChanges(context, shopSteps(), plain);
  const goBack = (context: ApplyContext) => undo(context, { force: false });

  test.each([
    { name: 'of an apply', begin: async () => {}, run: apply, whenAborted: 'original', whenFinished: 'applied' },
    { name: 'of an undo', begin: apply, run: goBack, whenAborted: 'applied', whenFinished: 'original' },
  ])(
    '$name: resume finishes, abort restores',
    async ({ begin, run, whenAborted, whenFinished }) => {
      const root = shopWithoutGit();
      const original = picture(root);
      await apply(living(root));
      const pictures: Record<string, unknown> = { original, applied: picture(root) };
      for (const [recovery, wanted] of [
        [finish, whenFinished],
        [giveUp, whenAborted],
      ] as const) {
        let at = 0;
        for (; ; at += 1) {
          const own = shopWithoutGit();
          await begin(living(own));
          if (!(await dies(own, at, run, quick()))) break;
          const isUnfinished = (await pending(living(own))) !== null;
          if (isUnfinished) await recovery(living(own));
          const expected = isUnfinished ? [pictures[wanted]] : Object.values(pictures);
          expect([at, expected]).toEqual([at, expect.arrayContaining([picture(own)])]);
        }
        expect(at).toBeGreaterThan(50);
      }
    },
    300_000,
  );
});

describe('a process that dies at any write point', () => {
  for (const [mode, { options, stride }] of Object.entries(modes)) {
    test(`of an apply ${mode}: resume finishes, abort restores`, async () => {
      const pristine = shop();
      const original = whole(pristine);
      const undisturbed = copyOf(pristine);
      await applyChanges(contextOf(undisturbed), shopSteps(), options);
      const done = whole(undisturbed);
      let at = 0;
      for (; ; at += stride) {
        const root = copyOf(pristine);
        if (!(await dies(root, at, (context) => applyChanges(context, shopSteps(), options)))) break;
        await recovers(root, done, original);
      }
      expect(at).toBeGreaterThan(40);
    }, 600_000);

    test(`of an undo ${mode}: resume finishes it, abort takes it back`, async () => {
      const pristine = shop();
      const original = whole(pristine);
      await applyChanges(contextOf(pristine), shopSteps(), options);
      const applied = whole(pristine);
      let at = 0;
      for (; ; at += stride) {
        const root = copyOf(pristine);
        if (!(await dies(root, at, (context) => undo(context, { force: false })))) break;
        await recovers(root, original, applied);
      }
      expect(at).toBeGreaterThan(30);
      const again = copyOf(pristine);
      await dies(again, 15, (context) => undo(context, { force: false }));
      await giveUp(contextOf(again));
      await undo(contextOf(again), { force: false });
      expect(whole(again)).toEqual(original);
    }, 600_000);

    test(`of a recovery from a death ${mode}`, async () => {
      const pristine = shop();
      const original = whole(pristine);
      const undisturbed = copyOf(pristine);
      await applyChanges(contextOf(undisturbed), shopSteps(), options);
      const done = whole(undisturbed);
      const halfway = copyOf(pristine);
      const { machine, points } = mortal(localMachine(), -1, () => {});
      await applyChanges(contextOf(copyOf(pristine), machine), shopSteps(), options);
      await dies(halfway, Math.floor(points() * 0.7), (context) => applyChanges(context, shopSteps(), options));
      for (const recovery of [finish, giveUp]) {
        for (let at = 0; ; at += 2 + stride) {
          const root = copyOf(halfway);
          if (!(await dies(root, at, recovery))) break;
          await recovers(root, done, original);
        }
      }
    }, 600_000);
  }
});
