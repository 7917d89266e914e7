import { expect, test } from 'vitest';
import { holdingChanges } from '../../src/merge/holding-changes.ts';
import type { Operation } from '../../src/merge/operation.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { treeOf } from '../support/projects.ts';

const files = {
  'lib/quay_web/router.ex': `defmodule QuayWeb.Router do
  use Phoenix.Router
  get "/tides", QuayWeb.TideController, :index
end
`,
  'lib/quay_web/controllers/tide_controller.ex': `defmodule QuayWeb.TideController do
  def index(conn, _params), do: Quay.Tides.show(conn)
end
`,
  'lib/quay/tides.ex': `defmodule Quay.Tides do
  def show(conn), do: conn
end
`,
};

const remove = (path: keyof typeof files): Operation => ({ kind: 'delete-file', path });
const step = (id: string, operations: readonly Operation[], after: readonly string[] = []) => ({
  id,
  after,
  operations,
});
const carried = (steps: ReturnType<typeof step>[]) =>
  holdingChanges(new Workspace(treeOf(files)), steps, ['Quay', 'QuayWeb']);

test('a step with which the project would not hold together is refused with the place, and the others are done', () => {
  const { changes, refused, workspace } = carried([
    step('note', [
      { kind: 'create-file', path: 'lib/quay/note.ex', text: 'defmodule Quay.Note do\nend\n', executable: false },
    ]),
    step('no-controller', [remove('lib/quay_web/controllers/tide_controller.ex')]),
    step('behind-it', [remove('lib/quay/tides.ex')], ['no-controller']),
  ]);
  expect(changes.map((one) => one.step)).toEqual(['note']);
  expect(refused).toEqual([
    {
      step: 'no-controller',
      reason: 'the project would not hold together: lib/quay_web/router.ex:3 QuayWeb.TideController is not defined',
    },
    { step: 'behind-it', reason: 'blocked by no-controller, which is not done' },
  ]);
  expect(workspace.has('lib/quay_web/controllers/tide_controller.ex')).toBe(true);
});

test('steps that only hold along with each other are done together, in whatever order', () => {
  const routes: Operation = { kind: 'delete-file', path: 'lib/quay_web/router.ex' };
  const { changes, refused } = carried([
    step('tides', [remove('lib/quay/tides.ex')]),
    step('controller', [remove('lib/quay_web/controllers/tide_controller.ex')]),
    step('routes', [routes]),
  ]);
  expect([changes.map((one) => one.step), refused]).toEqual([['tides', 'controller', 'routes'], []]);
});

test('of two that break different things, each is refused for its own', () => {
  const { refused } = carried([
    step('controller', [remove('lib/quay_web/controllers/tide_controller.ex')]),
    step('tides', [remove('lib/quay/tides.ex')]),
  ]);
  expect(refused.map((one) => one.step)).toEqual(['controller', 'tides']);
});
