import { begunWith } from '../../library/memory.ts';
import type { Upgrade } from '../../library/open.ts';
import { knownVersion } from '../../library/version.ts';
import { oneLine } from '../../plan/escape.ts';
import { isOpen } from '../../plan/sections.ts';
import { compareVersions } from '../../pristine/versions.ts';
import { upgradeText } from '../../report/text/upgrade.ts';
import { type CommandContext, type CommandRun, done, type Invocation, wantsJson } from '../invocation.ts';
import { renderPlan } from '../plan-output.ts';
import { openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const [action, ...rest] = invocation.arguments;
  const about = { ...invocation, arguments: rest };
  const upgrade = await openFor(about, cli);
  if (action === 'start') return done(await started(upgrade, about, cli));
  if (action === 'finish') return done(await finished(upgrade, about, cli));
  return done(await statusOf(upgrade, about, cli));
};

/** Beginning anew keeps what was decided on. */
async function started(upgrade: Upgrade, invocation: Invocation, cli: CommandContext): Promise<string> {
  const { remembered, plan } = upgrade;
  const { applies = 0, marks = {} } = remembered.memory ?? {};
  const isShared = invocation.options.save || remembered.memory?.shared;
  await remembered.keep({ ...begunWith(plan, 'start'), applies, marks, ...(isShared ? { shared: true } : {}) });
  if (invocation.options.save)
    cli.hint('Saved the upgrade in .phx-upgrade.json: commit it, and every clone counts from it.');
  return statusOf({ ...upgrade, plan: (await upgrade.reread()).plan }, invocation, cli);
}

/** As JSON it prints the plan that was left, with how far the upgrade had come. */
async function finished(upgrade: Upgrade, invocation: Invocation, cli: CommandContext): Promise<string> {
  const { remembered, plan } = upgrade;
  const isBegun = remembered.memory !== null;
  if (isBegun) await remembered.keep(null);
  if (wantsJson(invocation.options)) return statusOf(upgrade, invocation, cli);
  if (!isBegun) return 'No upgrade was begun in this project.\n';
  const { done: count, of } = plan.upgrade ?? { done: 0, of: 0 };
  const open = plan.steps.filter(isOpen).map(({ id }) => `  ${oneLine(id)}\n`);
  const again = `phx-upgrade upgrade start --from ${plan.from} --to ${plan.to}`;
  const left = open.length === 0 ? '' : `Left open; ${again} takes them up again:\n${open.join('')}`;
  return `Finished: ${count} of ${of} steps are done. Plans count from the locked version again.\n${left}${wayOn(upgrade)}`;
}

/** After a leg of the way there is another. */
function wayOn({ plan, loaded }: Upgrade): string {
  const newest = knownVersion('latest', loaded.detection.history.versions);
  if (compareVersions(plan.to, newest) >= 0) return '';
  return `Phoenix ${newest} is ahead: phx-upgrade plan shows the way there, once ${plan.to} is in mix.lock.\n`;
}

async function statusOf(upgrade: Upgrade, { options }: Invocation, cli: CommandContext): Promise<string> {
  if (wantsJson(options)) return renderPlan(upgrade.plan, upgrade, 'json', cli);
  return upgradeText(upgrade.plan, cli.layout);
}
