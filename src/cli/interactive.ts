import type { ApplyContext } from '../apply/machine.ts';
import { UpgradeError } from '../errors/error.ts';
import { type ApplyWish, applySteps } from '../library/apply.ts';
import { withMark } from '../library/memory.ts';
import type { Upgrade } from '../library/open.ts';
import { isEmptyChoice, namedSteps } from '../plan/choose.ts';
import type { Step } from '../plan/plan.ts';
import { count, isOpen, stepsAhead } from '../plan/sections.ts';
import { stepText } from '../report/text/step.ts';
import type { Answers } from './answers.ts';
import type { CommandContext } from './invocation.ts';

/** What one run of questions works with. */
export interface Questions {
  readonly wish: ApplyWish;
  readonly context: ApplyContext;
  readonly answers: Answers;
  /** Lets a person edit a file as the step would make it, and writes it; says what came of it. */
  edit(upgrade: Upgrade, step: Step, path: string): Promise<string>;
}

/** The project as it is now, and the steps that were carried out, in order. */
interface Turn {
  readonly upgrade: Upgrade;
  readonly applied: readonly string[];
}

/** How the questions ended. */
export interface Answered extends Turn {
  /** Ids of the steps that questions were about, or would have been. */
  readonly asked: readonly string[];
}

/**
 * Asks for each step, in the plan's order, whether to carry it out. Questions and steps go to stderr. The end of the input is a
 * q. What cannot be carried out is said, and the next step asked for.
 */
export async function applyInteractively(start: Upgrade, questions: Questions, cli: CommandContext): Promise<Answered> {
  const { wish } = questions;
  const asked = (isEmptyChoice(wish) ? stepsAhead(start.plan) : namedSteps(start.plan, wish)).filter(isOpen);
  const applied: string[] = [];
  let upgrade = start;
  for (const [at, { id }] of asked.entries()) {
    const step = upgrade.plan.steps.find((one) => one.id === id);
    if (step === undefined || !isOpen(step)) continue;
    cli.context.stderr.write(`\n${stepText(upgrade.plan, id, cli.layout)}\n`);
    const answer = await ask(`Step ${at + 1} of ${asked.length}: ${hintOf(step)} `, step, questions, cli);
    if (answer === 'q') break;
    const turn = await takeTurn(answer, upgrade, step, questions, cli);
    applied.push(...turn.applied);
    upgrade = turn.upgrade;
  }
  return { upgrade, applied, asked: asked.map(({ id }) => id) };
}

const meanings = {
  y: 'carry it out, with what it needs',
  n: 'not now',
  e: 'edit its files in your editor',
  d: 'it is done by hand',
  s: 'skip it until the upgrade is finished',
  q: 'stop here; what was done stays',
} as const;
type Letter = keyof typeof meanings;

function lettersOf({ status }: Step): readonly Letter[] {
  return status === 'pending' ? ['y', 'n', 'e', 's', 'q'] : ['n', 'e', 'd', 's', 'q'];
}

function hintOf(step: Step): string {
  return `${step.status === 'pending' ? 'apply it?' : `${step.status}, no edit can make it.`} ${lettersOf(step).join('/')}/?`;
}

async function ask(question: string, step: Step, { answers }: Questions, cli: CommandContext): Promise<Letter> {
  const { stderr } = cli.context;
  for (;;) {
    stderr.write(question);
    const line = await answers.next();
    if (line === null) {
      stderr.write('\n');
      return 'q';
    }
    const letters = lettersOf(step);
    const letter = letters.find((one) => one === line.trim().toLowerCase());
    if (letter !== undefined) return letter;
    stderr.write(letters.map((one) => `  ${one}  ${meanings[one]}\n`).join(''));
  }
}

async function takeTurn(
  letter: Exclude<Letter, 'q'>,
  upgrade: Upgrade,
  step: Step,
  questions: Questions,
  cli: CommandContext,
): Promise<Turn> {
  switch (letter) {
    case 'y':
      return carriedOut(upgrade, step, questions, cli);
    case 'n':
      return { upgrade, applied: [] };
    case 'e': {
      const paths = [...new Set([...step.edits, ...step.conflicts, ...step.findings].map(({ path }) => path))];
      for (const path of paths) cli.context.stderr.write(`${await questions.edit(upgrade, step, path)}\n`);
      return { upgrade: { ...upgrade, ...(await upgrade.reread()) }, applied: [] };
    }
    case 'd':
    case 's': {
      cli.context.stderr.write('Why? ');
      const why = (await questions.answers.next())?.trim() || 'said so when asked';
      await withMark(upgrade, step.id, { as: letter === 'd' ? 'done' : 'skip', why });
      return { upgrade: { ...upgrade, ...(await upgrade.reread()) }, applied: [] };
    }
    default:
      return letter satisfies never;
  }
}

/** An error that can be explained is said: the next step may do. */
async function carriedOut(
  upgrade: Upgrade,
  step: Step,
  { wish, context }: Questions,
  cli: CommandContext,
): Promise<Turn> {
  const { stderr } = cli.context;
  try {
    const how = { ...wish, areas: undefined, phases: undefined, needs: undefined, all: undefined, review: undefined };
    const { outcome } = await applySteps(upgrade, { ...how, steps: [step.id] }, context);
    for (const { step: id, reason } of outcome.left) stderr.write(`Not done: ${id}: ${reason}\n`);
    if (outcome.applied.length > 0)
      stderr.write(`Applied ${count(outcome.applied.length, 'step')}: ${outcome.applied.join(', ')}\n`);
    return { upgrade: { ...upgrade, ...(await upgrade.reread()) }, applied: outcome.applied };
  } catch (error) {
    if (!(error instanceof UpgradeError)) throw error;
    stderr.write(`Not done: ${error.message} ${error.remedy}\n`);
    return { upgrade: { ...upgrade, ...(await upgrade.reread()) }, applied: [] };
  }
}
