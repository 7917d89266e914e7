import { describe, expect, test } from 'vitest';
import { expectNoStep, expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { mixfile, shopWith } from './small-shop.ts';

const asking = (elixir: string) => planOf(shopWith({ 'mix.exs': mixfile({ elixir }) }), { to: '1.8.12' });

describe('the Elixir that a project asks for', () => {
  test.each(['~> 1.10', '>= 1.13.2', '~> 1.14'])(
    'is raised where %s allows an older one than Phoenix runs on',
    (own) => {
      const { need, status } = expectStep(asking(own), 'elixir-requirement');
      expect([need, status]).toEqual(['required', 'pending']);
    },
  );
  test('is no matter of need where Phoenix runs on it', () => {
    expectNoStep(asking('~> 1.16'), 'elixir-requirement');
    expectStep(asking('~> 1.16'), 'elixir-of-new-apps', { need: 'cosmetic' });
  });
  test('is never lowered', () => {
    const step = asking('~> 1.19').steps.find(({ id }) => id === 'elixir-of-new-apps');
    expect(step?.status ?? 'done').toBe('done');
  });
});
