import { expect, test } from 'vitest';
import { chooseSteps, type StepChoice } from '../../src/plan/choose.ts';
import type { Step } from '../../src/plan/plan.ts';
import { richPlan, step } from '../support/plans.ts';

const safe = step({ id: 'safe', title: 'Add', area: 'web', risk: 'safe' });
const look = step({ id: 'look', title: 'Change', area: 'web', risk: 'review' });
const manual: Step = { ...step({ id: 'manual', title: 'Decide', area: 'deps', risk: 'manual' }), status: 'manual' };
const conflict: Step = { ...manual, id: 'conflict', status: 'conflict' };
const plan = { ...richPlan, steps: [safe, look, manual, conflict] };

function chosen(choice: StepChoice) {
  const { steps, left } = chooseSteps(plan, choice);
  return [steps.map(({ id }) => id), left.map(({ id }) => id)];
}

test('who asks for all that edits can make is told what they cannot', () => {
  expect(chosen({ review: true })).toEqual([
    ['safe', 'look'],
    ['manual', 'conflict'],
  ]);
  expect(chosen({ all: true })).toEqual([['safe'], ['manual', 'conflict']]);
});

test('who asks for some steps is told of these alone', () => {
  expect(chosen({ steps: ['look'] })).toEqual([['look'], []]);
  expect(chosen({ areas: ['deps'] })).toEqual([[], ['manual', 'conflict']]);
});
