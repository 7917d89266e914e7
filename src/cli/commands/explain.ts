import { nearest } from '../../errors/did-you-mean.ts';
import { UpgradeError } from '../../errors/error.ts';
import { jsonText } from '../../plan/escape.ts';
import type { Plan } from '../../plan/plan.ts';
import { topicText } from '../../report/text/topics.ts';
import { catalogue, topicById } from '../../topics/catalogue.ts';
import { type Answer, type CommandContext, type CommandRun, done, type Invocation, wantsJson } from '../invocation.ts';
import { openFor } from '../upgrade.ts';

export const run: CommandRun = async (invocation, cli) => {
  const {
    arguments: [id = ''],
    options,
  } = invocation;
  const topic = topicById(id) ?? topicById(id.replace(/-(?:by-hand|files)$/, ''));
  if (topic === undefined) return explainStep(id, invocation, cli);
  if (!wantsJson(options)) return done(topicText(topic, cli.layout));
  const { topicsDocument } = await import('../../report/document/topics.ts');
  return done(jsonText(topicsDocument([topic], cli.version)));
};

/** A step that no topic brings, by the plan of the project around: its id is made of what it changes. Throws `unknown-topic`. */
async function explainStep(id: string, invocation: Invocation, cli: CommandContext): Promise<Answer> {
  const plan = await planAround(invocation, cli);
  if (!plan?.steps.some((step) => step.id === id)) throw unknownTopic(id);
  const [{ stepText }, { planDocument }] = await Promise.all([
    import('../../report/text/step.ts'),
    import('../../report/document/plan-document.ts'),
  ]);
  if (!wantsJson(invocation.options)) return done(stepText(plan, id, cli.layout));
  return done(jsonText(planDocument({ ...plan, steps: plan.steps.filter((step) => step.id === id) }, cli.version)));
}

/** Null where no project is around. Throws what has to do with a source that was asked for. */
async function planAround(invocation: Invocation, cli: CommandContext): Promise<Plan | null> {
  try {
    return (await openFor({ ...invocation, arguments: [] }, { ...cli, hint: () => undefined })).plan;
  } catch (error) {
    if (error instanceof UpgradeError && error.exit !== 3) return null;
    throw error;
  }
}

function unknownTopic(topic: string): UpgradeError {
  const near = nearest(
    topic,
    catalogue.map(({ id }) => id),
  );
  const way =
    'phx-upgrade topics lists them; a step that is named after what it changes is explained in the directory of its project.';
  return new UpgradeError('unknown-topic', { topic, hint: near === undefined ? way : `Did you mean ${near}?` });
}
