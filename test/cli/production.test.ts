import { expect, test } from 'vitest';
import { inProduction } from '../../src/cli/walk/production.ts';

test('modules are loaded as in production, and what is started later does not see it', async () => {
  const env: Record<string, string | undefined> = {};
  expect(await inProduction(env, async () => env.NODE_ENV)).toBe('production');
  expect(env).toEqual({});
});

test('a module that cannot be loaded leaves no trace either', async () => {
  const env: Record<string, string | undefined> = {};
  const failing = inProduction(env, () => Promise.reject(new Error('no such module')));
  await expect(failing).rejects.toThrow('no such module');
  expect('NODE_ENV' in env).toBe(false);
});

test('what the user says counts', async () => {
  const env = { NODE_ENV: 'development' };
  expect(await inProduction(env, async () => env.NODE_ENV)).toBe('development');
  expect(env).toEqual({ NODE_ENV: 'development' });
});
