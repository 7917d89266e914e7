import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseSettings, readSettings, writeSettings } from '../../src/project/settings.ts';
import { scratch } from '../support/pristine.ts';

describe('settings are refused with the line', () => {
  test.each([
    ['of an unknown key', '{\n  "from": "1.6.0",\n  "ignor": {}\n}', 3, 'there is no key ignor'],
    ['of an unknown key inside', '{\n  "ignore": {\n    "files": {}\n  }\n}', 3, 'there is no key files'],
    ['of a value of another kind', '{\n  "flags": "--no-ecto"\n}', 2, 'flags does not fit'],
    [
      'of a reason that is empty',
      '{\n  "ignore": {\n    "steps": {\n      "a": "why",\n      "b": " "\n    }\n  }\n}',
      5,
      'ignore.steps.b',
    ],
    ['of an entry of a list', '{\n  "flags": [\n    "--no-ecto",\n    3\n  ]\n}', 4, 'flags.1'],
    ['where it is no JSON', '{\n  "from": "1.6.0",\n}', 3, 'this is no JSON'],
    ['where it ends too early', '{\n  "from":', 2, 'this is no JSON'],
  ])('%s', (_, text, line, reason) => {
    expect(() => parseSettings(text)).toThrow(`.phx-upgrade.json:${line}: ${reason}`);
  });
});

describe('the file is read like every other one of the project', () => {
  const text = '{ "from": "1.6.0" }';
  const path = (root: string) => join(root, '.phx-upgrade.json');

  test('with a byte order mark, and through a link inside the project', () => {
    const root = scratch('settings');
    writeFileSync(join(root, 'shared.json'), `\uFEFF${text}`);
    symlinkSync('shared.json', path(root));
    expect(readSettings(root)).toEqual({ from: '1.6.0' });
  });

  test('not through a link that leaves it', () => {
    const [root, outside] = [scratch('settings'), join(scratch('outside'), 'secret.json')];
    writeFileSync(outside, text);
    symlinkSync(outside, path(root));
    expect(() => readSettings(root)).toThrow('.phx-upgrade.json cannot be read');
  });

  test.skipIf(process.platform === 'win32')('not from a FIFO, which a reader would wait for', () => {
    const root = scratch('settings');
    execFileSync('mkfifo', [path(root)]);
    expect(() => readSettings(root)).toThrow('.phx-upgrade.json cannot be read');
  });
});

test('what is written is read again', () => {
  const root = scratch('settings');
  const settings = { from: '1.6.16', flags: [], ignore: { steps: { release: 'no releases here' } } };
  writeSettings(root, settings);
  expect(readSettings(root)).toEqual(settings);
});

test('empty parts are not written, and nothing at all leaves no file', () => {
  const root = scratch('settings');
  writeSettings(root, { from: '1.6.16', ignore: { steps: {} } });
  expect(JSON.parse(readFileSync(join(root, '.phx-upgrade.json'), 'utf8'))).toEqual({ from: '1.6.16' });
  writeSettings(root, { ignore: { steps: {} } });
  expect(existsSync(join(root, '.phx-upgrade.json'))).toBe(false);
});
