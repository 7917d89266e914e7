import { expect, test } from 'vitest';
import { nextCommand, waysOn } from '../../src/plan/next.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { edit, richPlan, step } from '../support/plans.ts';

const written = [edit('mix.exs', 'modify', 'a\n', 'b\n')];
const deps = step({ id: 'deps', title: 'Raise', area: 'deps', need: 'required', risk: 'review', edits: written });
const locked: Step = { ...deps, id: 'locked', edits: [], commands: ['mix deps.update ecto', 'mix deps.get'] };
const looks = step({ id: 'looks', title: 'Dress', area: 'web', need: 'cosmetic', risk: 'review', edits: written });
const safe = step({ id: 'safe', title: 'Add', area: 'web', risk: 'safe', edits: written });
const manual: Step = { ...looks, id: 'manual', status: 'manual', risk: 'manual', edits: [] };
const waiting: Step = { ...safe, id: 'waiting', after: ['manual'] };

function planOf(...steps: readonly Step[]): Plan {
  return { ...richPlan, steps };
}

test('what comes next is safe, then phase by phase, then for a person, and does something when it is run', () => {
  expect(nextCommand(planOf(looks, manual, deps, safe))).toBe('phx-upgrade apply --safe');
  expect(nextCommand(planOf(looks, manual, deps, locked))).toBe('phx-upgrade apply --phase packages');
  expect(nextCommand(planOf(looks, manual, locked))).toBe('mix deps.update ecto && mix deps.get');
  expect(nextCommand(planOf(looks, manual))).toBe('phx-upgrade apply --phase looks');
  // What is safe waits for a person: to apply it would do nothing.
  expect(nextCommand(planOf(waiting, manual))).toBe('phx-upgrade plan --step manual');
  expect(nextCommand(planOf({ ...looks, status: 'needs-source' }))).toBe('phx-upgrade plan --source mix');
  expect(nextCommand(planOf({ ...looks, status: 'done' }))).toBeNull();
});

test('each step says how to go on with it', () => {
  expect(waysOn(deps)).toEqual(['phx-upgrade apply --step deps']);
  expect(waysOn(locked)).toEqual(['mix deps.update ecto', 'mix deps.get']);
  expect(waysOn(manual)).toEqual(['phx-upgrade mark manual done --why TEXT']);
  expect(waysOn({ ...manual, status: 'needs-source' })).toEqual([
    'phx-upgrade apply --step manual --source mix',
    'phx-upgrade apply --step manual --pack FILE',
    'phx-upgrade mark manual skip --why TEXT',
  ]);
  expect(waysOn({ ...manual, status: 'done' })).toEqual([]);
  const conflicts = [{ path: 'a', line: 1, base: '', yours: '', target: '', take: [] }];
  expect(waysOn({ ...manual, status: 'conflict', conflicts })).toEqual([
    'phx-upgrade apply --step manual --conflicts theirs',
    'phx-upgrade mark manual skip --why TEXT',
  ]);
});
