import { expect, test } from 'vitest';
import { describePristine, pristineTree } from '../support/pristine.ts';
import { planOf } from '../support/projects.ts';

const liveView = /^(?:colocated-hooks|live-view)/;
const pairs = [
  ['1.6.17', '1.7.24'],
  ['1.6.17', '1.8.12'],
  ['1.7.24', '1.8.0'],
  ['1.7.24', '1.8.12'],
  ['1.8.0', '1.8.12'],
] as const;

describePristine('a project without LiveView', () => {
  test.each(pairs)('has no step about it: --no-html, %s to %s', (from, to) => {
    const { steps } = planOf(pristineTree(from, 'no-html'), { from, to });
    expect(steps.map(({ id }) => id).filter((id) => liveView.test(id))).toEqual([]);
  });

  // The generator itself writes the dep, its settings and the compiler with --no-live.
  test.each(pairs)('has no finding about it: --no-live, %s to %s', (from, to) => {
    const { steps } = planOf(pristineTree(from, 'no-live'), { from, to });
    const found = steps.filter(({ id, findings }) => liveView.test(id) && findings.length > 0);
    expect(found.map(({ id, findings }) => [id, findings])).toEqual([]);
  });
});
