import { withMark } from '../../library/memory.ts';
import { namedSteps } from '../../plan/choose.ts';
import { jsonText } from '../../plan/escape.ts';
import { upgradeText } from '../../report/text/upgrade.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { usage } from '../parser.ts';
import { openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const [step = '', as, ...rest] = invocation.arguments;
  if (as !== 'done' && as !== 'skip' && as !== 'open')
    throw usage('mark', `A step is marked done, skip or open, not ${as}.`);
  const why = invocation.options.why?.trim();
  if (!why && as !== 'open') throw usage('mark', 'Give the reason with --why TEXT: upgrade status shows it.');
  const upgrade = await openFor({ ...invocation, arguments: rest }, cli);
  // A step that is marked is in no plan.
  if (upgrade.remembered.memory?.marks[step] === undefined) namedSteps(upgrade.plan, { steps: [step] });
  await withMark(upgrade, step, as === 'open' ? null : { as, why: why ?? '' });
  const again = await upgrade.reread();
  if (wantsJson(invocation.options)) {
    const { planDocument } = await import('../../report/document/plan-document.ts');
    return done(jsonText(planDocument(again.plan, cli.version)));
  }
  return done(upgradeText(again.plan, cli.layout));
};
