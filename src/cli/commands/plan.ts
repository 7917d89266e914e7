import type { Leg, Upgrade } from '../../library/open.ts';
import { afterSteps, editsBetween } from '../../library/step-edits.ts';
import { stepwisePlans } from '../../library/stepwise.ts';
import { stepChanges } from '../../merge/step-changes.ts';
import { Workspace } from '../../merge/workspace.ts';
import { chooseSteps, isEmptyChoice, namedSteps, type StepChoice } from '../../plan/choose.ts';
import { jsonText } from '../../plan/escape.ts';
import type { Plan, Step } from '../../plan/plan.ts';
import { joinedPatches } from '../../report/patch.ts';
import { planText } from '../../report/text/plan.ts';
import { stepText } from '../../report/text/step.ts';
import { type CommandContext, type CommandRun, done, type Invocation } from '../invocation.ts';
import { usage } from '../parser.ts';
import { formatOf, renderPlan } from '../plan-output.ts';
import { keepShownSteps } from '../shown-steps.ts';
import { hintWithoutText, openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const { options } = invocation;
  const upgrade = await openFor(invocation, cli);
  keepShownSteps(upgrade.loaded.root, upgrade.plan, cli);
  const choice = { steps: options.step, areas: options.area };
  if (options.save) await save(upgrade, cli);
  if (options.stepwise) return done(await stepwise(upgrade, choice, invocation, cli));
  const format = formatOf(options);
  if (format === 'patch') return done(patch(upgrade, choice));
  const plan = narrowed(upgrade.plan, choice);
  if (format !== 'text') return done(await renderPlan(plan, upgrade, format, cli));
  return done(text(plan, options.step, options.all ?? !isEmptyChoice(choice), cli));
};

/** Steps named by id in full, else the plan. */
function text(plan: Plan, ids: readonly string[] | undefined, all: boolean, { layout }: CommandContext): string {
  if (ids) return plan.steps.map(({ id }) => stepText(plan, id, layout)).join('\n');
  return planText(plan, { ...layout, all });
}

/** The plan with the chosen steps alone; all of them where none is chosen. Throws `unknown-step`. */
function narrowed(plan: Plan, choice: StepChoice): Plan {
  return isEmptyChoice(choice) ? plan : { ...plan, steps: namedSteps(plan, choice) };
}

/** What the chosen steps, with those that they come after, do to the project as it is; all pending ones where none is chosen. */
function patch({ plan, loaded }: Upgrade, choice: StepChoice): string {
  const steps = isEmptyChoice(choice) ? pendingOf(plan) : chooseSteps(plan, choice).steps;
  const before = new Workspace(loaded.project.tree);
  return joinedPatches(editsBetween(before, afterSteps(before, steps)));
}

function pendingOf({ steps }: Plan): readonly Step[] {
  return steps.filter(({ status }) => status === 'pending');
}

async function stepwise(
  upgrade: Upgrade,
  choice: StepChoice,
  { options }: Invocation,
  cli: CommandContext,
): Promise<string> {
  const format = formatOf(options);
  if (!isEmptyChoice(choice)) throw usage('plan', '--stepwise prints whole plans: leave --step and --area out.');
  const { legs, before, after } = await legsOf(upgrade);
  const plans = legs.map(({ plan }) => plan);
  hintWithoutText(legs, cli);
  if (format === 'patch') return joinedPatches(editsBetween(before, after));
  if (format === 'json') {
    const { stepwiseDocument } = await import('../../report/document/stepwise.ts');
    return jsonText(stepwiseDocument(plans, cli.version));
  }
  if (format !== 'text') throw usage('plan', `--stepwise goes with text, json and patch, not with ${format}.`);
  const layout = { ...cli.layout, all: options.all ?? false };
  return legs.map(({ plan, withoutText }) => planText(plan, { ...layout, withoutText })).join('\n');
}

/** Each plan is made for the files that the pending steps of the one before leave. */
async function legsOf(upgrade: Upgrade): Promise<{ legs: Leg[]; before: Workspace; after: Workspace }> {
  const legs: Leg[] = [];
  const before = new Workspace(upgrade.loaded.project.tree);
  let after = before;
  for await (const leg of stepwisePlans(upgrade, () => after)) {
    legs.push(leg);
    after = stepChanges(after, pendingOf(leg.plan)).workspace;
  }
  return { legs, before, after };
}

/** Keeps what this plan was made with, beside what the settings hold already. */
async function save({ plan, loaded, settings }: Upgrade, cli: CommandContext): Promise<void> {
  const { writeSettings } = await import('../../project/settings.ts');
  const { version } = plan.project.generatedBy;
  const flags = loaded.detection.flags.map(({ flag }) => flag);
  writeSettings(loaded.root, { ...settings, from: plan.from, ...(version ? { origin: version } : {}), flags });
  cli.hint('Saved the base and the flags in .phx-upgrade.json.');
}
