import { describe, expect, test } from 'vitest';
import { phaseOfSteps, phasesOf } from '../../src/plan/phases.ts';
import type { Step } from '../../src/plan/plan.ts';
import { step } from '../support/plans.ts';

function phases(...steps: readonly Step[]) {
  return phasesOf({ steps }).map(({ id, steps: ids }) => [id, ...ids]);
}

describe('the phases of a plan', () => {
  test('stand in the order of the work, with their open steps', () => {
    const steps = [
      step({ id: 'elixir-requirement', area: 'mix', need: 'required' }),
      step({ id: 'phoenix-1-8', area: 'deps', need: 'required' }),
      step({ id: 'flash', area: 'web', need: 'required' }),
      step({ id: 'server-in-runtime', area: 'releases', need: 'required' }),
      step({ id: 'static-gzip', area: 'endpoint', need: 'recommended' }),
      step({ id: 'comments', area: 'docs', need: 'cosmetic' }),
      step({ id: 'settled', area: 'deps', need: 'required', status: 'done' }),
    ];
    expect(phases(...steps)).toEqual([
      ['before', 'elixir-requirement'],
      ['packages', 'phoenix-1-8'],
      ['compile', 'flash'],
      ['deploy', 'server-in-runtime'],
      ['modernise', 'static-gzip'],
      ['looks', 'comments'],
    ]);
  });

  test('take a step early where another one comes after it, through several', () => {
    const pubsub = step({ id: 'pubsub', area: 'supervision', need: 'required' });
    const presence = step({ id: 'presence', area: 'config', need: 'recommended', after: ['pubsub'] });
    const phoenix = step({ id: 'phoenix-1-5', area: 'deps', need: 'required', after: ['presence'] });
    expect([...phaseOfSteps({ steps: [pubsub, presence, phoenix] }).values()]).toEqual([
      'packages',
      'packages',
      'packages',
    ]);
  });

  test('leave out the backlog, unless it is required', () => {
    const [own, old] = ['a', 'b'].map((id) => step({ id, area: 'web', need: 'recommended', backlog: id === 'b' }));
    const needed = step({ id: 'c', area: 'web', need: 'required', backlog: true });
    expect(phases(own!, old!, needed)).toEqual([['before'], ['compile', 'c'], ['modernise', 'a']]);
  });

  test('begin with what comes before all steps, and are none where nothing is open', () => {
    expect(phases(step({ area: 'web', need: 'recommended', id: 'a' }))).toEqual([['before'], ['modernise', 'a']]);
    expect(phases(step({ id: 'a', status: 'done' }))).toEqual([]);
  });
});
