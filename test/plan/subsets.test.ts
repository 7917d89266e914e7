import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/elixir/parse.ts';
import { projectFacts } from '../../src/facts/extract/project.ts';
import { loadProject } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { performAll } from '../../src/merge/perform.ts';
import { Workspace } from '../../src/merge/workspace.ts';
import { withPrerequisites } from '../../src/plan/order.ts';
import type { Step } from '../../src/plan/plan.ts';
import { readProject } from '../../src/project/project.ts';
import type { FileTree } from '../../src/project/tree.ts';

const projects = resolve(import.meta.dirname, '../../fixtures/projects');

function carriedOut(tree: FileTree, steps: readonly Step[]): FileTree {
  let workspace = new Workspace(tree);
  for (const step of steps) {
    const next = performAll(workspace, step.operations);
    if ('reason' in next) throw new Error(`${step.id}: ${next.reason}`);
    workspace = next;
  }
  return workspace.tree();
}

/** The steps in another order that keeps each behind those it comes after. */
function shuffled(steps: readonly Step[], picks: readonly number[]): Step[] {
  const [left, order] = [[...steps], [] as Step[]];
  for (const pick of [...picks, ...steps.map(() => 0)]) {
    const ready = left.filter(({ after }) => !left.some(({ id }) => after.includes(id)));
    const step = ready[pick % Math.max(ready.length, 1)];
    if (!step) break;
    left.splice(left.indexOf(step), 1);
    order.push(step);
  }
  return order;
}

/** What a project states, whatever the order of its lines. */
function statements(tree: FileTree): string[] {
  return projectFacts(readProject(tree))
    .map(({ address, value }) => `${address} = ${value}`)
    .sort();
}

describe.each(['atelier', 'shop', 'bazaar'])('any choice of steps for %s', async (name) => {
  const loaded = await loadProject(resolve(projects, name));
  const { project } = loaded;
  const plan = planProject(loaded);
  const pending = plan.steps.filter(({ status }) => status === 'pending');
  const choices = fc.subarray(pending.map(({ id }) => id));

  test('is carried out in any order, parses, and states the same', () => {
    fc.assert(
      fc.property(choices, fc.array(fc.nat(1000), { maxLength: 60 }), (ids, picks) => {
        const chosen = withPrerequisites(plan.steps, new Set(ids));
        const usual = carriedOut(project.tree, chosen);
        const other = carriedOut(project.tree, shuffled(chosen, picks));
        expect(statements(other)).toEqual(statements(usual));
        for (const path of other.paths.filter((one) => /\.exs?$/.test(one))) {
          expect([path, parse(other.read(path) ?? '').problems]).toEqual([path, []]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('gives the same files each time, and once more changes nothing', () => {
    fc.assert(
      fc.property(choices, (ids) => {
        const chosen = withPrerequisites(plan.steps, new Set(ids));
        const [once, again] = [carriedOut(project.tree, chosen), carriedOut(project.tree, chosen)];
        const twice = carriedOut(once, chosen);
        for (const path of once.paths) {
          expect([path, again.read(path)]).toEqual([path, once.read(path)]);
          expect([path, twice.read(path)]).toEqual([path, once.read(path)]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
