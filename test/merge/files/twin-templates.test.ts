import { expect, test } from 'vitest';
import type { FilesInput } from '../../../src/merge/files/input.ts';
import type { FileOutcome } from '../../../src/merge/files/outcome.ts';
import { withoutTwins } from '../../../src/merge/files/twin-templates.ts';
import { treeOf } from '../../support/projects.ts';

const heex = 'lib/ferry_web/templates/layout/live.html.heex';
const leex = 'lib/ferry_web/templates/layout/live.html.leex';

function outcome(traits: Partial<FileOutcome>): FileOutcome {
  return {
    change: 'added',
    path: heex,
    from: null,
    place: null,
    status: 'pending',
    touched: false,
    risk: 'safe',
    operations: [],
    conflicts: [],
    declined: [],
    fates: ['covered'],
    note: null,
    ...traits,
  };
}

const ruled = (outcomes: readonly FileOutcome[]) =>
  withoutTwins(outcomes, { project: { tree: treeOf({ [leex]: '<main/>\n' }) } } as unknown as FilesInput);

test('a template is not put beside one of its name under another ending', () => {
  expect(ruled([outcome({})])).toMatchObject([{ status: 'declined', note: `${leex} is your template of that name` }]);
  expect(ruled([outcome({ path: heex.replace('live', 'app') })])).toMatchObject([{ status: 'pending' }]);
});

test('one that the plan takes away, or makes into the new one, makes room', () => {
  const leaving = outcome({ change: 'deleted', path: leex, place: leex });
  expect(ruled([outcome({}), leaving])).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
  expect(ruled([outcome({ change: 'renamed', from: leex, place: leex, status: 'conflict' })])).toMatchObject([
    { status: 'conflict' },
  ]);
});
