import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refuseForeignCache } from '../../../src/pristine/sources/cache-directory.ts';
import { selectSources } from '../../../src/pristine/sources/select.ts';
import { scratch } from '../../support/pristine.ts';

const own = process.getuid?.() ?? 0;

function withMode(mode: number): string {
  const directory = scratch('cache-directory');
  chmodSync(directory, mode);
  return directory;
}

test('a cache of one’s own is used, and one that is not there yet', () => {
  expect(() => refuseForeignCache(withMode(0o755))).not.toThrow();
  expect(() => refuseForeignCache(withMode(0o775))).not.toThrow();
  expect(() => refuseForeignCache(join(withMode(0o755), 'absent'))).not.toThrow();
});

test('a cache that everybody can write to is refused', () => {
  expect(() => refuseForeignCache(withMode(0o777))).toThrowError(expect.objectContaining({ code: 'unsafe-cache' }));
});

test.skipIf(own !== 0)('a cache of somebody else is refused, but not by root', async () => {
  const { chownSync } = await import('node:fs');
  const directory = withMode(0o755);
  chownSync(directory, 4242, 4242);
  expect(() => refuseForeignCache(directory, 4243)).toThrowError(expect.objectContaining({ code: 'unsafe-cache' }));
  expect(() => refuseForeignCache(directory, 4242)).not.toThrow();
  expect(() => refuseForeignCache(directory, 0)).not.toThrow();
});

test('no source of text is opened with it', async () => {
  const options = {
    source: 'auto' as const,
    offline: true,
    archives: [],
    archiveDirectory: undefined,
    cacheDirectory: withMode(0o777),
    env: {},
    packages: [],
    processes: { run: () => Promise.reject(new Error('started')), env: {} },
    progress: () => undefined,
  };
  await expect(selectSources(options)).rejects.toMatchObject({ code: 'unsafe-cache' });
  expect(await selectSources({ ...options, source: 'snapshots' })).toEqual([]);
});
