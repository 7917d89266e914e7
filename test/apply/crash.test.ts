import { describe, expect, test } from 'vitest';
import { type ApplyOptions, applyChanges } from '../../src/apply/apply.ts';
import type { ApplyContext } from '../../src/apply/machine.ts';
import { pending } from '../../src/apply/pending.ts';
import { undo } from '../../src/apply/recover.ts';
import { copyOf, dies, finish, giveUp, recovers, whole } from './support/death.ts';
import { mortal } from './support/mortal.ts';
import { picture, shop, shopWithoutGit } from './support/project.ts';
import { contextOf, plain, quick, shopFiles, shopSteps, shopTitles, unsynced } from './support/shop.ts';

const withCommits: ApplyOptions = { ...plain, commit: { steps: shopTitles, branch: 'upgrade', verify: true } };
const withMarkers: ApplyOptions = {
  ...plain,
  conflicts: [
    { path: 'README.md', base: 'Shop v1\n', yours: shopFiles['README.md'] ?? '', target: 'Shop v2\n', marked: '<<<\n' },
  ],
};
/** The way with git is slow, and has the points of the plain way within it: there some of the points will do. */
const modes = {
  'without commits': { options: plain, stride: 5 },
  'with commits on a branch': { options: withCommits, stride: 13 },
  'with markers': { options: withMarkers, stride: 7 },
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
    const apply = (context: ApplyContext) => applyChanges(context, shopSteps(), options);
    const goBack = (context: ApplyContext) => undo(context, { force: false });

    test(`of an apply ${mode}: resume finishes, abort restores`, async () => {
      const pristine = shop();
      const original = whole(pristine);
      const done = await afterApply(pristine, options);
      const points = await deaths(stride, pristine, apply, (root) => recovers(root, done, original));
      expect(points).toBeGreaterThan(40);
    }, 600_000);

    test(`of an undo ${mode}: resume finishes it, abort takes it back`, async () => {
      const pristine = shop();
      const original = whole(pristine);
      await apply(contextOf(pristine, unsynced()));
      const applied = whole(pristine);
      const points = await deaths(stride, pristine, goBack, (root) => recovers(root, original, applied));
      expect(points).toBeGreaterThan(30);
      const again = copyOf(pristine);
      await dies(again, 15, goBack);
      await giveUp(contextOf(again, unsynced()));
      await goBack(contextOf(again, unsynced()));
      expect(whole(again)).toEqual(original);
    }, 600_000);

    test(`of a recovery from a death ${mode}`, async () => {
      const pristine = shop();
      const original = whole(pristine);
      const done = await afterApply(pristine, options);
      const halfway = copyOf(pristine);
      const { machine, points } = mortal(unsynced(), -1, () => {});
      await apply(contextOf(copyOf(pristine), machine));
      await dies(halfway, Math.floor(points() * 0.7), apply);
      for (const recovery of [finish, giveUp])
        await deaths(stride + 2, halfway, recovery, (root) => recovers(root, done, original));
    }, 600_000);
  }
});

/** What a copy of a project is after an apply that nothing disturbs. */
async function afterApply(pristine: string, options: ApplyOptions) {
  const undisturbed = copyOf(pristine);
  await applyChanges(contextOf(undisturbed, unsynced()), shopSteps(), options);
  return whole(undisturbed);
}

/**
 * Lets an action die at every so many points of copies of a project, and looks at each. Where it begins is by chance, so that in
 * time every point is tried. Gives the first point that the action does not reach.
 */
async function deaths(
  stride: number,
  project: string,
  action: (context: ApplyContext) => Promise<unknown>,
  look: (root: string) => Promise<void>,
): Promise<number> {
  for (let at = Math.floor(Math.random() * stride); ; at += stride) {
    const root = copyOf(project);
    if (!(await dies(root, at, action))) return at;
    await look(root).catch((error: unknown) => {
      throw new Error(`after a death at point ${at}`, { cause: error });
    });
  }
}
