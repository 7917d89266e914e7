import { join } from 'node:path';
import { expect, test } from 'vitest';
import { choicesOf, StartingPoint } from '../../scripts/verify/choices.ts';
import { openPack } from '../../src/pristine/sources/pack/pack.ts';
import { planFor } from '../support/customized.ts';
import { livedIn } from '../support/lived-in.ts';
import { step } from '../support/plans.ts';
import { describePristine, pristineRoot, pristineTree } from '../support/pristine.ts';

const own = ['SampleApp', 'SampleAppWeb'];

/** A sample of what `npm run verify steps` goes through: version, target, whether there is generated text. */
const sample = [
  ['1.4.17', '1.8.12', false],
  ['1.7.21', '1.8.12', true],
] as const;

describePristine('a project with a team’s work in it', () => {
  test.each(sample)('%s to %s holds together after every choice of steps, with text: %s', async (from, to, hasText) => {
    const tree = livedIn(pristineTree(from), from);
    const source = hasText ? await openPack(join(pristineRoot(), 'pristine')) : null;
    const choices = choicesOf(await planFor(tree, { from, to }, source));
    const start = new StartingPoint(tree, own);
    expect(choices.length).toBeGreaterThan(20);
    expect(choices.map((choice) => [choice.name, start.faultsOf(choice)]).filter(([, found]) => found?.length)).toEqual(
      [],
    );
  });

  test('a step that takes away what others use is found', () => {
    const start = new StartingPoint(livedIn(pristineTree('1.7.21'), '1.7.21'), own);
    const path = 'lib/sample_app_web/plugs/harbour.ex';
    const steps = [step({ id: 'no-plug', operations: [{ kind: 'delete-file', path }] })];
    expect(start.faultsOf({ name: 'no-plug', steps })).toEqual([
      'lib/sample_app_web/router.ex:11 SampleAppWeb.Harbour is not defined',
    ]);
  });
});
