import { expect } from 'vitest';
import type { Change, Plan, Step } from '../../src/plan/plan.ts';

/** A step of a plan by id. */
export function stepOf(plan: Plan, id: string): Step {
  const found = plan.steps.find((step) => step.id === id);
  if (!found) throw new Error(`no step ${id} among ${plan.steps.map((step) => step.id).join(', ')}`);
  return found;
}

/** The plan has the step, with these traits. */
export function expectStep(plan: Plan, id: string, traits: Partial<Step> = {}): Step {
  const step = stepOf(plan, id);
  expect(step).toMatchObject(traits);
  return step;
}

/** Nothing of the plan goes by that id. */
export function expectNoStep(plan: Plan, id: string): void {
  expect(plan.steps.map((step) => step.id)).not.toContain(id);
}

/** Lines that pending steps take out of a file (`-…`) and put in (`+…`), indentation aside, in patch order. */
export function patchLines(plan: Plan, path: string): string[] {
  return plan.steps
    .flatMap(({ edits }) => edits)
    .filter((edit) => edit.path === path)
    .flatMap(({ patch }) => patch.split('\n'))
    .filter((line) => /^[-+](?!--|\+\+)/.test(line))
    .map((line) => line[0] + line.slice(1).trim());
}

/** The plan's patches of a file hold these lines, `-old` and `+new`, in this order. */
export function expectPatch(plan: Plan, path: string, ...lines: readonly string[]): void {
  const all = patchLines(plan, path);
  const found = lines.filter(
    ((from) => (line: string) => {
      const at = all.indexOf(line, from);
      if (at !== -1) from = at + 1;
      return at !== -1;
    })(0),
  );
  expect(found, `in the patches of ${path}:\n${all.join('\n')}`).toEqual(lines);
}

/** No step edits these files. */
export function expectUnchanged(plan: Plan, ...paths: readonly string[]): void {
  const touched = plan.steps.flatMap(({ edits }) => edits.flatMap(({ path, from }) => [path, ...(from ? [from] : [])]));
  expect(touched.filter((path) => paths.includes(path))).toEqual([]);
}

/** No patch takes out or puts in a line with this text. */
export function expectUntouched(plan: Plan, path: string, text: string): void {
  expect(patchLines(plan, path).filter((line) => line.includes(text))).toEqual([]);
}

/** The one change of an address, whichever step has it. */
export function changeOf(plan: Plan, address: string): Change {
  const found = plan.steps.flatMap(({ changes }) => changes).filter((change) => change.address === address);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} changes of ${address}`);
  return only;
}

/** The plan has no change of addresses that begin so. */
export function expectNoChange(plan: Plan, prefix: string): void {
  const addresses = plan.steps.flatMap(({ changes }) => changes.map(({ address }) => address));
  expect(addresses.filter((address) => address.startsWith(prefix))).toEqual([]);
}

/** Both steps are in the plan, and the first comes first. */
export function expectOrder(plan: Plan, ...ids: readonly string[]): void {
  const order = plan.steps.map(({ id }) => id).filter((id) => ids.includes(id));
  expect(order).toEqual(ids);
}
