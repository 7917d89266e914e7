import { begunWith } from '../../library/memory.ts';
import { namedSteps } from '../../plan/choose.ts';
import { jsonText } from '../../plan/escape.ts';
import { upgradeText } from '../../report/text/upgrade.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { usage } from '../parser.ts';
import { openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const [step = '', as, ...rest] = invocation.arguments;
  if (as !== 'done' && as !== 'skip') throw usage('mark', `A step is marked done or skip, not ${as}.`);
  const why = invocation.options.why?.trim();
  if (!why) throw usage('mark', 'Give the reason with --why TEXT: upgrade status shows it.');
  const upgrade = await openFor({ ...invocation, arguments: rest }, cli);
  const { remembered, plan } = upgrade;
  namedSteps(plan, { steps: [step] });
  const memory = remembered.memory ?? begunWith(plan, 'apply');
  await remembered.keep({ ...memory, marks: { ...memory.marks, [step]: { as, why } } });
  const again = await openFor({ ...invocation, arguments: rest }, cli);
  if (wantsJson(invocation.options)) {
    const { planDocument } = await import('../../report/document/plan-document.ts');
    return done(jsonText(planDocument(again.plan, cli.version)));
  }
  return done(upgradeText(again.plan, cli.layout));
};
