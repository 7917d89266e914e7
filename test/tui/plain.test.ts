import { afterEach, describe, expect, test } from 'vitest';
import { dangerous, richPlan } from '../support/plans.ts';
import { atelierPlan } from './support/plans.ts';
import { leaveWalks, Walking, type WalkSetup } from './support/walking.ts';

afterEach(leaveWalks);

/** Answers by what a choice says, as a person does who listens. */
async function answer(walking: Walking, label: string): Promise<void> {
  const numbers = [...walking.screen.normal.matchAll(/(\d+)\. ([^0-9]*?)(?=\d+\. |Number:)/g)];
  const found = numbers.findLast(([, , text]) => text?.trim() === label);
  if (!found?.[1]) throw new Error(`no answer ${label} in\n${walking.screen.normal}`);
  await walking.line(found[1]);
}

async function atSteps(plan = atelierPlan, setup: WalkSetup = {}): Promise<Walking> {
  const walking = new Walking(plan, { plain: true, ...setup });
  await walking.hears('Number:');
  await answer(walking, 'to the steps');
  await walking.hears('Step 1 of');
  return walking;
}

describe('a walk by numbered prompts', () => {
  test('never moves the cursor and has no colours', async () => {
    const walking = await atSteps();
    await answer(walking, 'read the whole step');
    await answer(walking, 'quit; the walk is kept');
    await walking.result;
    expect(walking.written).not.toContain('\x1b');
    expect(walking.raw).toBe(false);
  });

  test('a dumb terminal is walked so without being asked', async () => {
    const walking = new Walking(atelierPlan, { env: { TERM: 'dumb', LANG: 'C.UTF-8' } });
    await walking.hears('Number:');
    expect(walking.written).not.toContain('\x1b');
  });

  test('offers to apply only what can be applied', async () => {
    const colours = atelierPlan.steps.find(({ id }) => id === 'colours');
    const walking = await atSteps({ ...atelierPlan, steps: colours ? [colours] : [] });
    await walking.hears('edit in your editor');
    expect(walking.screen.normal).not.toMatch(/\d\. apply(?! all)/);
  });

  test('applies, says so, and goes on', async () => {
    const walking = await atSteps();
    await answer(walking, 'apply');
    await walking.hears('Applied elixir.');
    await walking.hears('Step 2 of 7: Listen to the code reloader');
    expect(walking.host.calls).toEqual(['apply elixir']);
  });

  test('reads a patch in words', async () => {
    const walking = await atSteps();
    await answer(walking, 'next step');
    await answer(walking, 'read the whole step');
    await walking.hears('1 remove: [app: :atelier]');
    await walking.hears('1 add: [app: :atelier, listeners: [Loom]]');
  });

  test('asks before it applies several', async () => {
    const walking = await atSteps();
    await answer(walking, 'next step');
    await answer(walking, 'apply');
    await walking.hears('Apply 2 steps? Answer y or n:');
    await walking.line('n');
    await walking.hears('Left as it was.');
    await answer(walking, 'apply');
    await walking.line('y');
    await walking.hears('Applied elixir, listener.');
  });

  test('a conflict is read three times over, and decided region by region', async () => {
    const walking = await atSteps();
    await answer(walking, 'next step');
    await answer(walking, 'next step');
    await answer(walking, 'read the whole step');
    await walking.hears('With the target text:');
    await walking.hears('LoomController, :theirs');
    await answer(walking, 'take theirs for this region');
    await walking.hears('Region 2 of 2 is selected.');
    await answer(walking, 'keep mine for this region');
    await walking.hears('Settled routes.');
    expect(walking.host.calls).toEqual(['resolve routes target yours']);
  });

  test('typed answers: a reason, a version, a search', async () => {
    const walking = new Walking(atelierPlan, { plain: true });
    await walking.hears('Number:');
    await answer(walking, 'change the target version');
    await walking.hears('Version to go to [1.8.12]:');
    await walking.line('1.7');
    await walking.hears('The plan was made anew.');
    await answer(walking, 'to the steps');
    await answer(walking, 'skip for good, with a reason');
    await walking.line('not ours');
    await walking.hears('elixir is not offered again.');
    await answer(walking, 'search');
    await walking.line('image');
    await walking.hears('A newer base image');
    expect(walking.host.calls).toEqual(['replan {"to":"1.7"}', 'skipForever elixir: not ours']);
  });

  test('runs a command at the end and says how it ended', async () => {
    const walking = await atSteps();
    await answer(walking, 'apply');
    await walking.hears('Applied elixir.');
    await answer(walking, 'what was done, and what to run next');
    await answer(walking, 'run mix test');
    await walking.hears('Not done: mix test ended with exit code 2.');
  });

  test('legs, and what becomes of an apply that was stopped halfway, are answers like others', async () => {
    const walking = new Walking(atelierPlan, { plain: true, unfinished: 'apply', way: ['1.7.21', '1.8.12'] });
    await walking.hears('1. finish the apply');
    await walking.line('1');
    await walking.hears('one minor version after the other: to 1.7.21');
    expect(walking.host.calls).toEqual(['recover finish']);
  });

  test('a number that is none is said', async () => {
    const walking = await atSteps();
    await walking.line('77');
    await walking.hears('There is no answer 77.');
  });

  test('the end of the input quits and keeps the walk', async () => {
    const walking = await atSteps();
    await answer(walking, 'skip for now');
    walking.close();
    expect(await walking.result).toMatchObject({ skipped: ['elixir'] });
    expect(walking.host.progress?.decisions).toEqual([{ kind: 'skip', step: 'elixir' }]);
  });

  test('what a project says is escaped', async () => {
    const walking = await atSteps(richPlan);
    for (let index = 0; index < 4; index += 1) await answer(walking, 'next step');
    await answer(walking, 'read the whole step');
    await walking.hears('Windows line ends');
    expect(walking.written).not.toMatch(dangerous);
  });
});
