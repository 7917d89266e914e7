import { describe, expect, test } from 'vitest';
import { loadProject } from '../../src/library/load.ts';
import { planProject } from '../../src/library/plan.ts';
import { planDocument } from '../../src/report/document/plan-document.ts';
import { planText } from '../../src/report/text/plan.ts';
import { fixturePath } from '../support/projects.ts';

const projects = [
  ['atelier', '1.4.11'],
  ['shop', '1.6.15'],
  ['bazaar', '1.7.10'],
] as const;

describe.each(projects)('the plan for %s', async (name, from) => {
  const plan = planProject(await loadProject(fixturePath(name)), { to: '1.8.12' });

  test('starts from the locked version', () => {
    expect(plan).toMatchObject({ from, to: '1.8.12' });
  });
  test('reads as checked', async () => {
    const text = planText(plan, { all: true, color: false, width: 120 });
    await expect(text).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
  });
  test('is the checked document', async () => {
    const json = `${JSON.stringify(planDocument(plan, '0.0.0'), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot(`__snapshots__/${name}.json`);
  });
});
