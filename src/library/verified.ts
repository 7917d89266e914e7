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
  /** How many steps are carried out between two runs: one, or those of a phase. */
  readonly each: 'step' | 'phase';
  /** What becomes of steps with which the commands fail: they are taken back, and nothing more is done, or kept with a note. */
  readonly onFailure: 'undo' | 'keep';
  /** Called before the commands run, with the steps that were just carried out; none before the first. */
  readonly turn?: (steps: readonly string[]) => void;
  readonly watch: CommandWatch;
}

/** What is carried out on trial. */
export interface TrialInput {
  /** In order, those between two runs of the commands together; each writes files. */
  readonly units: readonly (readonly StepChange[])[];
  /** The steps of the changes, with the commands that they ask for. */
  readonly steps: readonly Pick<Step, 'id' | 'commands'>[];
  readonly options: ApplyOptions;
}

/** Steps with which commands failed, and which of them how. */
export interface FailedSteps {
  readonly steps: readonly string[];
  readonly reason: string;
}

/** What stands when a trial is over. */
export interface TrialResult {
  /** Ids of the steps that are carried out, in order. */
  readonly kept: readonly string[];
  /** The steps that were taken back since the commands failed with them, and what failed; null where all went well. */
  readonly broken: FailedSteps | null;
  /** Steps that were kept although the commands fail with them. */
  readonly red: readonly FailedSteps[];
  readonly results: readonly ApplyResult[];
}

/**
 * Carries out changes of steps as an apply for each unit, so that undo takes them back one by one. Steps with which the commands
 * fail are taken back, and none after them is carried out, or they are kept, and it is said from where to where the commands fail.
 *
 * @throws UpgradeError `verify-fails` where the commands fail before any step and are to pass, with nothing written; those of `applyChanges`
 */
export async function applyOnTrial(
  upgrade: Remembering,
  context: ApplyContext,
  input: TrialInput,
  trial: Trial,
): Promise<TrialResult> {
  trial.turn?.([]);
  const before = await failureOf(runCommands(context, trial.commands, trial.watch));
  if (before !== null && trial.onFailure === 'undo') throw new UpgradeError('verify-fails', { reason: before });
  const series = new Series(upgrade, context, input, trial);
  if (trial.onFailure === 'keep') {
    const red = await allKept(series);
    return { kept: series.kept, broken: null, red, results: series.results };
  }
  const broken = trial.bisect ? await bisected(series) : await oneByOne(series);
  return { kept: series.kept, broken, red: [], results: series.results };
}

async function oneByOne(series: Series): Promise<TrialResult['broken']> {
  for (let count = 1; count <= series.length; count += 1) {
    const reason = await series.failureAt(count);
    if (reason !== null) return series.brokenBy(count, reason);
  }
  return null;
}

/** Carries out everything; of the steps with which the commands fail it says until when they do. */
async function allKept(series: Series): Promise<FailedSteps[]> {
  const reasons: (string | null)[] = [];
  for (let count = 1; count <= series.length; count += 1) reasons.push(await series.failureAt(count));
  return reasons.flatMap((reason, at) => {
    if (reason === null) return [];
    const passes = reasons.findIndex((later, index) => index > at && later === null);
    const until = passes === -1 ? '' : `; it passes again with ${series.unit(passes)[0]}`;
    return [{ steps: series.unit(at), reason: `${reason}${until}` }];
  });
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
  readonly #units: TrialInput['units'];
  readonly #steps: TrialInput['steps'];
  readonly #options: ApplyOptions;
  readonly #trial: Trial;
  readonly #results: ApplyResult[] = [];

  constructor(upgrade: Remembering, context: ApplyContext, input: TrialInput, trial: Trial) {
    [this.#upgrade, this.#context, this.#trial] = [upgrade, context, trial];
    [this.#units, this.#steps, this.#options] = [input.units, input.steps, input.options];
  }

  get length(): number {
    return this.#units.length;
  }

  get kept(): readonly string[] {
    return this.#units.slice(0, this.#results.length).flatMap(idsOf);
  }

  unit(at: number): readonly string[] {
    return idsOf(this.#units[at] ?? []);
  }

  get results(): readonly ApplyResult[] {
    return this.#results;
  }

  /** Why the commands fail with the first `count` steps; null where they do not. */
  async failureAt(count: number): Promise<string | null> {
    const moved = await this.#moveTo(count);
    this.#trial.turn?.(moved);
    const asked = this.#steps.filter(({ id }) => moved.includes(id)).flatMap(({ commands }) => commands);
    const commands = [...new Set([...asked, ...this.#trial.commands])];
    return failureOf(runCommands(this.#context, commands, this.#trial.watch));
  }

  /** Goes back to the steps before those that broke the commands, and names them. */
  async brokenBy(count: number, reason: string): Promise<FailedSteps> {
    await this.#moveTo(count - 1);
    return { steps: this.unit(count - 1), reason };
  }

  /** Ids of the steps that were carried out or taken back on the way. */
  async #moveTo(count: number): Promise<readonly string[]> {
    const from = this.#results.length;
    while (this.#results.length < count) this.#results.push(await this.#forward());
    while (this.#results.length > count) await this.#back();
    return this.#units.slice(Math.min(from, count), Math.max(from, count)).flatMap(idsOf);
  }

  async #forward(): Promise<ApplyResult> {
    const changes = this.#units[this.#results.length] ?? [];
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

function idsOf(changes: readonly StepChange[]): string[] {
  return changes.map(({ step }) => step);
}

async function failureOf(run: Promise<CommandsResult>): Promise<string | null> {
  const { failed } = await run;
  return failed === null ? null : `${failed.command}: ${failed.reason}`;
}
