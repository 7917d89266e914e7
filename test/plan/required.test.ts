import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTree } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { withPrerequisites } from '../../src/plan/order.ts';
import { needs, type Plan } from '../../src/plan/plan.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import type { FileTree } from '../../src/project/tree.ts';
import { inconsistencies } from '../support/consistency.ts';
import { describePristine, hasPristine, pristineRoot, pristineTree } from '../support/pristine.ts';

const snapshots = new SnapshotStore();
const spans = [
  ['1.4.18', '1.5.0'],
  ['1.5.15', '1.6.0'],
  ['1.6.17', '1.7.0'],
  ['1.7.24', '1.8.0'],
  ['1.4.18', '1.8.12'],
  ['1.6.17', '1.8.12'],
] as const;

/** Plans that were made, since each is looked at for two things. */
const plans = new Map<string, Plan>();

function planFor(tree: FileTree, from: string, to: string, variant: string): Plan {
  const key = `${from} ${to} ${variant}`;
  const plan =
    plans.get(key) ?? planProject(loadTree('/project', tree, { label: '.', snapshots, confirmed: {} }), { from, to });
  plans.set(key, plan);
  return plan;
}

function requiredAlone(tree: FileTree, plan: Plan): FileTree {
  const required = new Set(plan.steps.filter(({ need }) => need === 'required').map(({ id }) => id));
  const operations = withPrerequisites(plan.steps, required).flatMap((step) => step.operations);
  const done = performAll(new Workspace(tree), operations);
  if ('reason' in done) throw new Error(done.reason);
  return done.tree();
}

describePristine('the required steps alone', () => {
  for (const [from, to] of spans) {
    const variants = hasPristine ? readdirSync(join(pristineRoot(), 'pristine', from)) : [];
    test.each(variants)(`leave a consistent project: ${from} to ${to}, %s`, (variant) => {
      const tree = pristineTree(from, variant);
      const before = inconsistencies(tree);
      const after = inconsistencies(requiredAlone(tree, planFor(tree, from, to, variant)));
      expect(after.filter((one) => !before.includes(one))).toEqual([]);
    });
  }
});

describePristine('no step', () => {
  for (const [from, to] of spans) {
    const variants = hasPristine ? readdirSync(join(pristineRoot(), 'pristine', from)) : [];
    test.each(variants)(`comes after one of lesser need: ${from} to ${to}, %s`, (variant) => {
      const { steps } = planFor(pristineTree(from, variant), from, to, variant);
      const needOf = new Map(steps.map(({ id, need }) => [id, needs.indexOf(need)]));
      const wrong = steps.flatMap(({ id, need, after }) =>
        after
          .filter((earlier) => (needOf.get(earlier) ?? 0) > needs.indexOf(need))
          .map((earlier) => `${id} after ${earlier}`),
      );
      expect(wrong).toEqual([]);
    });
  }
});

describePristine('the checker', () => {
  test('finds nothing in a generated project', () => {
    for (const version of ['1.5.15', '1.6.17', '1.7.24', '1.8.12']) {
      expect(inconsistencies(pristineTree(version))).toEqual([]);
    }
  });

  test('sees a dep that is used but gone', () => {
    const tree = pristineTree('1.8.12');
    const gone = performAll(new Workspace(tree), [{ kind: 'remove-dep', path: 'mix.exs', dep: 'esbuild' }]);
    expect('reason' in gone ? [] : inconsistencies(gone.tree()).length).toBeGreaterThan(2);
  });
});
