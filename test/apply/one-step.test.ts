import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../src/apply/apply.ts';
import { reversalOf } from '../../src/apply/one-step.ts';
import { undo } from '../../src/apply/recover.ts';
import { read, scratch, write } from './support/project.ts';
import { change, contextOf as contextWith, plain, quick } from './support/shop.ts';

const contextOf = (root: string) => contextWith(root, quick());

const start = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const oars = start.replace('one', 'oars');
const sails = oars.replace('four', 'sails');
const keel = sails.replace('seven', 'keel');

/** Three steps in one apply: each changes a line of its own, and the second makes a file too. */
async function boat(): Promise<string> {
  const root = scratch();
  write(root, 'BOAT', start);
  const steps = [
    { step: 'oars', files: [change('BOAT', start, oars)] },
    { step: 'sails', files: [change('BOAT', oars, sails), change('SAILS', null, 'white\n')] },
    { step: 'keel', files: [change('BOAT', sails, keel)] },
  ];
  await applyChanges(contextOf(root), steps, plain);
  return root;
}

async function takeBack(root: string, step: string): Promise<void> {
  const { change: back } = await reversalOf(contextOf(root), step);
  await applyChanges(contextOf(root), [back], { ...plain, allowDirty: true });
}

describe('one step of a series', () => {
  test('is taken back while the others stay, and undo brings it again', async () => {
    const root = await boat();
    await takeBack(root, 'sails');
    expect(read(root, 'BOAT')).toBe(keel.replace('sails', 'four'));
    expect(existsSync(join(root, 'SAILS'))).toBe(false);
    await expect(reversalOf(contextOf(root), 'sails')).rejects.toMatchObject({ code: 'step-not-applied' });
    await undo(contextOf(root), { force: false });
    expect([read(root, 'BOAT'), read(root, 'SAILS')]).toEqual([keel, 'white\n']);
  });

  test('keeps what somebody wrote elsewhere in its file since', async () => {
    const root = await boat();
    write(root, 'BOAT', `${keel}by hand\n`);
    await takeBack(root, 'oars');
    expect(read(root, 'BOAT')).toBe(`${keel.replace('oars', 'one')}by hand\n`);
  });

  test.each([
    ['its line was changed since', 'BOAT', keel.replace('sails', 'blue sails'), 'BOAT:4'],
    ['the file that it made was changed since', 'SAILS', 'red\n', 'SAILS'],
  ])('is refused with the place where %s', async (_, path, text, place) => {
    const root = await boat();
    write(root, path, text);
    await expect(reversalOf(contextOf(root), 'sails')).rejects.toMatchObject({
      code: 'later-work',
      message: expect.stringContaining(place),
    });
    expect(read(root, path)).toBe(text);
  });

  test('that no apply carried out is named', async () => {
    await expect(reversalOf(contextOf(await boat()), 'mast')).rejects.toMatchObject({ code: 'step-not-applied' });
  });
});
