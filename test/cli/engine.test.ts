import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { flagsForOneRun } from '../../src/cli/engine.ts';

test('this Node knows every flag: V8 would complain of another on the terminal', () => {
  const code = `for (const flag of ${JSON.stringify(flagsForOneRun)}) require('node:v8').setFlagsFromString(flag)`;
  const { stderr, status } = spawnSync(process.execPath, ['--eval', code], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const unknown = spawnSync(process.execPath, ['--eval', code.replace('--no-opt', '--no-such-flag')], {
    encoding: 'utf8',
  });
  expect(unknown.stderr).toContain('no-such-flag');
});
