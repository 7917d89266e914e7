import { runCommands } from '../../apply/command.ts';
import { UpgradeError } from '../../errors/error.ts';
import type { Applied } from '../../library/applied.ts';
import { type ApplyWish, applySteps } from '../../library/apply.ts';
import type { Upgrade } from '../../library/open.ts';
import { recovered } from '../../library/recovered.ts';
import { isEmptyChoice } from '../../plan/choose.ts';
import { jsonText } from '../../plan/escape.ts';
import type { Need } from '../../plan/plan.ts';
import { count, needsPerson } from '../../plan/sections.ts';
import { locateProject } from '../../project/locate.ts';
import { joinedPatches } from '../../report/patch.ts';
import { applyText, undoText } from '../../report/text/outcome.ts';
import { upgradeText } from '../../report/text/upgrade.ts';
import { type CommandContext, type CommandRun, done, type Invocation, wantsJson } from '../invocation.ts';
import type { Options } from '../options.ts';
import { usage } from '../parser.ts';
import { renderPlan } from '../plan-output.ts';
import { isTrial, trialOf, watchOf } from '../trial.ts';
import { applyContext, hintWithoutText, openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const { options } = invocation;
  if (options.resume || options.abort) return done(await recover(invocation, cli));
  const wish = wishOf(options);
  const onTrial = isTrial(options);
  if (isEmptyChoice(wish) && !options.interactive) throw new UpgradeError('nothing-chosen');
  const upgrade = await openFor(invocation, cli);
  const context = await applyContext(upgrade.loaded.root, cli);
  const trial = onTrial && !options.dryRun ? await trialOf(options, upgrade.settings.verify, context, cli) : undefined;
  if (options.interactive) return interactive(upgrade, { ...wish, trial }, invocation, cli);
  const applied = await applySteps(upgrade, { ...wish, trial }, context);
  tell(applied, options, cli);
  const isRunOut = options.run && !options.dryRun ? await runAll(applied, upgrade.loaded.root, cli) : true;
  return { text: await textOf(applied, options, cli), exit: isRunOut ? exitOf(applied) : 2 };
};

/** Asks step by step; the answer is what the plan says afterwards. */
async function interactive(upgrade: Upgrade, wish: ApplyWish, invocation: Invocation, cli: CommandContext) {
  if (wish.dryRun || wish.stepwise) throw usage('apply', '--interactive goes with neither --dry-run nor --stepwise.');
  const [{ applyInteractively }, { ProjectHost }] = await Promise.all([
    import('../interactive.ts'),
    import('../walk/host.ts'),
  ]);
  const context = await applyContext(upgrade.loaded.root, cli);
  const editor = cli.context.env.VISUAL || cli.context.env.EDITOR || 'vi';
  const parts = { context, editor, progressFile: '', open: async () => upgrade };
  const {
    upgrade: now,
    applied,
    asked,
  } = await applyInteractively(
    upgrade,
    {
      wish,
      context,
      answers: cli.context.answers,
      edit: async (current, { id }, path) => {
        return (await new ProjectHost({ ...parts, upgrade: current }).edit(id, path)).message;
      },
    },
    cli,
  );
  if (wantsJson(invocation.options)) return done(await renderPlan(now.plan, now, 'json', cli));
  const text = `Applied ${count(applied.length, 'step')}\n\n${upgradeText(now.plan, cli.layout)}`;
  return { text, exit: now.plan.steps.some((step) => asked.includes(step.id) && needsPerson(step)) ? 2 : 0 };
}

function wishOf(options: Options): ApplyWish {
  const { step, area, phase, safe, review, dryRun, stepwise, conflicts, allowDirty, commit, commitStyle, branch } =
    options;
  const all = options.all || safe;
  const needs: readonly Need[] = options.recommended
    ? ['required', 'recommended']
    : options.required
      ? ['required']
      : [];
  const verify = options.verify !== false;
  const how = { dryRun, stepwise, conflicts, allowDirty, commit, commitStyle, branch, verify };
  return { steps: step, areas: area, phases: phase, needs, all, review, ...how };
}

/** What a person should know besides the answer. */
function tell({ outcome, brought, plans, inGit }: Applied, { stepwise, dryRun }: Options, cli: CommandContext): void {
  if (stepwise) hintWithoutText(plans, cli);
  if (brought.length > 0) cli.hint(`Also applying prerequisites: ${brought.join(', ')}.`);
  if (inGit === false) cli.hint('There is no git here: phx-upgrade undo is the only way back.');
  if (dryRun) for (const { step, reason } of outcome.left) cli.hint(`Left for you: ${step}: ${reason}.`);
}

/** A dry run prints the patch that would be applied. */
async function textOf({ outcome, edits, afterwards }: Applied, options: Options, cli: CommandContext): Promise<string> {
  if (wantsJson(options)) {
    const { applyDocument } = await import('../../report/document/outcome.ts');
    return jsonText(applyDocument(outcome, cli.version));
  }
  if (outcome.dryRun) return joinedPatches(edits);
  return applyText(outcome, cli.layout, afterwards);
}

/** 2 while something of what was asked for is left. */
function exitOf({ outcome }: Applied): number {
  return outcome.left.length + outcome.conflicts.length > 0 ? 2 : 0;
}

/** Runs the commands that the steps ask for; their output goes to stderr. False when one failed. */
async function runAll({ outcome }: Applied, root: string, cli: CommandContext): Promise<boolean> {
  const { failed } = await runCommands(await applyContext(root, cli), outcome.commands, watchOf(cli));
  if (failed) cli.context.stderr.write(`${failed.command}: ${failed.reason}\n`);
  return failed === null;
}

async function recover({ options, arguments: [path = '.'] }: Invocation, cli: CommandContext): Promise<string> {
  if (options.resume && options.abort) throw usage('apply', '--resume and --abort exclude each other.');
  const context = await applyContext(locateProject(path), cli);
  const result = await recovered(context, options.resume ? 'finish' : 'take-back');
  if (wantsJson(options)) {
    const { undoDocument } = await import('../../report/document/outcome.ts');
    return jsonText(undoDocument(result, cli.version));
  }
  return options.resume ? resumedText(result.files) : undoText(result);
}

function resumedText(files: readonly string[]): string {
  return `Finished: ${files.length} files are as the steps make them.\n`;
}
