import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changePatch } from '../../src/merge/patch.ts';
import { scratch } from '../support/pristine.ts';

/** Bytes that are no text: a NUL among them. */
const bytes = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }))
  .map(([first, second]) => Buffer.concat([first, Buffer.of(0), second]));

const directory = scratch('binary');

function applied(before: Buffer | null, after: Buffer | null): Buffer | null {
  const file = join(directory, 'logo.bin');
  execFileSync('rm', ['-f', file]);
  if (before) writeFileSync(file, before);
  const patch = changePatch({ path: 'logo.bin', before, after, executable: false }, { executable: false });
  execFileSync('git', ['apply', '-'], { cwd: directory, input: patch });
  return existsSync(file) ? readFileSync(file) : null;
}

test('git takes the patch of any binary change, and comes to the same bytes', () => {
  const side = fc.option(bytes);
  fc.assert(
    fc.property(side, side, (before, after) => {
      fc.pre(before !== null || after !== null);
      fc.pre(!before || !after || !before.equals(after));
      expect(applied(before, after)).toEqual(after);
    }),
    { numRuns: 40 },
  );
});

test('a binary file of which the mode alone changes has no content in its patch', () => {
  const file = join(directory, 'tool.bin');
  const content = Buffer.of(0, 1, 2);
  writeFileSync(file, content);
  chmodSync(file, 0o644);
  const change = { path: 'tool.bin', before: content, after: content, executable: true };
  const patch = changePatch(change, { executable: false });
  expect(patch).not.toContain('GIT binary patch');
  execFileSync('git', ['apply', '-'], { cwd: directory, input: patch });
  expect(statSync(file).mode & 0o111).not.toBe(0);
});
