import { nearest } from '../../errors/did-you-mean.ts';
import { UpgradeError } from '../../errors/error.ts';
import { jsonText } from '../../plan/escape.ts';
import { topicText } from '../../report/text/topics.ts';
import { catalogue, topicById } from '../../topics/catalogue.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';

export const run: CommandRun = async ({ arguments: [id = ''], options }, cli) => {
  const topic = topicById(id);
  if (topic === undefined) throw unknownTopic(id);
  if (!wantsJson(options)) return done(topicText(topic, cli.layout));
  const { topicsDocument } = await import('../../report/document/topics.ts');
  return done(jsonText(topicsDocument([topic], cli.version)));
};

function unknownTopic(topic: string): UpgradeError {
  const near = nearest(
    topic,
    catalogue.map(({ id }) => id),
  );
  return new UpgradeError('unknown-topic', near === undefined ? { topic } : { topic, hint: `Did you mean ${near}?` });
}
