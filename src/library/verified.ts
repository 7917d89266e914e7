import { type ApplyOptions, type ApplyResult, applyChanges } from '../apply/apply.ts';
import { type CommandsResult, type CommandWatch, runCommands } from '../apply/command.ts';
import { findsOwnWorkAlone } from '../apply/finished.ts';
import type { ApplyContext } from '../apply/machine.ts';
import { undo } from '../apply/recover.ts';
import { UpgradeError } from '../errors/error.ts';
import type { StepChange } from '../merge/change-set.ts';
import type { Step } from '../plan/plan.ts';
import { takenBack } from './memory.ts';
import { type Remembering, remembering } from './remembering.ts';

/** Commands that say whether the project works, run between steps. */
export interface Trial {
  readonly commands: readonly string[];
  /** Runs them once all steps are carried out, and only if they fail looks for the step that broke them. */
  readonly bisect: boolean;
  readonly watch: CommandWatch;
}

/** What is carried out on trial. */
export interface TrialInput {
  /** In order; each writes files. */
  readonly changes: readonly StepChange[];
  /** The steps of the changes, with the commands that they ask for. */
  readonly steps: readonly Pick<Step, 'id' | 'commands'>[];
  readonly options: ApplyOptions;
}

/** What stands when a trial is over. */
export interface TrialResult {
  /** Ids of the steps that are carried out, in order. */
  readonly kept: readonly string[];
  /** The step that was taken back since the commands failed with it, and what failed; null where all went well. */
  readonly broken: { readonly step: string; readonly reason: string } | null;
  readonly results: readonly ApplyResult[];
}

/**
 * Carries out changes of steps as an apply each, so that undo takes them back one by one. A step with which the commands
 * fail is taken back, and none after it is carried out.
 *
 * @throws UpgradeError `verify-fails` where the commands fail before any step, with nothing written; those of `applyChanges`
 */
export async function applyOnTrial(
  upgrade: Remembering,
  context: ApplyContext,
  input: TrialInput,
  trial: Trial,
): Promise<TrialResult> {
  const before = await failureOf(runCommands(context, trial.commands, trial.watch));
  if (before !== null) throw new UpgradeError('verify-fails', { reason: before });
  const series = new Series(upgrade, context, input, trial);
  const broken = trial.bisect ? await bisected(series) : await oneByOne(series);
  return { kept: series.kept, broken, results: series.results };
}

async function oneByOne(series: Series): Promise<TrialResult['broken']> {
  for (let count = 1; count <= series.length; count += 1) {
    const reason = await series.failureAt(count);
    if (reason !== null) return series.brokenBy(count, reason);
  }
  return null;
}

/** Halves the way between the last number of steps known to work and the first known to fail. */
async function bisected(series: Series): Promise<TrialResult['broken']> {
  let [works, fails] = [0, series.length];
  let reason = await series.failureAt(fails);
  if (reason === null) return null;
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    const failure = await series.failureAt(middle);
    if (failure === null) works = middle;
    else [fails, reason] = [middle, failure];
  }
  return series.brokenBy(fails, reason);
}

/** The project with more or fewer of the steps carried out. */
class Series {
  readonly #upgrade: Remembering;
  readonly #context: ApplyContext;
  readonly #changes: readonly StepChange[];
  readonly #steps: TrialInput['steps'];
  readonly #options: ApplyOptions;
  readonly #trial: Trial;
  readonly #results: ApplyResult[] = [];

  constructor(upgrade: Remembering, context: ApplyContext, input: TrialInput, trial: Trial) {
    [this.#upgrade, this.#context, this.#trial] = [upgrade, context, trial];
    [this.#changes, this.#steps, this.#options] = [input.changes, input.steps, input.options];
  }

  get length(): number {
    return this.#changes.length;
  }

  get kept(): readonly string[] {
    return this.#changes.slice(0, this.#results.length).map(({ step }) => step);
  }

  get results(): readonly ApplyResult[] {
    return this.#results;
  }

  /** Why the commands fail with the first `count` steps; null where they do not. */
  async failureAt(count: number): Promise<string | null> {
    const moved = await this.#moveTo(count);
    const asked = this.#steps.filter(({ id }) => moved.includes(id)).flatMap(({ commands }) => commands);
    const commands = [...new Set([...asked, ...this.#trial.commands])];
    return failureOf(runCommands(this.#context, commands, this.#trial.watch));
  }

  /** Goes back to the steps before the one that broke the commands, and names it. */
  async brokenBy(count: number, reason: string): Promise<{ readonly step: string; readonly reason: string }> {
    await this.#moveTo(count - 1);
    return { step: this.#changes[count - 1]?.step ?? '', reason };
  }

  /** Ids of the steps that were carried out or taken back on the way. */
  async #moveTo(count: number): Promise<readonly string[]> {
    const from = this.#results.length;
    while (this.#results.length < count) this.#results.push(await this.#forward());
    while (this.#results.length > count) await this.#back();
    return this.#changes.slice(Math.min(from, count), Math.max(from, count)).map(({ step }) => step);
  }

  async #forward(): Promise<ApplyResult> {
    const changes = this.#changes.slice(this.#results.length, this.#results.length + 1);
    const { commit } = this.#options;
    // The branch is made by the first of them.
    const branch = this.#results.length === 0 ? (commit?.branch ?? null) : null;
    const allowDirty = this.#options.allowDirty || (await findsOwnWorkAlone(this.#context, changes));
    const options = { ...this.#options, allowDirty, commit: commit && { ...commit, branch } };
    return remembering(this.#upgrade, true, () => applyChanges(this.#context, changes, options));
  }

  async #back(): Promise<void> {
    await undo(this.#context, { force: false });
    await takenBack(this.#upgrade.remembered);
    this.#results.pop();
  }
}

async function failureOf(run: Promise<CommandsResult>): Promise<string | null> {
  const { failed } = await run;
  return failed === null ? null : `${failed.command}: ${failed.reason}`;
}
