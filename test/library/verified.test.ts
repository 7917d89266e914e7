import { describe, expect, test } from 'vitest';
import { runCommands } from '../../src/apply/command.ts';
import { finishedApplies } from '../../src/apply/finished.ts';
import { undo } from '../../src/apply/recover.ts';
import { applyOnTrial, type Trial } from '../../src/library/verified.ts';
import type { UpgradeMemory } from '../../src/project/memory.ts';
import { commitAll, git, initGit, read, scratch, write } from '../apply/support/project.ts';
import { change, contextOf, plain } from '../apply/support/shop.ts';
import { richPlan } from '../support/plans.ts';

const steps = ['oars', 'sails', 'keel', 'mast'].map((id) => ({ id, commands: id === 'keel' ? ['true'] : [] }));

/** Each step adds its name to a list that it shares with the others. */
function changes() {
  const texts = [
    '',
    ...steps.map(
      (_, at) =>
        `${steps
          .slice(0, at + 1)
          .map(({ id }) => id)
          .join('\n')}\n`,
    ),
  ];
  return steps.map(({ id }, at) => ({ step: id, files: [change('BOAT', texts[at] ?? '', texts[at + 1] ?? '')] }));
}

/** A project whose check fails as long as the word is in its list. */
function boat(word: string): string {
  const root = scratch();
  write(root, 'BOAT', '');
  write(root, 'check', `if grep -q '${word}' BOAT; then exit 3; fi\n`);
  initGit(root);
  commitAll(root);
  return root;
}

function upgrade() {
  let memory: UpgradeMemory | null = null;
  const remembered = {
    get memory() {
      return memory;
    },
    keep: async (next: UpgradeMemory | null) => {
      memory = next;
    },
  };
  return { remembered, plan: richPlan };
}

const input = { changes: changes(), steps, options: plain };

const units = input.changes.map((one) => [one]);

async function tried(word: string, bisect: boolean, more: Partial<Trial> = {}, groups = units) {
  const root = boat(word);
  const own = upgrade();
  const ran: string[] = [];
  const watch = { started: (command: string) => void ran.push(command), output: () => undefined };
  const trial: Trial = { commands: ['sh check'], bisect, each: 'step', onFailure: 'undo', watch, ...more };
  const { kept, broken, red } = await applyOnTrial(own, contextOf(root), { ...input, units: groups }, trial);
  return { root, own, ran, kept, broken, red };
}

describe('steps on trial', () => {
  const broken = { steps: ['keel'], reason: 'sh check: it ended with code 3' };

  test('stop at the one with which the commands fail: it is taken back, and those before it stand', async () => {
    const { root, own, ran, ...rest } = await tried('keel', false);
    expect(rest).toEqual({ kept: ['oars', 'sails'], broken, red: [] });
    expect(read(root, 'BOAT')).toBe('oars\nsails\n');
    expect(ran).toEqual(['sh check', 'sh check', 'sh check', 'true', 'sh check']);
    expect(own.remembered.memory?.applies).toBe(2);
  });

  test('are all carried out where they pass, each to be undone by itself', async () => {
    const { root, kept, broken: none } = await tried('anchor', false);
    expect([kept, none]).toEqual([steps.map(({ id }) => id), null]);
    expect((await finishedApplies(contextOf(root))).map((one) => one.steps)).toEqual([
      ['mast'],
      ['keel'],
      ['sails'],
      ['oars'],
    ]);
    await undo(contextOf(root), { force: false });
    expect(read(root, 'BOAT')).toBe('oars\nsails\nkeel\n');
  });

  test.each(steps.map(({ id }) => id))(
    'that broke the project is found among the others by halving: %s',
    async (id) => {
      const { root, kept, broken: found } = await tried(id, true);
      expect(found?.steps).toEqual([id]);
      expect(kept).toEqual(
        steps
          .map((step) => step.id)
          .slice(
            0,
            steps.findIndex((step) => step.id === id),
          ),
      );
      expect(read(root, 'BOAT')).toBe(kept.map((one) => `${one}\n`).join(''));
    },
  );

  test('are taken back together where they are tried together', async () => {
    const [oars, sails, keel, mast] = input.changes;
    const groups = [
      [oars, sails],
      [keel, mast],
    ].map((group) => group.flatMap((one) => one ?? []));
    const { root, kept, broken: found, ran } = await tried('mast', false, { each: 'phase' }, groups);
    expect([kept, found?.steps]).toEqual([
      ['oars', 'sails'],
      ['keel', 'mast'],
    ]);
    expect(read(root, 'BOAT')).toBe('oars\nsails\n');
    expect(ran).toEqual(['sh check', 'sh check', 'true', 'sh check']);
  });

  test('are kept where that is asked for, with a note from where to where the commands fail', async () => {
    const root = boat('never');
    write(root, 'check', 'if grep -q sails BOAT && ! grep -q mast BOAT; then exit 3; fi\n');
    commitAll(root);
    const watch = { started: () => undefined, output: () => undefined };
    const trial: Trial = { commands: ['sh check'], bisect: false, each: 'step', onFailure: 'keep', watch };
    const { kept, red } = await applyOnTrial(upgrade(), contextOf(root), { ...input, units }, trial);
    expect(kept).toEqual(steps.map(({ id }) => id));
    const reason = 'sh check: it ended with code 3; it passes again with mast';
    expect(red).toEqual([
      { steps: ['sails'], reason },
      { steps: ['keel'], reason },
    ]);
  });

  test('a command that takes longer than it may is ended, and counts as failed', async () => {
    const watch = { started: () => undefined, output: () => undefined, limit: 0.2 };
    const ran = await runCommands(contextOf(boat('never')), ['sleep 30', 'true'], watch);
    expect(ran).toEqual({
      done: [],
      failed: { command: 'sleep 30', reason: 'it took longer than 0.2 s and was ended' },
    });
  });

  test('run once at the end of a series that passes', async () => {
    const { ran } = await tried('anchor', true);
    expect(ran).toEqual(['sh check', 'true', 'sh check']);
  });

  test('are not begun in a project that does not pass before', async () => {
    const root = boat('');
    write(root, 'BOAT', 'leak');
    commitAll(root);
    const trial = {
      commands: ['sh check'],
      bisect: false,
      each: 'step' as const,
      onFailure: 'undo' as const,
      watch: { started: () => undefined, output: () => undefined },
    };
    const attempt = applyOnTrial(upgrade(), contextOf(root), { ...input, units }, trial);
    await expect(attempt).rejects.toThrow(expect.objectContaining({ code: 'verify-fails' }));
    expect([read(root, 'BOAT'), git(root, 'status', '--porcelain')]).toEqual(['leak', '']);
  });
});
