import { expect, test } from 'vitest';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { treeOf } from '../support/projects.ts';

test('a template that goes is gone under the name, too, that an earlier step gave it', () => {
  const files = {
    'lib/quay_web/live/tide_live.html.leex': '<p>low</p>\n',
    'lib/quay_web/live/moon.html.leex': '<p>new</p>\n',
  };
  const heex = (name: string) => `lib/quay_web/live/${name}.html.heex`;
  const leex = (name: string) => `lib/quay_web/live/${name}.html.leex`;
  const done = performAll(new Workspace(treeOf(files)), [
    { kind: 'rename-file', from: leex('tide_live'), path: heex('tide_live') },
    { kind: 'rename-file', from: leex('moon'), path: heex('moon') },
    { kind: 'delete-file', path: leex('tide_live') },
  ]);
  expect('reason' in done ? done.reason : done.tree().paths).toEqual([heex('moon')]);
});
