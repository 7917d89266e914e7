/**
 * phx-upgrade as a library: the same functions that the commands use. All throw `UpgradeError` for what can be
 * explained, with a stable `code`, the exit code the command would end with, and a `remedy`.
 *
 *     import { apply, detect, plan } from 'phx-upgrade';
 *
 *     const { from, to, steps } = await plan('.', { to: '1.8', source: 'snapshots' });
 *     await apply('.', { all: true });
 */
import type { ApplyContext } from './apply/machine.ts';
import type { ApplyWish } from './library/apply.ts';
import { type DetectedProject, detected } from './library/detection.ts';
import { loadProject } from './library/load.ts';
import { confirmedBy, openUpgrade, settingsOf, type UpgradeOptions } from './library/open.ts';
import type { ApplyOutcome } from './library/outcome.ts';
import { cacheOf, ownEnvironment, type RunEnvironment } from './library/run-environment.ts';
import type { Plan } from './plan/plan.ts';
import { locateProject } from './project/locate.ts';

export type { Account } from './diff/account.ts';
export { format, isFormatted } from './elixir/format/format.ts';
export { formatRange } from './elixir/format/format-range.ts';
export { readFormatterFile } from './elixir/format/formatter-file.ts';
export { catalogue as errors, type ErrorCode } from './errors/catalogue.ts';
export { UpgradeError } from './errors/error.ts';
export type {
  Area,
  Change,
  Conflict,
  FileEdit,
  Finding,
  Need,
  Plan,
  ProjectSummary,
  Risk,
  Status,
  Step,
  Verdict,
} from './plan/plan.ts';
export type { ApplyOutcome, ApplyWish, DetectedProject, RunEnvironment, UpgradeOptions };

/**
 * What the generator changed since a project's version, and what of it reaches the project. Reads the project and its
 * `.phx-upgrade.json`; writes nothing outside the cache directory. With `source: 'snapshots'` no process but `git` is
 * started. Progress, environment and an abort signal may be passed in.
 *
 * @param path the project's root, or a directory above the one project
 */
export async function plan(
  path: string,
  options: UpgradeOptions = {},
  environment: RunEnvironment = ownEnvironment(),
): Promise<Plan> {
  return (await openUpgrade(path, options, environment)).plan;
}

/**
 * Carries out steps of the plan, all of them or none; without a choice it throws `nothing-chosen`. What it could not
 * do is in `left` of the outcome, with the reason. `undo` of the command takes it back.
 */
export async function apply(
  path: string,
  wish: ApplyWish & UpgradeOptions,
  environment: RunEnvironment = ownEnvironment(),
): Promise<ApplyOutcome> {
  const { applySteps } = await import('./library/apply.ts');
  const upgrade = await openUpgrade(path, wish, environment);
  return (await applySteps(upgrade, wish, await applyContext(upgrade.loaded.root, environment))).outcome;
}

/** What was found in a project: names, version and generator flags, each with its evidence. Starts nothing but `git`. */
export async function detect(path: string): Promise<DetectedProject> {
  const settings = await settingsOf(locateProject(path));
  return detected(await loadProject(path, undefined, confirmedBy({}, settings)));
}

async function applyContext(root: string, environment: RunEnvironment): Promise<ApplyContext> {
  const { localMachine } = await import('./apply/local-machine.ts');
  return { machine: localMachine(), root, cache: cacheOf(environment) };
}
