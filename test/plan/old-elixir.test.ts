import { describe, test } from 'vitest';
import { expectStep } from '../support/assertions.ts';
import { planOf } from '../support/projects.ts';
import { edited, mixfile, shopWith } from './small-shop.ts';

const old = (elixir: string, more = {}) =>
  planOf(
    edited(
      'config/config.exs',
      'import Config',
      'use Mix.Config',
      shopWith({ 'mix.exs': mixfile({ elixir }), ...more }),
    ),
    { to: '1.8.12' },
  );

describe('import Config, whose config_env() came with Elixir 1.11', () => {
  test('is safe on an Elixir that has it', () => {
    expectStep(old('~> 1.11'), 'import-config', { risk: 'safe' });
    expectStep(old('~> 1.6', { '.tool-versions': 'elixir 1.14.5-otp-25\n' }), 'import-config', { risk: 'safe' });
  });
  test('is not where the project is on an older one', () => {
    expectStep(old('~> 1.6'), 'import-config', { risk: 'review' });
    expectStep(old('~> 1.12', { '.tool-versions': 'elixir 1.7.4\n' }), 'import-config', { risk: 'review' });
  });
});
