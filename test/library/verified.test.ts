import { describe, expect, test } from 'vitest';
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

async function tried(word: string, bisect: boolean) {
  const root = boat(word);
  const own = upgrade();
  const ran: string[] = [];
  const watch = { started: (command: string) => void ran.push(command), output: () => undefined };
  const trial: Trial = { commands: ['sh check'], bisect, watch };
  const { kept, broken } = await applyOnTrial(own, contextOf(root), input, trial);
  return { root, own, ran, kept, broken };
}

describe('steps on trial', () => {
  const broken = { step: 'keel', reason: 'sh check: it ended with code 3' };

  test('stop at the one with which the commands fail: it is taken back, and those before it stand', async () => {
    const { root, own, ran, ...rest } = await tried('keel', false);
    expect(rest).toEqual({ kept: ['oars', 'sails'], broken });
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
      expect(found?.step).toBe(id);
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
      watch: { started: () => undefined, output: () => undefined },
    };
    const attempt = applyOnTrial(upgrade(), contextOf(root), input, trial);
    await expect(attempt).rejects.toThrow(expect.objectContaining({ code: 'verify-fails' }));
    expect([read(root, 'BOAT'), git(root, 'status', '--porcelain')]).toEqual(['leak', '']);
  });
});
