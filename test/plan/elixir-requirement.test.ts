import { describe, expect, test } from 'vitest';
import { neededElixir } from '../../src/topics/needed-elixir.ts';
import { expectNoStep, expectPatch, expectStep } from '../support/assertions.ts';
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
  test('is raised to what Phoenix needs and no further where something that builds the app is older', () => {
    const plan = planOf(shopWith({ 'mix.exs': mixfile({ elixir: '~> 1.14' }), '.tool-versions': 'elixir 1.16.2\n' }), {
      to: '1.8.12',
    });
    expectStep(plan, 'elixir-requirement', { need: 'cosmetic' });
    expectPatch(plan, 'mix.exs', '+elixir: "~> 1.15",');
  });
  test('stays below what a row of a CI matrix runs the tests on', () => {
    const matrix =
      'include:\n          - elixir: 1.15.8\n            otp: 26\n          - elixir: 1.18.1\n            otp: 27';
    const ci = `jobs:\n  test:\n    strategy:\n      matrix:\n        ${matrix}\n`;
    const files = { 'mix.exs': mixfile({ elixir: '~> 1.15' }), '.github/workflows/ci.yml': ci };
    const plan = planOf(shopWith(files), { to: '1.8.12' });
    expectStep(plan, 'elixir-of-new-apps', { status: 'declined' });
  });
  test('stays where Phoenix runs on it and something that builds the app is older than what new apps ask for', () => {
    const plan = planOf(shopWith({ 'mix.exs': mixfile({ elixir: '~> 1.15' }), '.tool-versions': 'elixir 1.15.7\n' }), {
      to: '1.8.12',
    });
    expectNoStep(plan, 'elixir-requirement');
    expectStep(plan, 'elixir-of-new-apps', { status: 'declined' });
  });
  test('is the package’s own: Phoenix 1.7 runs on 1.11', () => {
    expect(neededElixir('1.7.7')).toBe('1.11');
    expect(neededElixir('1.7.15')).toBe('1.14');
    expect(neededElixir('1.7.21')).toBe('1.11');
  });
});
