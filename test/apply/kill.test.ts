import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyOf, recovers, whole } from './support/death.ts';
import { shop } from './support/project.ts';

test('a real kill -9 at write points of a process of its own', async () => {
  const script = join(import.meta.dirname, 'support/killed-apply.ts');
  const run = (root: string, operation: string, point: number) =>
    spawnSync(process.execPath, ['--import', 'tsx', script, root, operation, `${point}`], { encoding: 'utf8' });
  const pristine = shop();
  const original = whole(pristine);
  const undisturbed = copyOf(pristine);
  const points = Number(run(undisturbed, 'apply', -1).stdout);
  const done = whole(undisturbed);
  expect(points).toBeGreaterThan(40);
  for (let at = 0; at < points; at += 3) {
    const root = copyOf(pristine);
    const { signal } = run(root, 'apply', at);
    expect(signal).toBe('SIGKILL');
    await recovers(root, done, original);
  }
}, 600_000);
